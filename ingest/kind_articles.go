package ingest

import (
	"regexp"

	"gaung/ingest/byline"
	"gaung/ingest/date"
	"gaung/ingest/story"
)

// articlesKind is publications: one row per address. A publication date that
// is an application's way of writing "none" (1970-01-01) makes an undated
// article, which is kept and listed; one that cannot be read is a reject, for
// a person can repair the file.
var articlesKind = &kind{
	name:  "articles",
	table: "articles",
	columns: append(
		required("url", "title", "published_at"),
		optional("opd", "author", "editor", "photographer", "channel", "body", "event_date", "place", "first_seen_at")...),
	fields: articleFields,
	parse:  parseArticle,
}

func parseArticle(r *record) fact {
	a := article{
		rawURL:       r.text("url"),
		title:        r.text("title"),
		published:    r.publication("published_at"),
		firstSeen:    r.now,
		eventDate:    r.day("event_date"),
		source:       r.source,
		opd:          r.name("opd"),
		text:         plainBody(r.raw("body")),
		author:       r.name("author"),
		editor:       r.name("editor"),
		photographer: r.name("photographer"),
		place:        r.name("place"),
	}
	var err error
	if a.url, err = story.CanonicalURL(a.rawURL); err != nil && a.rawURL != "" {
		r.reject("url", "bukan alamat web; tulis seperti https://dinas.contohkab.go.id/berita/judul")
	}
	a.channel = r.choice("channel", articleChannels, "website, portal, instagram, facebook, x, youtube, tiktok, media")
	if a.channel == "" {
		a.channel = channelOf(a.url)
	}
	if at := r.instant("first_seen_at"); at != nil {
		a.firstSeen, a.firstSeenGiven = *at, true
	}
	return a.fact(r.region.Code)
}

var htmlTag = regexp.MustCompile(`<[a-zA-Z/!][^<]*>`)

// plainBody takes the tags out of a body that has any; in a plain one the
// line breaks carry the byline and must stay.
func plainBody(body string) string {
	if htmlTag.MatchString(body) {
		return byline.PlainText(body)
	}
	return body
}

func (r *record) publication(column string) publication {
	raw := r.text(column)
	if raw == "" {
		return publication{} // reported as a missing required cell
	}
	parsed, err := r.readDate(raw)
	switch {
	case err == nil:
		return datedFrom(parsed, raw)
	case dateReason(err) == date.ReasonEpoch:
		return undated(raw, date.ReasonEpoch)
	}
	r.reject(column, dateWords(err))
	return publication{}
}

package ingest

import (
	"net/url"
	"strings"
	"time"

	"gaung/ingest/byline"
	"gaung/ingest/date"
	"gaung/ingest/story"
)

// article is a publication as an import row or a pulled item gives it, before
// its byline is read.
type article struct {
	rawURL, url string
	title       string
	published   publication
	modifiedAt  *time.Time
	// firstSeen is when we first met it; firstSeenGiven says that the input
	// itself said so.
	firstSeen      time.Time
	firstSeenGiven bool
	eventDate      *time.Time
	channel        string
	source         string
	opd            string
	// text is plain text, byline lines included.
	text string
	// Names given beside the text; each replaces the byline's of its role.
	author, editor, photographer string
	// fallbackAuthors are names of the source's author field, used when the
	// text has no byline: a CMS account often uploads what another wrote.
	fallbackAuthors []string
	place           string
	flags           []string
}

// publication is a reading of the publication date; at is nil for an undated
// article, whose flags say why.
type publication struct {
	at        *time.Time
	raw       string
	precision string
	flags     []string
}

// datedFrom turns a reading of a publication date into a publication.
func datedFrom(parsed date.Parsed, raw string) publication {
	return publication{at: &parsed.At, raw: raw, precision: string(parsed.Precision), flags: parsed.Flags}
}

// undated is a publication without a usable date and the reason for it.
func undated(raw, reason string) publication {
	return publication{raw: truncate(raw, 100), flags: []string{reason}}
}

// maxBody bounds the stored text of one article, in runes; longer ones are
// documents, and their beginning tells what they are.
const maxBody = 100_000

var articleFields = []string{
	"url", "raw_url", "title", "published_at", "published_raw", "published_precision", "modified_at", "first_seen_at",
	"event_date", "channel", "source", "opd_raw", "sumber_raw", "authors_raw", "editors_raw", "photographers_raw",
	"byline_rule", "place", "body", "word_count", "text_hash", "simhash", "flags",
}

// Places in articleFields. All but the publication date are of what does not
// make a new version: the spelling of the address, when and through which
// source it came, and flags that depend on the day.
const (
	articleRawURL    = 1
	articlePublished = 3
	articleModified  = 6
	articleFirstSeen = 7
	articleSource    = 10
	articleFlags     = 22
)

// fact reads the byline out of the text and gives the row for the articles
// table. The text is stored as it came, so that a better byline reading can
// be replayed; its fingerprint leaves byline lines out, because a
// republication changes them.
func (a article) fact(regionCode string) fact {
	text := truncate(maskNIK(cleanText(a.text)), maxBody)
	line, body := byline.Parse(text)
	title := truncate(maskNIK(clean(a.title)), 1000)
	textHash, simHash, words := story.Fingerprint(title, body)
	authors, editors, photographers := line.Authors, line.Editors, line.Photographers
	rule := line.Rule
	if names := namesIn("Penulis", a.author); len(names) > 0 {
		authors, rule = names, "column"
	}
	if len(authors) == 0 && len(a.fallbackAuthors) > 0 {
		authors, rule = a.fallbackAuthors, "source"
	}
	if names := namesIn("Editor", a.editor); len(names) > 0 {
		editors = names
	}
	if names := namesIn("Foto", a.photographer); len(names) > 0 {
		photographers = names
	}
	place := clean(a.place)
	if place == "" {
		place = line.Place
	}
	f := fact{
		region: regionCode,
		key:    []string{a.url},
		values: []any{
			a.url,
			a.rawURL,
			title,
			a.published.at,
			a.published.raw,
			a.published.precision,
			a.modifiedAt,
			a.firstSeen,
			a.eventDate,
			a.channel,
			a.source,
			clean(a.opd),
			line.Sumber,
			orEmpty(authors),
			orEmpty(editors),
			orEmpty(photographers),
			rule,
			truncate(place, 100),
			text,
			uint32(words),
			textHash,
			simHash,
			orEmpty(append(append([]string{}, a.published.flags...), a.flags...)),
		},
		volatile: placesOf(articleRawURL, articleModified, articleFirstSeen, articleSource, articleFlags),
		seen:     articleFirstSeen,
	}
	if a.firstSeenGiven {
		f.volatile &^= placesOf(articleFirstSeen)
		f.seen = -1
	}
	return f
}

// orEmpty keeps nil out of Array columns.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// namesIn splits the names of one cell the way a byline is split. A cell the
// byline rules cannot read is one name.
func namesIn(label, cell string) []string {
	cell = clean(strings.ReplaceAll(cell, "|", ", "))
	if cell == "" || absent[strings.ToLower(cell)] {
		return nil
	}
	line, _ := byline.Parse("x\n" + label + ": " + cell)
	for _, names := range [][]string{line.Authors, line.Editors, line.Photographers} {
		if len(names) > 0 {
			return names
		}
	}
	return []string{truncate(cell, 200)}
}

// articleChannels are the spellings of a channel; the values are the
// contract's.
var articleChannels = map[string]string{
	"website": "website", "web": "website", "situs": "website", "situs web": "website",
	"portal": "portal", "portal daerah": "portal",
	"instagram": "instagram", "ig": "instagram",
	"facebook": "facebook", "fb": "facebook",
	"x": "x", "twitter": "x", "x twitter": "x",
	"youtube": "youtube", "yt": "youtube",
	"tiktok": "tiktok", "tik tok": "tiktok",
	"media": "media", "media massa": "media", "media online": "media", "pers": "media",
}

// hostChannels tell the channel of an address that came without one.
var hostChannels = map[string]string{
	"instagram.com": "instagram", "facebook.com": "facebook", "fb.watch": "facebook", "m.facebook.com": "facebook",
	"x.com": "x", "twitter.com": "x", "youtube.com": "youtube", "m.youtube.com": "youtube", "youtu.be": "youtube", "tiktok.com": "tiktok",
}

// channelOf is the channel of an address by its host: a social network, or
// else a website.
func channelOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "website"
	}
	if channel, ok := hostChannels[strings.TrimPrefix(u.Hostname(), "www.")]; ok {
		return channel
	}
	return "website"
}

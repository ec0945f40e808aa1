package ingest

import (
	"time"

	"gaung/ingest/byline"
	"gaung/ingest/date"
	"gaung/ingest/story"
)

// fact turns an item as the source gave it into an article. An item without a
// usable address, or with neither title nor text, is a problem; one without a
// usable date is an undated article, for nobody here can repair the source.
func (t *intake) fact(arrived arrival) (fact, *problem) {
	item, now := arrived.item, arrived.at
	raw := item.URL
	if raw == "" {
		raw = item.LinkRaw
	}
	url, err := story.CanonicalURL(item.URL)
	if err != nil {
		return fact{}, &problem{column: "url", value: truncate(clean(raw), 300), reason: "bukan alamat web yang dapat dipakai; perbaiki di sumbernya"}
	}
	if item.Gone {
		return fact{region: t.region.Code, key: []string{url}, gone: true, seen: -1}, nil
	}
	text := item.Text
	if text == "" {
		text = byline.PlainText(item.HTML)
	}
	title := clean(item.Title)
	if title == "" {
		title = truncate(clean(text), 80)
	}
	if title == "" {
		return fact{}, &problem{column: "title", reason: "judul dan isi kosong; perbaiki di sumbernya"}
	}
	a := article{
		rawURL:          raw,
		url:             url,
		title:           title,
		published:       itemDate(item.PublishedAt, item.PublishedRaw, item.PublishedUnread, t.region.Zone, now),
		modifiedAt:      itemDate(item.ModifiedAt, item.ModifiedRaw, item.ModifiedUnread, t.region.Zone, now).at,
		firstSeen:       arrived.firstAt,
		channel:         t.source.Channel,
		source:          t.source.Name,
		opd:             t.source.OPD,
		text:            text,
		fallbackAuthors: personNames(item.Authors),
		place:           item.Place,
	}
	if a.channel == "" {
		a.channel = channelOf(url)
	}
	return a.fact(t.region.Code), nil
}

// itemDate judges an instant that the source was sure of like any other text:
// 1970 and years out of range are no dates either. A text in none of the forms
// configured for its source (unread) is no date whatever else it looks like; why
// is said where that can be told.
func itemDate(at time.Time, raw string, unread bool, zone *time.Location, now time.Time) publication {
	text := raw
	if !at.IsZero() {
		text = at.UTC().Format(time.RFC3339)
	}
	parsed, err := date.Parse(text, zone, now)
	if raw == "" {
		raw = text
	}
	if err != nil {
		return undated(raw, dateReason(err))
	}
	if unread {
		return undated(raw, date.ReasonUnreadable)
	}
	return datedFrom(parsed, truncate(raw, 100))
}

// personNames drops accounts that are no person.
func personNames(names []string) []string {
	var persons []string
	for _, name := range names {
		if name = truncate(clean(name), 200); name != "" && !byline.IsUnknownAuthor(name) {
			persons = append(persons, name)
		}
	}
	return persons
}

package source

import (
	"fmt"
	"html"
	"strings"
	"time"

	"gaung/ingest/date"
)

// apiMapping is the section api, ready for use.
type apiMapping struct {
	list, next, total jsonPath
	title, body, url  apiField
	published         apiField
	modified, author  apiField
	place, id, tags   apiField
	layouts           []string
	sinceLayout       string
	now               time.Time
}

// mappedItem is an item with what the walk needs to know of it.
type mappedItem struct {
	item Item
	key  uint64
	// at is the instant of publication as far as it can be told here.
	at time.Time
	// unread counts its dates in no configured form.
	unread int
}

// mapping compiles the section api of a validated source.
func (s *Source) mapping() (apiMapping, *Failure) {
	bad := func(err error) (apiMapping, *Failure) {
		return apiMapping{}, &Failure{Reason: ReasonMapping, Err: err, Words: fmt.Sprintf("bagian api sumber %s tidak sah; periksa gaung.yaml", s.Name)}
	}
	if s.API == nil {
		return bad(errBadPath)
	}
	var m apiMapping
	var err error
	for _, path := range []struct {
		into *jsonPath
		text string
	}{{&m.list, s.API.Items}, {&m.next, s.API.Paging.Next}, {&m.total, s.API.Paging.Total}} {
		if *path.into, err = parsePath(path.text); err != nil {
			return bad(err)
		}
	}
	f := s.API.Fields
	for _, field := range []struct {
		into *apiField
		text string
	}{
		{&m.title, f.Title},
		{&m.body, f.Body},
		{&m.url, f.URL},
		{&m.published, f.Published},
		{&m.modified, f.Modified},
		{&m.author, f.Author},
		{&m.place, f.Place},
		{&m.id, f.ID},
		{&m.tags, f.Tags},
	} {
		if field.text == "" {
			*field.into = apiField{plain: true} // no path: nothing
			continue
		}
		if *field.into, err = parseField(field.text); err != nil {
			return bad(err)
		}
	}
	for _, format := range s.API.DateFormats {
		layout, err := dateLayout(format)
		if err != nil {
			return bad(err)
		}
		m.layouts = append(m.layouts, layout)
	}
	if m.sinceLayout, err = dateLayout(s.API.SinceFormat); err != nil {
		return bad(err)
	}
	return m, nil
}

// items maps the items of a page. Fields that find nothing in any of them are
// a failure: the interface or the configuration changed.
func (m apiMapping) items(page *apiPage) ([]mappedItem, *Failure) {
	mapped := make([]mappedItem, 0, len(page.items))
	titles, addresses := 0, 0
	for _, value := range page.items {
		one := m.item(value, page)
		if one.item.Title != "" {
			titles++
		}
		if one.item.URL != "" {
			addresses++
		}
		mapped = append(mapped, one)
	}
	if len(mapped) > 0 && (titles == 0 || addresses == 0) {
		key := "title"
		if titles > 0 {
			key = "url"
		}
		return nil, &Failure{Reason: ReasonMapping, Words: fmt.Sprintf("api.fields.%s tidak menemukan apa pun pada %d butir dari %s; bentuk jawaban API mungkin berubah", key, len(mapped), hostOf(page.address.String()))}
	}
	return mapped, nil
}

// item maps one item.
func (m apiMapping) item(value any, page *apiPage) mappedItem {
	published, modified := readStamp(m.published.first(value), m.layouts), readStamp(m.modified.first(value), m.layouts)
	link := m.url.address(value)
	item := Item{
		Title:           cleanTitle(m.title.first(value)),
		HTML:            cleanBody(markupOf(m.body.first(value))),
		PublishedRaw:    published.raw,
		PublishedAt:     published.at,
		ModifiedRaw:     modified.raw,
		ModifiedAt:      modified.at,
		PublishedUnread: published.unread,
		ModifiedUnread:  modified.unread,
		Place:           cleanLine(m.place.first(value), maxTag),
		GUID:            cleanLine(m.id.first(value), maxGUID),
		Tags:            cleanTags(m.tags.all(value)),
		URL:             cleanURL(page.address, link),
	}
	item.Authors, item.Author = joinNames(m.author.all(value))
	if item.URL == "" {
		item.LinkRaw = cleanLine(link, maxGUID)
	}
	mapped := mappedItem{item: item, at: item.PublishedAt}
	for _, stamp := range []apiStamp{published, modified} {
		if stamp.unread {
			mapped.unread++
		}
	}
	if mapped.at.IsZero() && !published.unread {
		// Good enough for the order of a list; what counts is read elsewhere.
		if parsed, err := date.Parse(item.PublishedRaw, wibClock, m.now); err == nil {
			mapped.at = parsed.At
		}
	}
	switch {
	case item.GUID != "":
		mapped.key = sum64("id", item.GUID)
	case item.URL != "":
		mapped.key = sum64("url", item.URL)
	default:
		mapped.key = sum64("title", item.Title, item.PublishedRaw)
	}
	return mapped
}

// markupOf undoes the escaping of markup that was escaped as a whole.
func markupOf(body string) string {
	if !strings.Contains(body, "<") && strings.Contains(body, "&lt;") {
		return html.UnescapeString(body)
	}
	return body
}

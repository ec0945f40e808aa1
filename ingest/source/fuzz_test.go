package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// checkItem asserts what every item must hold, whatever came in.
func checkItem(t testing.TB, item Item) {
	t.Helper()
	if item.URL != "" && !strings.HasPrefix(item.URL, "http://") && !strings.HasPrefix(item.URL, "https://") {
		t.Errorf("URL = %q", item.URL)
	}
	if len(item.URL) > maxURL {
		t.Errorf("URL of %d bytes", len(item.URL))
	}
	lines := append([]string{item.URL, item.LinkRaw, item.Title, item.PublishedRaw, item.ModifiedRaw, item.Author, item.GUID, item.Place}, item.Tags...)
	for _, line := range append(lines, item.Authors...) {
		if !utf8.ValidString(line) || strings.ContainsFunc(line, dangerous) || strings.ContainsAny(line, "\n\t") {
			t.Errorf("unclean line %q", line)
		}
	}
	for _, body := range []string{item.HTML, item.Text} {
		if !utf8.ValidString(body) || strings.ContainsFunc(body, dangerous) || len(body) > maxHTML {
			t.Errorf("unclean body of %d bytes", len(body))
		}
	}
	for _, at := range []time.Time{item.PublishedAt, item.ModifiedAt} {
		if !at.IsZero() && (at.Location() != time.UTC || at.Year() < 1989 || at.Year() > 2201) {
			t.Errorf("instant %v", at)
		}
	}
}

func FuzzFeed(f *testing.F) {
	files, err := filepath.Glob("testdata/feeds/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "text/xml")
	}
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[null,{"id":{},"authors":[null]}]}`), "")
	f.Add([]byte(`<html><link rel=alternate type=application/rss+xml href=/x>`), "text/html; charset=utf-16")
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		base := mustURL(t, "https://a.example/feed")
		body := toUTF8(data, contentType)
		items, failure := parseFeed(body, base)
		if failure != nil && (len(items) > 0 || failure.Words == "" || (failure.Reason != ReasonParse && failure.Reason != ReasonNotAFeed)) {
			t.Errorf("failure %+v beside %d items", failure, len(items))
		}
		for _, item := range items {
			checkItem(t, item)
		}
		if found := discoverFeed(body, base); found != "" {
			checkItem(t, Item{URL: found})
		}
	})
}

func FuzzWordPressPosts(f *testing.F) {
	f.Add([]byte(`[{"id":1,"date":"2026-10-01T08:00:00","date_gmt":"2026-10-01T01:00:00","link":"https://a.example/1","title":{"rendered":"A &amp; B"},"content":{"rendered":"<p>x</p>"},"_embedded":{"author":[{"name":"Rina"}],"wp:term":[[{"name":"Desa"}]]}}]`))
	f.Add([]byte(`[{"id":"x","title":[],"_embedded":[]},null,1,"a",[{}]]`))
	f.Add([]byte(`{"code":"rest_no_route"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		body := toUTF8(data, "application/json")
		wpErrorCode(body)
		posts, unreadable, err := parsePosts(body)
		if err != nil && len(posts)+unreadable > 0 {
			t.Errorf("error %v beside %d posts", err, len(posts))
		}
		page := &wpPage{posts: posts}
		lastSecondBefore(page)
		ignoresAfter(page, "2026")
		allBefore(page, testNow, (*wpPost).modified)
		for i := range posts {
			checkItem(t, posts[i].item(mustURL(t, "https://a.example")))
		}
	})
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte(fullConfig))
	f.Add([]byte("regions: [{code: 19, zone: WIT}]\nsources:\n- {name: a, kind: feed, url: 'http://a.example', region: 19, since: 2020-02-30}\n"))
	f.Add([]byte("region: 19.71\ncontact: a@b.example\nsources:\n- {name: a, kind: page, url: 'http://a.example/x', max_pages: 5, rules: {link: 'a', pages: 'http://a.example/{page}', remove: [b], match: [/x*]}}\n- {name: b, kind: jsonapi, url: 'http://a.example/{page}?s={since}', since: 2026-01-01, api: {items: d, headers: {X-A: b}, date_formats: [unix], paging: {start: 0, next: n}, fields: {title: t, url: 'http://a.example/{id}'}}}\n"))
	f.Add([]byte("a: &a [*a]\n--- !!binary x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("gaung.yaml", data)
		if err != nil {
			for line := range strings.Lines(err.Error()) {
				if !strings.HasPrefix(line, "gaung.yaml") {
					t.Errorf("line without the file's name: %q", line)
				}
			}
			return
		}
		// What passed must open and stay valid.
		if err := c.ValidateAndSetDefaults(); err != nil {
			t.Errorf("valid at first, then: %v", err)
		}
		for _, s := range c.Sources {
			if _, err := Open(s, nil, nil); err != nil {
				t.Error(err)
			}
			if _, err := c.Table().Find(s.Region); err != nil {
				t.Error(err)
			}
		}
	})
}

package source

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// fakePost is a post of a site in WIB.
type fakePost struct {
	id       int
	date     time.Time // UTC
	modified time.Time // UTC
}

// fakeSite answers like the posts endpoint of WordPress, with switches for
// what real sites get wrong.
type fakeSite struct {
	posts []fakePost
	// ignoreModified is WordPress before 5.7; ignoreBounds and ignoreOrder
	// are worse.
	ignoreModified, ignoreBounds, ignoreOrder, noTotals bool
	// largest is the page size above which the host answers 500.
	largest int
	// before runs before every answer.
	before func(s *fakeSite, requests int)
	// closed, when set, answers instead.
	closed   http.HandlerFunc
	feed     string
	requests int
	queries  []string
}

func (s *fakeSite) start(t testing.TB) *httptest.Server {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		plain := r.URL.Path == "/" && r.URL.Query().Get("rest_route") == "/wp/v2/posts"
		switch {
		case r.URL.Path == "/feed/" && s.feed != "":
			fmt.Fprint(w, s.feed)
		case r.URL.Path == "/wp-json/wp/v2/posts" || plain:
			s.requests++
			s.queries = append(s.queries, r.URL.RawQuery)
			if s.before != nil {
				s.before(s, s.requests)
			}
			if s.closed != nil {
				s.closed(w, r)
				return
			}
			s.answer(w, r)
		default:
			http.NotFound(w, r)
		}
	})
}

var wib = time.FixedZone("WIB", 7*3600)

// bound parses a stamp as WordPress does: site time unless it has a zone.
func bound(text string) time.Time {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t
	}
	t, _ := time.ParseInLocation(wpStamp, text, wib)
	return t
}

func (s *fakeSite) answer(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	size, _ := strconv.Atoi(q.Get("per_page"))
	if s.largest > 0 && size > s.largest {
		http.Error(w, "memori habis", http.StatusInternalServerError)
		return
	}
	var list []fakePost
	for _, p := range s.posts {
		if after := q.Get("after"); after != "" && !s.ignoreBounds && !p.date.After(bound(after)) {
			continue
		}
		if after := q.Get("modified_after"); after != "" && !s.ignoreBounds && !s.ignoreModified && !p.modified.After(bound(after)) {
			continue
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b fakePost) int {
		order := cmp.Or(a.date.Compare(b.date), cmp.Compare(a.id, b.id))
		if q.Get("orderby") == "modified" {
			order = cmp.Or(a.modified.Compare(b.modified), cmp.Compare(a.id, b.id))
		}
		if q.Get("order") == "desc" || s.ignoreOrder {
			return -order
		}
		return order
	})
	pages := (len(list) + size - 1) / size
	page, _ := strconv.Atoi(q.Get("page"))
	if page > max(pages, 1) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"code":"rest_post_invalid_page_number","message":"…","data":{"status":400}}`)
		return
	}
	if !s.noTotals {
		w.Header().Set("X-WP-Total", strconv.Itoa(len(list)))
		w.Header().Set("X-WP-TotalPages", strconv.Itoa(pages))
	}
	out := []map[string]any{}
	for _, p := range list[min((page-1)*size, len(list)):min(page*size, len(list))] {
		out = append(out, p.json(r.Host))
	}
	json.NewEncoder(w).Encode(out)
}

func (p fakePost) json(host string) map[string]any {
	return map[string]any{
		"id":   p.id,
		"date": p.date.In(wib).Format(wpStamp), "date_gmt": p.date.Format(wpStamp),
		"modified": p.modified.In(wib).Format(wpStamp), "modified_gmt": p.modified.Format(wpStamp),
		"link":      fmt.Sprintf("http://%s/berita/%d/", host, p.id),
		"guid":      map[string]any{"rendered": fmt.Sprintf("http://%s/?p=%d", host, p.id)},
		"title":     map[string]any{"rendered": fmt.Sprintf("Berita &#8211; %d", p.id)},
		"content":   map[string]any{"rendered": "<p>Isi berita.</p>\n", "protected": false},
		"_embedded": map[string]any{"author": []any{map[string]any{"name": "Admin Berita"}}, "wp:term": []any{[]any{map[string]any{"name": "Desa &amp; Kota"}}, []any{}}},
	}
}

// manyPosts makes posts an hour apart, ending a day before testNow.
func manyPosts(n int) []fakePost {
	posts := make([]fakePost, n)
	for i := range posts {
		at := testNow.Add(-24*time.Hour - time.Duration(n-i)*time.Hour)
		posts[i] = fakePost{id: i + 1, date: at, modified: at}
	}
	return posts
}

// ids lists the post numbers of items, sorted, from their addresses.
func ids(items []Item) []int {
	list := make([]int, 0, len(items))
	for _, item := range items {
		parts := strings.Split(strings.Trim(item.URL, "/"), "/")
		id, _ := strconv.Atoi(parts[len(parts)-1])
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

func count(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i + 1
	}
	return list
}

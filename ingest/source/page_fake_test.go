package source

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// fakePages is a site of articles /berita/1 … without feed or interface.
type fakePages struct {
	mu sync.Mutex
	// articles are the numbers listed, in order; lastmod their stamps.
	articles []int
	lastmod  map[int]string
	// status answers for an article instead, when set.
	status map[int]int
	// text is added to an article's text.
	text map[int]string
	// size is how many a list page holds.
	size int
	// page, when set, may answer first.
	page func(w http.ResponseWriter, r *http.Request) bool
	hits map[string]int
}

func (s *fakePages) start(t testing.TB) *httptest.Server {
	s.hits = make(map[string]int)
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.hits[r.URL.RequestURI()]++
		if s.page != nil && s.page(w, r) {
			return
		}
		switch {
		case r.URL.Path == "/sitemap.xml":
			s.sitemap(w, r, s.articles)
		case r.URL.Path == "/berita":
			s.list(w, r)
		case strings.HasPrefix(r.URL.Path, "/berita/"):
			n, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/berita/"))
			s.article(w, r, n)
		default:
			http.NotFound(w, r)
		}
	})
}

func (s *fakePages) sitemap(w http.ResponseWriter, r *http.Request, articles []int) {
	w.Header().Set("Content-Type", "application/xml")
	fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	fmt.Fprintf(w, `<url><loc>http://%s/</loc></url><url><loc>https://lain.example/berita/9</loc></url>`, r.Host)
	for _, n := range articles {
		fmt.Fprintf(w, `<url><loc>http://%s/berita/%d</loc>`, r.Host, n)
		if s.lastmod[n] != "" {
			fmt.Fprintf(w, `<lastmod>%s</lastmod>`, s.lastmod[n])
		}
		fmt.Fprint(w, `</url>`)
	}
	fmt.Fprint(w, `</urlset>`)
}

func (s *fakePages) list(w http.ResponseWriter, r *http.Request) {
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	page = max(page, 1)
	last := (len(s.articles) + s.size - 1) / s.size
	shown := s.articles[min((page-1)*s.size, len(s.articles)):min(page*s.size, len(s.articles))]
	fmt.Fprint(w, `<!doctype html><html><head><title>Berita</title></head><body><nav><a href="/profil">Profil</a></nav><div class="daftar">`)
	for _, n := range shown {
		fmt.Fprintf(w, `<div class="butir"><a class="gambar" href="/berita/%d"><img></a><h3><a href="/berita/%d#isi">Berita %d</a></h3></div>`, n, n, n)
	}
	fmt.Fprint(w, `</div>`)
	if page < last {
		fmt.Fprintf(w, `<a class="lanjut" href="?page=%d">Lanjut</a>`, page+1)
	}
}

func (s *fakePages) article(w http.ResponseWriter, _ *http.Request, n int) {
	if status := s.status[n]; status != 0 {
		w.WriteHeader(status)
		return
	}
	at := testNow.Add(-time.Duration(100+n) * time.Hour).In(wib)
	fmt.Fprintf(w, `<!doctype html><html><head><title>Berita Nomor %d</title></head><body><h1>Berita Nomor %d</h1><div class=tgl>%s</div><div class=isi>%s<p>%s</p></div></body></html>`,
		n, n, at.Format("02/01/2006 15:04 WIB"), extractText, s.text[n])
}

// articleHits counts the requests for articles.
func (s *fakePages) articleHits() int {
	n := 0
	for uri, hits := range s.hits {
		if strings.HasPrefix(uri, "/berita/") {
			n += hits
		}
	}
	return n
}

// readAt is read with another clock.
func readAt(t testing.TB, s Source, state State, now time.Time) ([]Item, Answer, error) {
	t.Helper()
	reader, err := Open(s, newTestFetcher(t, func(o *FetcherOptions) { o.MaxTries = 1 }), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	var items []Item
	answer, err := reader.Read(t.Context(), reloaded(t, state), func(item Item) error {
		items = append(items, item)
		return nil
	})
	if answer.Items != len(items) {
		t.Errorf("Answer.Items = %d, delivered %d", answer.Items, len(items))
	}
	for _, item := range items {
		checkItem(t, item)
	}
	return items, answer, err
}

func pageSource(address string, rules *PageRules) Source {
	s := testSource("page", address)
	s.Rules, s.MaxPages = rules, 200
	return s
}

func numbers(from, to int) []int {
	var list []int
	for n := from; n <= to; n++ {
		list = append(list, n)
	}
	return list
}

func wantIDs(t testing.TB, items []Item, want []int) {
	t.Helper()
	if got := ids(items); !slices.Equal(got, want) {
		t.Errorf("articles %v, want %v", got, want)
	}
}

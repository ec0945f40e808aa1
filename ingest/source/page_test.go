package source

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// reloaded takes a state through JSON, as it is kept between polls.
func reloaded(t testing.TB, state State) State {
	t.Helper()
	data, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	var back State
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

func TestPageSitemap(t *testing.T) {
	site := &fakePages{text: map[int]string{}, articles: numbers(1, 5), lastmod: map[int]string{1: "2026-10-01", 2: "2026-10-02T08:00:00+07:00", 3: "2026-10-03"}}
	server := site.start(t)
	s := pageSource(server.URL+"/sitemap.xml", nil)
	items, answer, err := readAt(t, s, State{}, testNow)
	if err != nil {
		t.Fatal(err)
	}
	wantIDs(t, items, numbers(1, 5))
	if items[0].URL != server.URL+"/berita/3" || items[0].Title != "Berita Nomor 3" || !strings.Contains(items[0].HTML, "balai pertemuan") || items[0].PublishedRaw == "" {
		t.Errorf("first item = %+v, want the latest one", items[0])
	}
	if site.hits["/"] != 0 || answer.HTTPStatus != 200 {
		t.Errorf("hits = %v, answer = %+v", site.hits, answer)
	}
	// Nothing new, then a new article and a changed one.
	items, answer, err = readAt(t, s, answer.State, testNow.Add(time.Hour))
	if err != nil || len(items) != 0 || site.articleHits() != 5 {
		t.Errorf("second poll: %d items, %v, %d requests", len(items), err, site.articleHits())
	}
	site.articles, site.lastmod[1], site.text[1] = numbers(1, 6), "2026-11-01", "Ralat."
	items, answer, err = readAt(t, s, answer.State, testNow.Add(2*time.Hour))
	if err != nil || site.articleHits() != 7 {
		t.Errorf("third poll: %v, %d requests", err, site.articleHits())
	}
	wantIDs(t, items, []int{1, 6})
	// The changed lastmod of a page that is gone.
	site.lastmod[2], site.status = "2026-11-02", map[int]int{2: 410}
	items, _, err = readAt(t, s, answer.State, testNow.Add(3*time.Hour))
	want := []Item{{URL: server.URL + "/berita/2", Gone: true}}
	if diff := cmp.Diff(want, items); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestPageBudget(t *testing.T) {
	site := &fakePages{articles: numbers(1, 25)}
	server := site.start(t)
	s := pageSource(server.URL+"/sitemap.xml", nil)
	s.MaxPages = 10
	var got []int
	state := State{}
	for poll, want := range []int{10, 10, 5, 0} {
		items, answer, err := readAt(t, s, state, testNow.Add(time.Duration(poll)*time.Hour))
		if err != nil || len(items) != want {
			t.Fatalf("poll %d: %d items, %v", poll, len(items), err)
		}
		if noted := slices.ContainsFunc(answer.Notes, func(n string) bool { return strings.Contains(n, "giliran berikutnya (max_pages 10)") }); noted != (poll < 2) {
			t.Errorf("poll %d: notes %q", poll, answer.Notes)
		}
		got, state = append(got, ids(items)...), answer.State
	}
	slices.Sort(got)
	if !slices.Equal(got, numbers(1, 25)) {
		t.Errorf("articles %v", got)
	}
}

func TestPageSitemapValidators(t *testing.T) {
	cached := 0
	site := &fakePages{articles: numbers(1, 2)}
	site.page = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/sitemap.xml" {
			return false
		}
		if r.Header.Get("If-None-Match") == `"v1"` {
			cached++
			w.WriteHeader(http.StatusNotModified)
			return true
		}
		w.Header().Set("ETag", `"v1"`)
		return false
	}
	s := pageSource(site.start(t).URL+"/sitemap.xml", nil)
	s.MaxPages = 1
	_, first, _ := readAt(t, s, State{}, testNow)
	if first.State.ETag != "" {
		t.Error("a first pull that is not over keeps a validator: the rest would be lost")
	}
	_, second, _ := readAt(t, s, first.State, testNow)
	_, third, err := readAt(t, s, second.State, testNow)
	if err != nil || cached != 1 || !third.NotModified || third.HTTPStatus != 304 || third.State.ETag != `"v1"` {
		t.Errorf("cached = %d, %+v, %v", cached, third, err)
	}
}

func TestPageSitemapIndex(t *testing.T) {
	childStamp, broken := "2026-10-01", false
	site := &fakePages{articles: numbers(1, 4), page: func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case "/index.xml":
			fmt.Fprintf(w, `<sitemapindex><sitemap><loc>/post-sitemap.xml.gz</loc><lastmod>%s</lastmod></sitemap><sitemap><loc>/news.xml</loc></sitemap>
				<sitemap><loc>/category-sitemap.xml</loc></sitemap><sitemap><loc>/index.xml</loc></sitemap><sitemap><loc>https://lain.example/s.xml</loc></sitemap></sitemapindex>`, childStamp)
		case "/post-sitemap.xml.gz":
			w.Header().Set("Content-Type", "application/x-gzip")
			z := gzip.NewWriter(w)
			fmt.Fprint(z, `<urlset><url><loc>/berita/1</loc></url><url><loc>/berita/2</loc></url></urlset>`)
			z.Close()
		case "/news.xml":
			if broken {
				w.WriteHeader(http.StatusInternalServerError)
				return true
			}
			fmt.Fprint(w, `<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>/tanpa-tanggal</loc><news:news><news:publication_date>2026-11-04T07:00:00+07:00</news:publication_date><news:title>Judul &amp;amp; Kabar</news:title></news:news></url></urlset>`)
		case "/tanpa-tanggal":
			fmt.Fprint(w, `<html><body>`+extractText)
		default:
			return false
		}
		return true
	}}
	server := site.start(t)
	s := pageSource(server.URL+"/index.xml", nil)
	items, answer, err := readAt(t, s, State{}, testNow)
	if err != nil || len(items) != 3 {
		t.Fatalf("%d items, %v, %q", len(items), err, answer.Notes)
	}
	i := slices.IndexFunc(items, func(i Item) bool { return strings.HasSuffix(i.URL, "tanpa-tanggal") })
	if items[i].Title != "Judul & Kabar" || !items[i].PublishedAt.Equal(time.Date(2026, 11, 4, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("item of the news sitemap = %+v", items[i])
	}
	if site.hits["/category-sitemap.xml"] != 0 || site.hits["/index.xml"] != 1 {
		t.Errorf("hits = %v", site.hits)
	}
	// The unchanged sub-sitemap is not fetched, the one without a stamp is.
	_, answer, err = readAt(t, s, answer.State, testNow)
	if err != nil || site.hits["/post-sitemap.xml.gz"] != 1 || site.hits["/news.xml"] != 2 {
		t.Errorf("second poll: %v, hits = %v", err, site.hits)
	}
	// One that fails harms no other, and is named.
	childStamp, broken = "2026-10-02", true
	_, answer, err = readAt(t, s, answer.State, testNow)
	if err != nil || site.hits["/post-sitemap.xml.gz"] != 2 || len(answer.Notes) != 1 || !strings.Contains(answer.Notes[0], "/news.xml tidak terbaca") {
		t.Errorf("third poll: %v, notes %q, hits = %v", err, answer.Notes, site.hits)
	}
}

func TestPageStampedTogether(t *testing.T) {
	site := &fakePages{articles: numbers(1, 30), lastmod: map[int]string{}}
	stamp := func(day string) {
		for n := range 40 {
			site.lastmod[n] = day
		}
	}
	stamp("2026-11-01")
	s := pageSource(site.start(t).URL+"/sitemap.xml", nil)
	_, answer, _ := readAt(t, s, State{}, testNow)
	stamp("2026-11-02")
	site.articles = numbers(1, 31)
	items, answer, err := readAt(t, s, answer.State, testNow)
	wantIDs(t, items, []int{31})
	if err != nil || site.articleHits() != 31 || len(answer.Notes) != 1 || !strings.Contains(answer.Notes[0], "berubah serentak pada 30 dari 30") {
		t.Errorf("%v, %d requests, notes %q", err, site.articleHits(), answer.Notes)
	}
	// The new stamps are known now: one that moves alone counts again.
	site.lastmod[7] = "2026-11-03"
	items, _, _ = readAt(t, s, answer.State, testNow)
	wantIDs(t, items, []int{7})
}

func listRules() map[string]*PageRules {
	return map[string]*PageRules{
		"next":       {ListItem: ".butir", Link: "h3 a", Next: "a.lanjut"},
		"pages":      {Link: ".butir h3", Pages: "/berita?page={page}"},
		"match only": {Match: []string{"/berita/*"}, Next: "a.lanjut"},
	}
}

func TestPageList(t *testing.T) {
	for name, rules := range listRules() {
		t.Run(name, func(t *testing.T) {
			site := &fakePages{articles: numbers(1, 25), size: 10}
			server := site.start(t)
			if rules.Pages != "" {
				rules.Pages = server.URL + rules.Pages
			}
			s := pageSource(server.URL+"/berita", rules)
			s.MaxPages = 12
			var got []int
			state := State{}
			for poll := range 3 {
				items, answer, err := readAt(t, s, state, testNow)
				if err != nil {
					t.Fatalf("poll %d: %v", poll, err)
				}
				got, state = append(got, ids(items)...), answer.State
				if poll == 0 {
					// News while the first pull is under way moves everything on.
					site.articles = append(numbers(101, 103), site.articles...)
				}
			}
			slices.Sort(got)
			if want := append(numbers(1, 25), 101, 102, 103); !slices.Equal(got, want) {
				t.Errorf("articles %v", got)
			}
			if !state.Page.Complete {
				t.Error("the first pull is not over")
			}
			if site.hits["/profil"] != 0 {
				t.Error("a link outside of the rules was read")
			}
			clear(site.hits)
			items, answer, err := readAt(t, s, state, testNow)
			if err != nil || len(items) != 0 || len(site.hits) != 1 {
				t.Errorf("nothing new: %d items, %v, hits %v", len(items), err, site.hits)
			}
			clear(site.hits)
			site.articles = append([]int{104}, site.articles...)
			items, _, err = readAt(t, s, answer.State, testNow)
			wantIDs(t, items, []int{104})
			if err != nil || len(site.hits) != 3 {
				t.Errorf("one new: %v, hits %v; want two list pages and an article", err, site.hits)
			}
		})
	}
}

// TestPageListEnds looks at lists that do not say where they end.
func TestPageListEnds(t *testing.T) {
	for name, beyond := range map[string]func(s *fakePages, w http.ResponseWriter, r *http.Request){
		"not found": func(s *fakePages, w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) },
		"empty": func(s *fakePages, w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "<html><body>Tidak ada berita</body></html>")
		},
		"the last page again": func(s *fakePages, w http.ResponseWriter, r *http.Request) {
			r.URL.RawQuery = "page=2"
			s.list(w, r)
		},
		"the first page again": func(s *fakePages, w http.ResponseWriter, r *http.Request) {
			r.URL.RawQuery = ""
			s.list(w, r)
		},
	} {
		t.Run(name, func(t *testing.T) {
			site := &fakePages{articles: numbers(1, 6), size: 3}
			requests := 0
			site.page = func(w http.ResponseWriter, r *http.Request) bool {
				if page := r.URL.Query().Get("page"); r.URL.Path == "/berita" && page != "" && page != "2" {
					requests++
					beyond(site, w, r)
					return true
				}
				return false
			}
			server := site.start(t)
			items, answer, err := readAt(t, pageSource(server.URL+"/berita", &PageRules{Link: "h3 a", Pages: server.URL + "/berita?page={page}"}), State{}, testNow)
			wantIDs(t, items, numbers(1, 6))
			if err != nil || !answer.State.Page.Complete && name != "the first page again" || requests > maxListPages+1 {
				t.Errorf("%v, complete %v, %d requests", err, answer.State.Page.Complete, requests)
			}
			if requests > 3 {
				t.Errorf("%d requests beyond the end", requests)
			}
		})
	}
}

func TestPageSince(t *testing.T) {
	site := &fakePages{articles: numbers(1, 60), size: 10}
	server := site.start(t)
	s := pageSource(server.URL+"/berita", &PageRules{Link: "h3 a", Next: ".lanjut"})
	// Article n is 100+n hours old: the day leaves 30.
	s.Since = Date{2026, time.October, 31}
	items, answer, err := readAt(t, s, State{}, testNow)
	if err != nil || !answer.State.Page.Complete || len(items) != 30 {
		t.Fatalf("%d items, %v", len(items), err)
	}
	if site.hits["/berita?page=5"] != 0 {
		t.Error("the list was walked past the wanted day")
	}
	// An earlier day opens the past again.
	s.Since = Date{2026, time.October, 30}
	more, _, err := readAt(t, s, answer.State, testNow)
	if err != nil || len(more) <= len(items) {
		t.Errorf("%d items with an earlier day, %d before, %v", len(more), len(items), err)
	}
}

func TestPageWatch(t *testing.T) {
	site := &fakePages{articles: numbers(1, 3), size: 10, text: map[int]string{}}
	server := site.start(t)
	s := pageSource(server.URL+"/berita", &PageRules{Link: "h3 a"})
	_, first, err := readAt(t, s, State{}, testNow)
	if err != nil {
		t.Fatal(err)
	}
	site.text[2], site.status = "Ralat: dua orang.", map[int]int{3: 404}
	items, soon, _ := readAt(t, s, first.State, testNow.Add(23*time.Hour))
	if len(items) != 0 {
		t.Errorf("looked again within a day: %+v", items)
	}
	items, day, err := readAt(t, s, soon.State, testNow.Add(25*time.Hour))
	if err != nil || len(items) != 2 {
		t.Fatalf("%+v, %v", items, err)
	}
	slices.SortFunc(items, func(a, b Item) int { return strings.Compare(a.URL, b.URL) })
	if !strings.Contains(items[0].HTML, "Ralat: dua orang.") || items[0].Gone {
		t.Errorf("changed article = %+v", items[0])
	}
	if diff := cmp.Diff(Item{URL: server.URL + "/berita/3", Gone: true}, items[1]); diff != "" {
		t.Error(diff)
	}
	clear(site.hits)
	items, _, _ = readAt(t, s, day.State, testNow.Add(50*time.Hour))
	if len(items) != 0 || site.hits["/berita/3"] != 0 {
		t.Errorf("again: %+v, hits %v", items, site.hits)
	}
	clear(site.hits)
	if _, _, err := readAt(t, s, day.State, testNow.Add(40*24*time.Hour)); err != nil || site.articleHits() != 0 {
		t.Errorf("articles older than the watch are looked at: %v, %v", site.hits, err)
	}
}

func TestPageRulesChange(t *testing.T) {
	site := &fakePages{articles: numbers(1, 3)}
	server := site.start(t)
	s := pageSource(server.URL+"/sitemap.xml", nil)
	_, answer, _ := readAt(t, s, State{}, testNow)
	s.Rules = &PageRules{Body: ".isi"}
	items, _, err := readAt(t, s, answer.State, testNow)
	wantIDs(t, items, numbers(1, 3))
	if err != nil {
		t.Error(err)
	}
}

// TestPageTrouble: single pages that fail cost themselves only.
func TestPageTrouble(t *testing.T) {
	var site *fakePages
	var other *httptest.Server
	site = &fakePages{articles: numbers(1, 9), status: map[int]int{2: 500}, page: func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case "/berita/3":
			io.WriteString(w, strings.Repeat("<html>", 1<<20))
		case "/berita/4":
			http.Redirect(w, r, "/berita/4", http.StatusFound)
		case "/berita/5":
			http.Redirect(w, r, "http://169.254.169.254/", http.StatusFound)
		case "/berita/6":
			http.Redirect(w, r, "/", http.StatusFound)
		case "/":
			io.WriteString(w, "<html><body>Beranda</body></html>")
		case "/berita/7":
			w.Header().Set("Content-Type", "application/pdf")
			io.WriteString(w, "%PDF-1.7")
		case "/berita/8":
			http.Redirect(w, r, other.URL+"/masuk", http.StatusFound)
		default:
			return false
		}
		return true
	}}
	other = serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<html><h1>Masuk</h1>") })
	s := pageSource(site.start(t).URL+"/sitemap.xml", nil)
	items, answer, err := readAt(t, s, State{}, testNow)
	if err != nil {
		t.Fatal(err)
	}
	wantIDs(t, items, []int{1, 9})
	if !slices.ContainsFunc(answer.Notes, func(n string) bool { return strings.HasPrefix(n, "7 halaman gagal dibaca") }) {
		t.Errorf("notes %q", answer.Notes)
	}
	got, abandoned := ids(items), false
	for range 8 {
		items, answer, err = readAt(t, s, answer.State, testNow)
		got = append(got, ids(items)...)
		abandoned = abandoned || slices.ContainsFunc(answer.Notes, func(n string) bool { return strings.Contains(n, "ditinggalkan") && strings.Contains(n, "/berita/2") })
	}
	slices.Sort(got)
	if !slices.Equal(slices.Compact(got), []int{1, 9}) {
		t.Errorf("articles %v (%v, notes %q)", got, err, answer.Notes)
	}
	if !abandoned {
		t.Error("nobody is told which page was given up")
	}
	if hits := site.hits["/berita/2"]; hits != maxPageTries {
		t.Errorf("the broken page was asked for in %d polls, want %d", hits, maxPageTries)
	}
	if hits := site.hits["/berita/7"]; hits != 1 {
		t.Errorf("the PDF was asked for %d times", hits)
	}
}

func TestPageSiteFails(t *testing.T) {
	cases := []struct {
		name, reason, words string
		status, hits        int
	}{
		{"server errors", "http_5xx", "sedang rusak", 503, 3},
		{"firewall", "http_403", "menolak pembacaan", 403, 3},
		{"too many requests", "http_429", "meminta jeda", 429, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			site := &fakePages{articles: numbers(1, 9), status: map[int]int{}}
			for n := 2; n <= 9; n++ {
				site.status[n] = c.status
			}
			s := pageSource(site.start(t).URL+"/sitemap.xml", nil)
			items, answer, err := readAt(t, s, State{}, testNow)
			failure := wantFailure(t, err, c.reason)
			if !strings.Contains(failure.Words, c.words) || len(items) != 1 || site.articleHits() != 1+c.hits {
				t.Errorf("%d items, %d requests, words %q", len(items), site.articleHits(), failure.Words)
			}
			// What was read is not read again; the rest is.
			site.status = nil
			items, _, err = readAt(t, s, answer.State, testNow)
			wantIDs(t, items, numbers(2, 9))
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestPageListingFails(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	z.Write(bytes.Repeat([]byte(" "), 20<<20))
	z.Close()
	cases := []struct{ name, body, reason, words string }{
		{"feed", `<?xml version="1.0"?><rss version="2.0"></rss>`, ReasonNotAList, "pakai kind: feed"},
		{"JSON", `{"data":[]}`, ReasonNotAList, "pakai kind: jsonapi"},
		{"text", `halo`, ReasonNotAList, "bukan sitemap dan bukan halaman web"},
		{"no links", `<html><body><a href="/profil">Profil</a></body></html>`, ReasonNotAList, "tidak ada tautan berita"},
		{"broken", `<urlset><url><loc>`, ReasonParse, "rusak"},
		{"bomb", zipped.String(), ReasonTooLarge, "lebih besar dari 10 MB"},
		{"bad gzip", "\x1f\x8bxx", ReasonParse, "gzip"},
		{"50 MB", strings.Repeat("<urlset>", 50<<17), ReasonTooLarge, "lebih besar dari 10 MB"},
		{"deep list", "<html><body>" + strings.Repeat("<div>", 1000), ReasonParse, "bersarang terlalu dalam"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, c.body) })
			_, answer, err := readAt(t, pageSource(server.URL+"/daftar", &PageRules{Link: "a.berita"}), State{ETag: `"lama"`}, testNow)
			failure := wantFailure(t, err, c.reason)
			if !strings.Contains(failure.Words, c.words) || answer.HTTPStatus != 200 {
				t.Errorf("words = %q, answer = %+v", failure.Words, answer)
			}
		})
	}
	t.Run("a page without rules", func(t *testing.T) {
		server := serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<html><body>") })
		_, _, err := readAt(t, pageSource(server.URL+"/daftar", nil), State{}, testNow)
		if f := wantFailure(t, err, ReasonNotAList); !strings.Contains(f.Words, "rules.link") {
			t.Errorf("words = %q", f.Words)
		}
	})
	t.Run("rules that find nothing", func(t *testing.T) {
		site := &fakePages{articles: numbers(1, 5)}
		_, _, err := readAt(t, pageSource(site.start(t).URL+"/sitemap.xml", &PageRules{Body: ".tidak-ada"}), State{}, testNow)
		if f := wantFailure(t, err, ReasonMapping); !strings.Contains(f.Words, "rules.body") {
			t.Errorf("words = %q", f.Words)
		}
	})
}

func TestPageSharedCanonical(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/sitemap.xml" {
			io.WriteString(w, `<urlset><url><loc>/a?id=1</loc></url><url><loc>/a?id=2</loc></url></urlset>`)
			return
		}
		fmt.Fprintf(w, `<html><head><link rel=canonical href=/a></head><body><h1>Berita Panjang %s</h1><p>15 Oktober 2026</p>%s`, r.URL.Query().Get("id"), extractText)
	})
	items, _, err := readAt(t, pageSource(server.URL+"/sitemap.xml", nil), State{}, testNow)
	if err != nil || len(items) != 2 || items[0].URL == items[1].URL {
		t.Errorf("%v, %+v", err, items)
	}
}

func TestPageEmitErrorKeepsArticle(t *testing.T) {
	site := &fakePages{articles: numbers(1, 3)}
	s := pageSource(site.start(t).URL+"/sitemap.xml", nil)
	reader, err := Open(s, newTestFetcher(t), func() time.Time { return testNow })
	if err != nil {
		t.Fatal(err)
	}
	full := fmt.Errorf("disk penuh")
	answer, err := reader.Read(t.Context(), State{}, func(Item) error { return full })
	if err == nil || answer.State.Page.Seen.len() != 0 {
		t.Errorf("%v: %d pages count as read", err, answer.State.Page.Seen.len())
	}
}

// TestPageCertificate: articles behind a certificate that is not accepted are
// read once it is.
func TestPageCertificate(t *testing.T) {
	site := &fakePages{articles: numbers(1, 4)}
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	broken := true
	site.page = func(w http.ResponseWriter, r *http.Request) bool {
		if broken && strings.HasPrefix(r.URL.Path, "/berita/") {
			http.Redirect(w, r, secure.URL+r.URL.Path, http.StatusFound)
			return true
		}
		return false
	}
	s := pageSource(site.start(t).URL+"/sitemap.xml", nil)
	_, answer, err := readAt(t, s, State{}, testNow)
	wantFailure(t, err, ReasonTLS)
	broken = false
	items, _, err := readAt(t, s, answer.State, testNow)
	wantIDs(t, items, numbers(1, 4))
	if err != nil {
		t.Error(err)
	}
}

func TestPageRobots(t *testing.T) {
	rules := "User-agent: *\nDisallow: /berita/\n"
	site := &fakePages{articles: numbers(1, 4)}
	site.page = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/robots.txt" {
			io.WriteString(w, rules)
			return true
		}
		return false
	}
	s := pageSource(site.start(t).URL+"/sitemap.xml", nil)
	withRobots := func(o *FetcherOptions) { o.Robots = StandardRobots() }
	_, answer, err := read(t, newTestFetcher(t, withRobots), s, State{})
	if f := wantFailure(t, err, ReasonRobots); !strings.Contains(f.Words, "semua halaman beritanya") || site.articleHits() != 0 {
		t.Errorf("words = %q, hits = %v", f.Words, site.hits)
	}
	rules = "User-agent: *\nDisallow: /berita/2\n"
	items, answer, err := read(t, newTestFetcher(t, withRobots), s, answer.State)
	wantIDs(t, items, []int{1, 3, 4})
	if err != nil || len(answer.Notes) != 1 {
		t.Errorf("%v, notes %q", err, answer.Notes)
	}
}

// TestPageFailureHarmsNoOther reads a hostile and a sound site with one
// Fetcher at the same time.
func TestPageFailureHarmsNoOther(t *testing.T) {
	var hostile *httptest.Server
	hostile = serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/sitemap.xml":
			io.WriteString(w, `<urlset><url><loc>/besar</loc></url><url><loc>/putar</loc></url><url><loc>/dalam</loc></url><url><loc>/awan</loc></url></urlset>`)
		case "/besar":
			for range 50 {
				io.WriteString(w, strings.Repeat("<p>x</p>", 1<<17))
			}
		case "/putar":
			http.Redirect(w, r, "/putar?x", http.StatusFound)
		case "/dalam":
			io.WriteString(w, "<html>"+strings.Repeat("<div>", 100_000))
		case "/awan":
			http.Redirect(w, r, "http://[::1]:1/", http.StatusFound)
		default:
			http.Redirect(w, r, hostile.URL+"/putar", http.StatusFound)
		}
	})
	sound := &fakePages{articles: numbers(1, 5)}
	soundURL := sound.start(t).URL
	f := newTestFetcher(t)
	type result struct {
		items  []Item
		answer Answer
		err    error
	}
	results := make(chan result, 1)
	go func() {
		reader := &pageReader{source: pageSource(hostile.URL+"/sitemap.xml", nil), fetcher: f, now: func() time.Time { return testNow }}
		var r result
		r.answer, r.err = reader.Read(t.Context(), State{}, func(i Item) error { r.items = append(r.items, i); return nil })
		results <- r
	}()
	items, _, err := read(t, f, pageSource(soundURL+"/sitemap.xml", nil), State{})
	wantIDs(t, items, numbers(1, 5))
	if err != nil {
		t.Error(err)
	}
	bad := <-results
	if len(bad.items) != 0 || len(bad.answer.Notes) == 0 || !strings.Contains(bad.answer.Notes[0], "halaman gagal dibaca, antara lain: ") {
		t.Errorf("%+v", bad)
	}
}

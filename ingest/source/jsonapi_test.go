package source

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// pagings are the ways of paging that must all give the same.
var pagings = []struct {
	name, query string
	change      func(*JSONAPI)
}{
	{"page", "?page={page}", func(a *JSONAPI) {}},
	{"page with total", "?page={page}", func(a *JSONAPI) { a.Paging.Total = "meta.total" }},
	{"page with next", "?page={page}", func(a *JSONAPI) { a.Paging.Next = "meta.next" }},
	{"page and size", "?page={page}&size={size}", func(a *JSONAPI) { a.Paging.Size = 7 }},
	{"offset", "?offset={offset}&size={size}", func(a *JSONAPI) { a.Paging.Size = 10 }},
	{"offset with total", "?offset={offset}", func(a *JSONAPI) { a.Paging.Size, a.Paging.Total = 10, "meta.total" }},
	{"cursor", "?cursor={cursor}", func(a *JSONAPI) { a.Paging.Next = "meta.next" }},
	{"next address", "", func(a *JSONAPI) { a.Paging.Kind, a.Paging.Next = "cursor", "meta.link" }},
}

func TestAPIPaging(t *testing.T) {
	for _, p := range pagings {
		t.Run(p.name, func(t *testing.T) {
			api := &fakeAPI{posts: descending(1, 25), size: 10}
			s := apiSource(api.start(t), p.query, p.change)
			items, answer, err := readAt(t, s, State{}, testNow)
			wantIDs(t, items, numbers(1, 25))
			if err != nil || answer.HTTPStatus != 200 || answer.State.API.Next != "" || len(api.requests) > 5 {
				t.Errorf("%v, %+v, requests %q", err, answer, api.requests)
			}
			// Nothing new: one page is enough, and nothing is delivered twice.
			api.requests = nil
			items, answer, err = readAt(t, s, answer.State, testNow.Add(time.Hour))
			if err != nil || len(items) != 0 || len(api.requests) != 1 {
				t.Errorf("second poll: %d items, %v, requests %q", len(items), err, api.requests)
			}
			// Two new ones and a changed one on the first page.
			api.posts, api.title = descending(1, 27), map[int]string{24: " (ralat)"}
			items, answer, err = readAt(t, s, answer.State, testNow.Add(2*time.Hour))
			wantIDs(t, items, []int{24, 26, 27})
			if err != nil {
				t.Error(err)
			}
			// A change further down is met by the weekly walk.
			api.title[3] = " (ralat)"
			items, answer, _ = readAt(t, s, answer.State, testNow.Add(3*time.Hour))
			wantIDs(t, items, []int{})
			items, _, err = readAt(t, s, answer.State, testNow.Add(8*24*time.Hour))
			wantIDs(t, items, []int{3})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAPIItem(t *testing.T) {
	api := &fakeAPI{posts: []int{7}, size: 10}
	server := api.start(t)
	items, _, err := readAt(t, apiSource(server, ""), State{}, testNow)
	if err != nil {
		t.Fatal(err)
	}
	want := []Item{{
		URL: server.URL + "/berita/7", Title: "Berita 7 & Kabar", HTML: "<p>Isi berita.</p>", PublishedRaw: postDay(7),
		Author: "Rina", Authors: []string{"Rina"}, GUID: "7", Place: "Desa Contoh",
	}}
	if diff := cmp.Diff(want, items); diff != "" {
		t.Error(diff)
	}
}

// TestAPIOldestFirst: new items stand on the last page.
func TestAPIOldestFirst(t *testing.T) {
	for _, p := range pagings {
		t.Run(p.name, func(t *testing.T) {
			api := &fakeAPI{posts: numbers(1, 25), size: 10}
			s := apiSource(api.start(t), p.query, p.change)
			_, answer, err := readAt(t, s, State{}, testNow)
			if err != nil || answer.State.API.NewestFirst {
				t.Fatalf("%v, %+v", err, answer.State.API)
			}
			api.posts = numbers(1, 34)
			items, _, err := readAt(t, s, answer.State, testNow.Add(time.Hour))
			wantIDs(t, items, numbers(26, 34))
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestAPINullDates: without dates nothing is known of the order, and nothing
// is lost.
func TestAPINullDates(t *testing.T) {
	api := &fakeAPI{posts: descending(1, 25), size: 10, day: func(int) string { return "" }}
	s := apiSource(api.start(t), "?page={page}")
	items, answer, err := readAt(t, s, State{}, testNow)
	if err != nil || len(items) != 25 || items[0].PublishedRaw != "" || !items[0].PublishedAt.IsZero() {
		t.Fatalf("%d items, %v, %+v", len(items), err, items[0])
	}
	api.posts = descending(1, 26)
	items, _, err = readAt(t, s, answer.State, testNow.Add(time.Hour))
	wantIDs(t, items, []int{26})
	if err != nil {
		t.Error(err)
	}
}

func TestAPIBudget(t *testing.T) {
	for _, p := range pagings {
		t.Run(p.name, func(t *testing.T) {
			api := &fakeAPI{posts: descending(1, 95), size: 10}
			s := apiSource(api.start(t), p.query, p.change)
			s.MaxPages = 4
			var got []int
			state := State{}
			for poll := range 12 {
				api.requests = nil
				items, answer, err := readAt(t, s, state, testNow.Add(time.Duration(poll)*time.Hour))
				if err != nil || len(api.requests) > 4 {
					t.Fatalf("poll %d: %v, requests %q", poll, err, api.requests)
				}
				got, state = append(got, ids(items)...), answer.State
				if poll == 1 {
					api.posts = descending(1, 97) // everything moves on
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, numbers(1, 97)) || state.API.WalkedAt.IsZero() {
				t.Errorf("articles %v, state %+v", got, state.API)
			}
		})
	}
}

func TestAPISince(t *testing.T) {
	api := &fakeAPI{posts: descending(900, 999), size: 10}
	s := apiSource(api.start(t), "?page={page}&since={since}")
	s.Since = Date{2026, time.November, 2}
	items, answer, err := readAt(t, s, State{}, testNow)
	if err != nil || !strings.Contains(api.requests[0], "since=2026-11-02") || len(items) == 0 || len(items) == 100 {
		t.Fatalf("%d items, %v, %q", len(items), err, api.requests)
	}
	if !answer.State.Since.Equal(testNow) {
		t.Errorf("since = %v", answer.State.Since)
	}
	api.requests = nil
	if _, _, err := readAt(t, s, answer.State, testNow.Add(time.Hour)); err != nil || !strings.Contains(api.requests[0], "since=2026-11-03") {
		t.Errorf("%v, %q: want two days of overlap", err, api.requests)
	}
	// Without {since} the walk stops at the first page that is too old.
	api.requests = nil
	s = apiSource(api.start(t), "?page={page}")
	s.Since = Date{2026, time.November, 4}
	items, _, err = readAt(t, s, State{}, testNow)
	if err != nil || len(items) == 0 || len(items) > 60 || len(api.requests) > 7 {
		t.Errorf("%d items, %v, %d requests", len(items), err, len(api.requests))
	}
}

func TestAPIStopsAtRepetition(t *testing.T) {
	for _, size := range []int{10, 3} {
		api := &fakeAPI{posts: descending(1, 5), size: size, noTotal: true}
		api.answer = func(w http.ResponseWriter, r *http.Request) bool {
			r.URL.RawQuery = "page=1" // deaf to paging
			return false
		}
		items, _, err := readAt(t, apiSource(api.start(t), "?page={page}"), State{}, testNow)
		if err != nil || len(items) != min(size, 5) || len(api.requests) != 2 {
			t.Errorf("%d items, %v, requests %q", len(items), err, api.requests)
		}
	}
}

// TestAPIServerCapsSize: the step of an offset is what was received.
func TestAPIServerCapsSize(t *testing.T) {
	api := &fakeAPI{posts: descending(1, 25), size: 100, largest: 6}
	items, _, err := readAt(t, apiSource(api.start(t), "?offset={offset}&size={size}", func(a *JSONAPI) { a.Paging.Size = 100 }), State{}, testNow)
	wantIDs(t, items, numbers(1, 25))
	if err != nil {
		t.Error(err)
	}
}

func TestAPIHeadersAndSecrets(t *testing.T) {
	t.Setenv("GAUNG_SECRET_UJI", "sangat-rahasia")
	var log bytes.Buffer
	var got []string
	target := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("Authorization")+"|"+r.Header.Get("X-Lain"))
		io.WriteString(w, `[]`)
	})
	redirecting := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			got = append(got, "robots "+r.Header.Get("Authorization"))
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, target.URL, http.StatusFound)
	})
	f := newTestFetcher(t, func(o *FetcherOptions) {
		o.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		o.Robots = StandardRobots()
	})
	for _, address := range []string{target.URL, redirecting.URL} {
		s := testSource("jsonapi", address+"/api")
		s.MaxPages = 5
		s.API = &JSONAPI{
			Fields:  APIFields{Title: "t", URL: "u"},
			Headers: map[string]string{"authorization": "Bearer ${GAUNG_SECRET_UJI}", "X-Lain": "a"},
		}
		if problems := s.validateAPI(); len(problems) > 0 {
			t.Fatal(problems)
		}
		_, answer, err := read(t, f, s, State{})
		if err != nil {
			t.Fatal(err)
		}
		if text := fmt.Sprintf("%+v %+v", answer, *answer.State.API); strings.Contains(text, "sangat-rahasia") {
			t.Error("the secret is part of the answer")
		}
	}
	// Once the target directly (its own robots.txt first), then the server
	// that redirects to it: the target gets nothing then.
	want := []string{"|", "Bearer sangat-rahasia|a", "robots ", "|"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if log.Len() == 0 || strings.Contains(log.String(), "sangat-rahasia") {
		t.Errorf("log: %s", log.String())
	}
}

func TestAPIMissingSecret(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) { t.Error("asked without the secret") })
	s := apiSource(server, "")
	s.API.Headers = map[string]string{"Authorization": "Bearer ${GAUNG_SECRET_HILANG}"}
	_, _, err := readAt(t, s, State{}, testNow)
	if f := wantFailure(t, err, ReasonSecret); !strings.Contains(f.Words, "GAUNG_SECRET_HILANG") {
		t.Errorf("words = %q", f.Words)
	}
}

func TestAPIForeignNext(t *testing.T) {
	other := serve(t, func(w http.ResponseWriter, r *http.Request) { t.Error("followed to another site") })
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"data":{"items":[{"id_post":1,"title":"x"}]},"meta":{"next":%q}}`, other.URL+"/api")
	})
	items, _, err := readAt(t, apiSource(server, "", func(a *JSONAPI) { a.Paging.Kind, a.Paging.Next = "cursor", "meta.next" }), State{}, testNow)
	if f := wantFailure(t, err, ReasonRedirect); len(items) != 1 || !strings.Contains(f.Words, "di situs lain") {
		t.Errorf("%d items, %q", len(items), f.Words)
	}
}

func TestAPIFailures(t *testing.T) {
	cases := []struct{ name, body, reason, words string }{
		{"HTML", "<!doctype html><html><body>Masuk</body></html>", ReasonNotJSON, "halaman web (HTML), bukan JSON"},
		{"empty", "", ReasonNotJSON, "kosong"},
		{"text", "OK", ReasonNotJSON, "bukan JSON"},
		{"cut", `{"data":{"items":[{"id_post":1`, ReasonParse, "rusak atau tidak lengkap"},
		{"two values", `{} {}`, ReasonParse, "rusak"},
		{"deep", strings.Repeat("[", 20000), ReasonParse, "rusak"},
		{"no list", `{"success":false,"message":"Unauthorized"}`, ReasonMapping, "api.items"},
		{"no list but a text", `{"data":{"items":"x"}}`, ReasonMapping, "bukan daftar"},
		{"no objects", `{"data":{"items":["a","b"]}}`, ReasonMapping, "bukan objek"},
		{"renamed title", `{"data":{"items":[{"id_post":1,"judul":"x"}]}}`, ReasonMapping, "api.fields.title"},
		{"renamed identifier", `{"data":{"items":[{"id":1,"title":"x"}]}}`, ReasonMapping, "api.fields.url"},
		{"50 MB", strings.Repeat(" ", 50<<20) + "[]", ReasonTooLarge, "lebih besar dari 10 MB"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, c.body) })
			items, answer, err := readAt(t, apiSource(server, ""), State{}, testNow)
			f := wantFailure(t, err, c.reason)
			if !strings.Contains(f.Words, c.words) || len(items) != 0 || answer.HTTPStatus != 200 || answer.State.Since != (time.Time{}) {
				t.Errorf("words = %q, answer = %+v", f.Words, answer)
			}
		})
	}
	for body, odd := range map[string]int{`{"data":{"items":null}}`: 0, `{"data":{"items":[]}}`: 0, `{"data":{"items":{}}}`: 0, `{"data":{"items":{"0":null,"3":{"id_post":1,"title":"x"}}}}`: 1} {
		server := serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, body) })
		items, answer, err := readAt(t, apiSource(server, ""), State{}, testNow)
		if err != nil || len(items) != odd || (odd > 0) != (len(answer.Notes) > 0) {
			t.Errorf("%s: %d items, %v, notes %q", body, len(items), err, answer.Notes)
		}
	}
	t.Run("unauthorized", func(t *testing.T) {
		t.Setenv("GAUNG_SECRET_UJI", "x")
		server := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(401) })
		_, _, err := readAt(t, apiSource(server, "", func(a *JSONAPI) { a.Headers = map[string]string{"X-Api-Key": "${GAUNG_SECRET_UJI}"} }), State{}, testNow)
		if f := wantFailure(t, err, "http_401"); !strings.Contains(f.Words, "api.headers") {
			t.Errorf("words = %q", f.Words)
		}
	})
}

// TestAPIBreaksOff: what a failing walk delivered is kept, and the next poll
// goes on there.
func TestAPIBreaksOff(t *testing.T) {
	api := &fakeAPI{posts: descending(1, 40), size: 10}
	down := true
	api.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if down && r.URL.Query().Get("page") == "3" {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}
		return false
	}
	s := apiSource(api.start(t), "?page={page}")
	items, answer, err := readAt(t, s, State{}, testNow)
	wantFailure(t, err, "http_5xx")
	wantIDs(t, items, numbers(21, 40))
	down, api.requests = false, nil
	items, _, err = readAt(t, s, answer.State, testNow)
	wantIDs(t, items, numbers(1, 20))
	if err != nil || len(api.requests) != 4 {
		t.Errorf("%v, requests %q: want the first page, then from the third on", err, api.requests)
	}
}

func TestAPILostCursor(t *testing.T) {
	api := &fakeAPI{posts: descending(1, 40), size: 10}
	s := apiSource(api.start(t), "?cursor={cursor}", func(a *JSONAPI) { a.Paging.Next = "meta.next" })
	s.MaxPages = 2
	_, answer, _ := readAt(t, s, State{}, testNow)
	api.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("cursor") != "" {
			w.WriteHeader(http.StatusBadRequest)
			return true
		}
		return false
	}
	_, answer, err := readAt(t, s, answer.State, testNow)
	if err != nil || answer.State.API.Next != "" || len(answer.Notes) != 1 {
		t.Fatalf("%v, %+v", err, answer)
	}
	api.answer, s.MaxPages = nil, 10
	items, _, err := readAt(t, s, answer.State, testNow)
	if err != nil || len(items) != 20 {
		t.Errorf("%d items, %v", len(items), err)
	}
}

func TestAPIDateFormats(t *testing.T) {
	api := &fakeAPI{posts: []int{2, 1}, size: 10, day: func(n int) string { return []string{"", "10/05/2026 08:30 PM", "10/05/2026"}[n] }}
	s := apiSource(api.start(t), "", func(a *JSONAPI) { a.DateFormats = []string{"MM/dd/yyyy"} })
	items, answer, err := readAt(t, s, State{}, testNow)
	if err != nil || len(items) != 2 || items[0].PublishedRaw != "2026-10-05" || items[0].PublishedUnread || items[1].PublishedRaw != "10/05/2026 08:30 PM" || !items[1].PublishedUnread || len(answer.Notes) != 1 {
		t.Errorf("%v, %+v, notes %q", err, items, answer.Notes)
	}
}

func TestAPISingleValidators(t *testing.T) {
	api := &fakeAPI{posts: []int{1}, size: 10, answer: func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("If-None-Match") == `"a"` {
			w.WriteHeader(304)
			return true
		}
		w.Header().Set("ETag", `"a"`)
		return false
	}}
	s := apiSource(api.start(t), "")
	_, answer, _ := readAt(t, s, State{}, testNow)
	_, again, err := readAt(t, s, answer.State, testNow)
	if err != nil || !again.NotModified || again.HTTPStatus != 304 {
		t.Errorf("%+v, %v", again, err)
	}
}

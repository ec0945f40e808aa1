package source

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWordPressItem(t *testing.T) {
	at := time.Date(2026, 3, 3, 16, 30, 0, 0, time.UTC)
	site := &fakeSite{posts: []fakePost{{id: 7, date: at, modified: at.Add(time.Hour)}}}
	server := site.start(t)
	items, answer, err := read(t, newTestFetcher(t), testSource("wordpress", server.URL), State{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Item{{
		URL: server.URL + "/berita/7/", Title: "Berita – 7", HTML: "<p>Isi berita.</p>",
		PublishedRaw: "2026-03-03T23:30:00", PublishedAt: at, ModifiedRaw: "2026-03-04T00:30:00", ModifiedAt: at.Add(time.Hour),
		Author: "Admin Berita", Authors: []string{"Admin Berita"}, GUID: server.URL + "/?p=7", Tags: []string{"Desa & Kota"},
	}}
	if diff := cmp.Diff(want, items); diff != "" {
		t.Error(diff)
	}
	if answer.HTTPStatus != 200 || !answer.State.Since.Equal(at.Add(time.Hour)) || len(answer.Notes) != 0 {
		t.Errorf("answer = %+v", answer)
	}
	q, err := url.ParseQuery(site.queries[0])
	if err != nil {
		t.Fatal(err)
	}
	if q.Get("per_page") != "100" || !q.Has("_embed") || q.Get("orderby") != "date" || q.Get("order") != "asc" || q.Has("after") {
		t.Errorf("query = %s", site.queries[0])
	}
}

// TestWordPressBackfill reads 250 posts from sites of every temper.
func TestWordPressBackfill(t *testing.T) {
	cases := []struct {
		name     string
		site     fakeSite
		requests int
	}{
		{"as documented", fakeSite{}, 3},
		{"no total headers", fakeSite{noTotals: true}, 0},
		{"ignores after", fakeSite{ignoreBounds: true}, 4},
		{"ignores order", fakeSite{ignoreOrder: true}, 3},
		{"ignores both", fakeSite{ignoreBounds: true, ignoreOrder: true}, 3},
		{"chokes on large pages", fakeSite{largest: 50}, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			site := c.site
			site.posts = manyPosts(250)
			server := site.start(t)
			items, answer, err := read(t, newTestFetcher(t), testSource("wordpress", server.URL), State{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(count(250), ids(items)); diff != "" {
				t.Errorf("posts: %s", diff)
			}
			if c.requests > 0 && site.requests != c.requests {
				t.Errorf("requests = %d, want %d", site.requests, c.requests)
			}
			if want := site.posts[249].modified; !answer.State.Since.Equal(want) || answer.State.Backfill != "" {
				t.Errorf("state = %+v, want Since %v", answer.State, want)
			}
		})
	}
}

func TestWordPressBackfillOfReversedSite(t *testing.T) {
	site := &fakeSite{posts: manyPosts(201), noTotals: true, ignoreOrder: true}
	items, _, err := read(t, newTestFetcher(t), testSource("wordpress", site.start(t).URL), State{})
	if err != nil || len(items) != 201 || site.requests != 4 {
		t.Errorf("%d items after %d requests, want 201 after 4; %v", len(items), site.requests, err)
	}
}

func TestWordPressBackfillFromConfiguredDay(t *testing.T) {
	day := func(text string) time.Time { return bound(text).UTC() }
	site := &fakeSite{posts: []fakePost{
		{id: 1, date: day("2025-04-30T23:59:59"), modified: testNow.Add(-48 * time.Hour)},
		{id: 2, date: day("2025-05-01T00:00:00"), modified: day("2025-05-01T00:00:00")},
		{id: 3, date: day("2026-01-01T08:00:00"), modified: day("2026-01-01T08:00:00")},
	}}
	s := testSource("wordpress", site.start(t).URL+"/wp-json/wp/v2/posts?per_page=5")
	s.Since = Date{Year: 2025, Month: time.May, Day: 1}
	items, _, err := read(t, newTestFetcher(t), s, State{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{2, 3}, ids(items)); diff != "" {
		t.Error(diff)
	}
}

// TestWordPressEarlierFirstDay moves the configured day back after a first
// pull, and forth, which changes nothing.
func TestWordPressEarlierFirstDay(t *testing.T) {
	site := &fakeSite{posts: manyPosts(250)}
	s, f := testSource("wordpress", site.start(t).URL), newTestFetcher(t)
	s.Since = Date{2026, time.November, 1}
	state := State{}
	for _, step := range []struct {
		since    Date
		complete bool
	}{
		{Date{2026, time.November, 1}, false},
		{Date{2026, time.November, 2}, false},
		{Date{2026, time.January, 1}, true},
		{Date{2026, time.January, 1}, false},
		{Date{}, true},
		{Date{}, false},
		{Date{2026, time.November, 1}, false},
	} {
		s.Since = step.since
		items, answer, err := read(t, f, s, state)
		if err != nil {
			t.Fatal(err)
		}
		if complete := len(items) == 250; complete != step.complete {
			t.Errorf("since %q: %d items, everything expected: %v", step.since, len(items), step.complete)
		}
		state = answer.State
	}
}

// TestWordPressBackfillLosesNothing lets posts appear, change and vanish while
// paging: whatever stands on the site throughout must be delivered, each post
// once.
func TestWordPressBackfillLosesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 260).Draw(rt, "posts")
		site := &fakeSite{noTotals: rapid.Bool().Draw(rt, "noTotals")}
		start := testNow.Add(-400 * 24 * time.Hour)
		at := start
		for i := range n {
			at = at.Add(time.Duration(rapid.SampledFrom([]int{0, 0, 1, 3600}).Draw(rt, "gap")) * time.Second)
			site.posts = append(site.posts, fakePost{id: i + 1, date: at, modified: at})
		}
		original := n
		removed := map[int]bool{}
		// Ties beyond a page are paged by number, where a server that also
		// hides its totals gives nothing to notice a removal by.
		mayRemove := !site.noTotals
		site.before = func(s *fakeSite, requests int) {
			if requests == 1 || requests > 6 {
				return
			}
			if mayRemove && len(s.posts) > 0 && rapid.Bool().Draw(rt, "remove") {
				i := rapid.IntRange(0, len(s.posts)-1).Draw(rt, "which")
				removed[s.posts[i].id] = true
				s.posts = slices.Delete(s.posts, i, i+1)
			} else if rapid.Bool().Draw(rt, "add") {
				n++
				s.posts = append(s.posts, fakePost{id: n, date: testNow, modified: testNow})
			}
		}
		server := site.start(t)
		defer server.Close()
		items, _, err := read(t, newTestFetcher(t), testSource("wordpress", server.URL), State{})
		if err != nil {
			rt.Fatal(err)
		}
		got := ids(items)
		for i := 1; i < len(got); i++ {
			if got[i] == got[i-1] {
				rt.Fatalf("post %d delivered twice", got[i])
			}
		}
		for id := 1; id <= original; id++ {
			if _, found := slices.BinarySearch(got, id); !found && !removed[id] {
				rt.Fatalf("post %d of %d lost", id, original)
			}
		}
	})
}

// TestWordPressPagingRepeats removes a post that was already read, at every
// moment of a run on a site that can only be paged by number: the first post
// of the next page moves to the page already read.
func TestWordPressPagingRepeats(t *testing.T) {
	for _, temper := range []fakeSite{{ignoreBounds: true}, {ignoreOrder: true}, {ignoreBounds: true, ignoreOrder: true}} {
		for moment := 2; moment <= 4; moment++ {
			site := temper
			site.posts = manyPosts(250)
			gone := 50
			if site.ignoreOrder {
				gone = 200
			}
			site.before = func(s *fakeSite, requests int) {
				if requests == moment {
					s.posts = slices.DeleteFunc(s.posts, func(p fakePost) bool { return p.id == gone })
				}
			}
			items, _, err := read(t, newTestFetcher(t), testSource("wordpress", site.start(t).URL), State{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(count(250), ids(items)); diff != "" {
				t.Errorf("ignoreBounds=%v ignoreOrder=%v, removed before request %d: %s", temper.ignoreBounds, temper.ignoreOrder, moment, diff)
			}
		}
	}
	// The same within an increment of several pages.
	site := fakeSite{posts: manyPosts(250)}
	for i := range site.posts {
		site.posts[i].date = site.posts[i].date.Add(-2000 * time.Hour)
	}
	site.before = func(s *fakeSite, requests int) {
		if requests == 2 {
			s.posts = slices.DeleteFunc(s.posts, func(p fakePost) bool { return p.id == 200 })
		}
	}
	items, _, err := read(t, newTestFetcher(t), testSource("wordpress", site.start(t).URL), State{Since: testNow.Add(-400 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(count(250), ids(items)); diff != "" {
		t.Errorf("increment: %s", diff)
	}
}

func TestWordPressBackfillContinues(t *testing.T) {
	site := &fakeSite{posts: manyPosts(450)}
	broken := true
	site.before = func(s *fakeSite, requests int) {
		if s.closed = nil; broken && requests >= 3 {
			s.closed = func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusForbidden) }
		}
	}
	s, f := testSource("wordpress", site.start(t).URL), newTestFetcher(t)
	first, answer, err := read(t, f, s, State{})
	wantFailure(t, err, "http_403")
	if len(first) != 199 || answer.State.Backfill == "" || !answer.State.Since.IsZero() || answer.State.BackfillStarted.IsZero() {
		t.Fatalf("first run: %d items, %+v", len(first), answer.State)
	}
	broken = false
	before := site.requests
	rest, done, err := read(t, f, s, answer.State)
	if err != nil {
		t.Fatal(err)
	}
	if site.requests-before != 3 {
		t.Errorf("the second run asked %d times, want 3: it began anew", site.requests-before)
	}
	all := slices.Compact(ids(append(first, rest...)))
	if diff := cmp.Diff(count(450), all); diff != "" {
		t.Error(diff)
	}
	if done.State.Backfill != "" || !done.State.BackfillStarted.IsZero() || !done.State.Since.Equal(site.posts[449].modified) {
		t.Errorf("state = %+v", done.State)
	}
}

func TestWordPressIncrement(t *testing.T) {
	for _, old := range []bool{false, true} {
		t.Run(fmt.Sprintf("ignoreModified=%v", old), func(t *testing.T) {
			site := &fakeSite{posts: manyPosts(450), ignoreModified: old}
			s, f := testSource("wordpress", site.start(t).URL), newTestFetcher(t)
			_, answer, err := read(t, f, s, State{})
			if err != nil {
				t.Fatal(err)
			}
			since := answer.State.Since
			// One new, one edited long after, one backdated, one scheduled a
			// week ago for a moment before the last poll.
			site.posts[9].modified = since.Add(2 * time.Hour)
			site.posts = append(site.posts,
				fakePost{id: 1001, date: since.Add(time.Hour), modified: since.Add(time.Hour)},
				fakePost{id: 1002, date: since.Add(-300 * 24 * time.Hour), modified: since.Add(3 * time.Hour)},
				fakePost{id: 1003, date: since.Add(-time.Hour), modified: since.Add(-7 * 24 * time.Hour)},
			)
			before := site.requests
			items, next, err := read(t, f, s, answer.State)
			if err != nil {
				t.Fatal(err)
			}
			got := ids(items)
			for _, id := range []int{10, 1001, 1002, 1003} {
				if _, found := slices.BinarySearch(got, id); !found {
					t.Errorf("post %d was missed", id)
				}
			}
			if most := 3; site.requests-before > most {
				t.Errorf("%d requests, want at most %d", site.requests-before, most)
			}
			if !next.State.Since.Equal(since.Add(3 * time.Hour)) {
				t.Errorf("Since = %v, want %v", next.State.Since, since.Add(3*time.Hour))
			}
			// Nothing new: the bound stays.
			_, quiet, err := read(t, f, s, next.State)
			if err != nil || !quiet.State.Since.Equal(next.State.Since) {
				t.Errorf("quiet poll: %+v, %v", quiet.State, err)
			}
		})
	}
}

func TestWordPressClosedFallsBackToFeed(t *testing.T) {
	write := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		}
	}
	cases := []struct {
		name     string
		closed   http.HandlerFunc
		requests int
		words    string
	}{
		{"401", write(401, `{"code":"rest_not_logged_in"}`), 1, "401, rest_not_logged_in"},
		{"403 of a firewall", write(403, "Forbidden"), 2, "(403)"},
		{"404", write(404, "<html>tidak ada</html>"), 2, "(404)"},
		{"no route", write(404, `{"code":"rest_no_route"}`), 2, "404, rest_no_route"},
		{"html", write(200, "<!doctype html><html></html>"), 2, "menjawab halaman web, bukan JSON"},
		{"other json", write(200, `{"success":true}`), 2, "bukan JSON"},
		{"empty", write(200, ""), 2, "bukan JSON"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			site := &fakeSite{closed: c.closed, feed: smallFeed}
			server := site.start(t)
			since := testNow.Add(-time.Hour)
			items, answer, err := read(t, newTestFetcher(t), testSource("wordpress", server.URL+"/"), State{Since: since})
			if err != nil {
				t.Fatal(err)
			}
			if len(items) != 2 || site.requests != c.requests {
				t.Errorf("%d items after %d requests, want 2 after %d", len(items), site.requests, c.requests)
			}
			if len(answer.Notes) != 1 || !strings.Contains(answer.Notes[0], c.words) || !strings.Contains(answer.Notes[0], server.URL+"/feed/") {
				t.Errorf("notes = %q, want %q in them", answer.Notes, c.words)
			}
			if !answer.State.Since.Equal(since) || answer.State.FeedURL != server.URL+"/feed/" {
				t.Errorf("state = %+v", answer.State)
			}
		})
	}
}

func TestWordPressFallbackKeepsFeedValidators(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path != "/feed/":
			http.NotFound(w, r)
		case r.Header.Get("If-None-Match") == `"f1"`:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"f1"`)
			fmt.Fprint(w, smallFeed)
		}
	})
	f, s := newTestFetcher(t), testSource("wordpress", server.URL)
	_, first, err := read(t, f, s, State{})
	if err != nil {
		t.Fatal(err)
	}
	_, second, err := read(t, f, s, first.State)
	if err != nil || !second.NotModified || second.State != first.State {
		t.Errorf("second poll: %+v, %v; want the state %+v", second, err, first.State)
	}
}

func TestWordPressPlainPermalinks(t *testing.T) {
	site := &fakeSite{posts: manyPosts(3)}
	site.before = func(s *fakeSite, requests int) {
		if s.closed = nil; requests == 1 {
			s.closed = http.NotFound
		}
	}
	items, answer, err := read(t, newTestFetcher(t), testSource("wordpress", site.start(t).URL), State{})
	if err != nil || len(items) != 3 || len(answer.Notes) != 0 {
		t.Errorf("%d items, %+v, %v", len(items), answer, err)
	}
}

func TestWordPressFailures(t *testing.T) {
	cases := []struct {
		name, body    string
		status        int
		reason, words string
	}{
		{"cut off", `[{"id":1,"title":`, 200, ReasonParse, "JSON tidak lengkap"},
		{"server error", "x", 500, "http_5xx", "sedang rusak"},
		{"asked to slow down", "x", 429, "http_429", "rate_per_second"},
		{"closed, no feed", "x", 403, "http_404", "REST WordPress di "},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			site := &fakeSite{closed: func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.body)
			}}
			old := State{Since: testNow, ETag: `"a"`}
			s := testSource("wordpress", site.start(t).URL)
			old.URL = s.URL
			_, answer, err := read(t, newTestFetcher(t), s, old)
			if failure := wantFailure(t, err, c.reason); !strings.Contains(failure.Words, c.words) {
				t.Errorf("words = %q", failure.Words)
			}
			if answer.State != old {
				t.Errorf("state = %+v, want it unchanged", answer.State)
			}
		})
	}
}

func TestParsePostsToleratesPlugins(t *testing.T) {
	body := `[
		{"id":"12","date":"2026-10-01T08:00:00","date_gmt":"0000-00-00T00:00:00","link":"/p/12","title":"Judul teks","content":null,"excerpt":{"rendered":"<p>Ringkas</p>"},"_embedded":[]},
		"bukan tulisan", null,
		{"id":13,"date":"1970-01-01T07:00:00","date_gmt":"1970-01-01T00:00:00","link":"javascript:x","guid":{"rendered":""},"title":{"rendered":false},"_embedded":{"author":[{"code":"rest_user_invalid_id"}]}},
		{"id":14,"date":"2026-10-01T08:00:00","date_gmt":"2016-10-01T01:00:00","link":"https://a.example/14","title":{"rendered":"C"}}
	]`
	posts, unreadable, err := parsePosts([]byte(body))
	if err != nil || unreadable != 2 || len(posts) != 3 {
		t.Fatalf("posts = %d, unreadable = %d, %v", len(posts), unreadable, err)
	}
	base := mustURL(t, "https://a.example")
	want := []Item{
		{URL: "https://a.example/p/12", Title: "Judul teks", HTML: "<p>Ringkas</p>", PublishedRaw: "2026-10-01T08:00:00"},
		{LinkRaw: "javascript:x", PublishedRaw: "1970-01-01T07:00:00"},
		{URL: "https://a.example/14", Title: "C", PublishedRaw: "2026-10-01T08:00:00"},
	}
	for i := range posts {
		if diff := cmp.Diff(want[i], posts[i].item(base)); diff != "" {
			t.Errorf("post %d: %s", i, diff)
		}
	}
}

func TestSiteAddress(t *testing.T) {
	cases := map[string]string{
		"https://a.example":                              "https://a.example",
		"https://a.example/":                             "https://a.example",
		"https://a.example/dishub/":                      "https://a.example/dishub",
		"https://a.example/dishub/wp-json/wp/v2/posts?x": "https://a.example/dishub",
		"https://a.example/feed/":                        "https://a.example",
		"https://a.example/index.php":                    "https://a.example",
		"https://a.example/feedback/":                    "https://a.example/feedback",
	}
	for in, want := range cases {
		got, failure := siteAddress(in)
		if failure != nil || got.String() != want {
			t.Errorf("siteAddress(%q) = %v, %v, want %q", in, got, failure, want)
		}
	}
}

func TestSettle(t *testing.T) {
	at := func(hours int) time.Time { return testNow.Add(time.Duration(hours) * time.Hour) }
	cases := []struct {
		name                 string
		since, changed, want time.Time
		started              time.Time
		items                int
	}{
		{"latest change", at(-9), at(-2), at(-2), at(0), 3},
		{"a clock ahead", at(-9), at(500), at(0), at(0), 3},
		{"nothing seen", at(-9), time.Time{}, at(-9), at(0), 0},
		{"never back", at(-1), at(-5), at(-1), at(0), 1},
		{"empty site", time.Time{}, time.Time{}, time.Time{}, at(0), 0},
		{"posts without stamps", time.Time{}, time.Time{}, at(-48), at(0), 5},
	}
	for _, c := range cases {
		if got := settle(c.since, c.changed, c.started, c.items); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

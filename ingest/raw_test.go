package ingest_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
	"gaung/ingest/source"
)

// TestItemsAreKeptRaw keeps every item as it came, once, rejects included,
// and replays them without asking the source.
func TestItemsAreKeptRaw(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	f := newFeed(
		feedItem("https://dinkes.contoh.go.id/a?utm_source=rss", "Satu", "Mon, 02 Nov 2026 08:00:00 +0700", "", "<p>"+text("imunisasi")+"</p><p>NIK 6371 0112 3456 7890</p>") +
			feedItem("mailto:x@y", "Alamat rusak", "Mon, 02 Nov 2026 08:00:00 +0700", "", "isi"))
	c := testConfig(t, pullSource("dinkes", serve(t, f), "Dinkes", "website"))
	pull(t, b, c)
	kept := func() []string {
		return b.rows("SELECT toString(source), toString(kind), url, toString(position(item, '7890') > 0), toString(position(item, 'balita') > 0) FROM raw_items ORDER BY url, version")
	}
	want := []string{
		"dinkes|feed||0|0",
		"dinkes|feed|https://dinkes.contoh.go.id/a?utm_source=rss|0|1",
	}
	if diff := cmp.Diff(want, kept()); diff != "" {
		t.Fatalf("raw items (-want +got):\n%s", diff)
	}
	// The same answer again adds nothing, a changed item a version.
	f.version.Add(1)
	pull(t, b, c)
	if diff := cmp.Diff(want, kept()); diff != "" {
		t.Errorf("raw items after the same answer (-want +got):\n%s", diff)
	}
	b.clock.now = b.clock.now.Add(time.Hour)
	f.set(feedItem("https://dinkes.contoh.go.id/a", "Satu lagi", "Mon, 02 Nov 2026 08:00:00 +0700", "", "<p>"+text("imunisasi")+"</p>"))
	pull(t, b, c)
	if n := len(kept()); n != 3 {
		t.Errorf("%d raw versions after a change, want 3", n)
	}

	polls := f.polls.Load()
	replay := func(c *source.Config) *ingest.PullResult {
		t.Helper()
		got, err := b.in.Replay(t.Context(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := replay(c); got.Accepted+got.Updated != 0 || got.Unchanged != 1 || got.Rejected != 1 {
		t.Errorf("replay by the same rules: %+v", got.Tally)
	}
	// Facts that better rules would have read otherwise: here they are gone.
	if err := b.w.Conn().Exec(t.Context(), "TRUNCATE TABLE articles"); err != nil {
		t.Fatal(err)
	}
	b.clock.now = b.clock.now.Add(48 * time.Hour)
	if got := replay(c); got.Accepted != 1 {
		t.Errorf("replay over lost facts: %+v", got.Tally)
	}
	if got := replay(c); got.Accepted+got.Updated != 0 {
		t.Errorf("a second replay changed something: %+v", got.Tally)
	}
	if f.polls.Load() != polls {
		t.Error("a replay asked the source")
	}
	if diff := cmp.Diff([]string{"Satu lagi|1.02|2026-11-05"}, b.current("story_articles", "articles", "title, opd, first_seen_day", "url")); diff != "" {
		t.Errorf("articles after the replay (-want +got):\n%s", diff)
	}
	// Today's configuration counts as a rule.
	if got := replay(testConfig(t, pullSource("dinkes", "http://127.0.0.1:1", "Dinsos", "portal"))); got.Updated != 1 {
		t.Errorf("replay with another OPD: %+v", got.Tally)
	}
	if diff := cmp.Diff([]string{"Satu lagi|1.06|portal"}, b.current("story_articles", "articles", "title, opd, channel", "url")); diff != "" {
		t.Errorf("articles after the change of OPD (-want +got):\n%s", diff)
	}
}

// TestReplayOfNothing names the sources of which nothing is kept.
func TestReplayOfNothing(t *testing.T) {
	b := newBench(t)
	got, err := b.in.Replay(t.Context(), testConfig(t, pullSource("satu", "http://127.0.0.1:1", "", "")), nil)
	if err != nil || len(got.Sources) != 1 || len(got.Sources[0].Notes) != 1 || !strings.Contains(got.Sources[0].Notes[0], "gaung ingest satu") {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestSameAddressTwiceInOneAnswer reads the first and leaves the others.
func TestSameAddressTwiceInOneAnswer(t *testing.T) {
	b := newBench(t)
	var items strings.Builder
	for i := range 5 {
		items.WriteString(feedItem("https://dinkes.contoh.go.id/a", fmt.Sprint("Judul ", i), "Mon, 02 Nov 2026 08:00:00 +0700", "", text("imunisasi")))
	}
	f := newFeed(items.String())
	c := testConfig(t, pullSource("dinkes", serve(t, f), "Dinkes", "website"))
	for range 2 {
		pull(t, b, c)
		f.version.Add(1)
	}
	if diff := cmp.Diff([]string{"Judul 0|1"}, b.rows("SELECT title, toString(count()) FROM articles GROUP BY title")); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
}

// site is a feed whose articles can be taken away.
type site struct {
	feed  *feed
	gone  atomic.Bool
	asked atomic.Int64
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/feed"):
		s.feed.ServeHTTP(w, r)
	case r.URL.Path != "/tengah":
		http.NotFound(w, r) // robots.txt among them
	case s.gone.Load():
		s.asked.Add(1)
		http.NotFound(w, r)
	default:
		s.asked.Add(1)
		fmt.Fprint(w, "isi")
	}
}

// TestVanishedArticles marks an article deleted when the list should name it,
// does not, and its address is gone; it comes back when the source has it
// again, and not because a stale list elsewhere still names it.
func TestVanishedArticles(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	s := &site{feed: newFeed("")}
	address := serve(t, s)
	item := func(path, subject, date string) string {
		return feedItem(address+path, "Berita "+path, date, "", "<p>"+text(subject)+"</p>")
	}
	first := item("/awal", "imunisasi", "Mon, 02 Nov 2026 08:00:00 +0700")
	middle := item("/tengah", "bansos", "Tue, 03 Nov 2026 08:00:00 +0700")
	last := item("/akhir", "panen raya", "Wed, 04 Nov 2026 08:00:00 +0700")
	s.feed.set(last + middle + first)
	portal := newFeed(middle)
	c := testConfig(t, pullSource("dinkes", address, "Dinkes", "website"), pullSource("portal", serve(t, portal), "", "portal"))
	pull(t, b, c, "portal")
	pull(t, b, c, "dinkes")
	titles := func() string { return strings.Join(b.current("story_articles", "articles", "title", "title"), ", ") }
	const all, left = "Berita /akhir, Berita /awal, Berita /tengah", "Berita /akhir, Berita /awal"
	if got := titles(); got != all {
		t.Fatalf("articles %s", got)
	}

	// Left out of the list, but still there.
	s.feed.set(last + first)
	if got := pull(t, b, c, "dinkes"); got.Sources[0].Gone != 0 || s.asked.Load() != 1 {
		t.Errorf("an article that is still there: %+v, asked %d times", got.Sources[0], s.asked.Load())
	}
	s.feed.version.Add(1)
	if pull(t, b, c, "dinkes"); s.asked.Load() != 1 {
		t.Errorf("asked %d times within a day, want once", s.asked.Load())
	}
	// Gone.
	s.gone.Store(true)
	b.clock.now = b.clock.now.Add(25 * time.Hour)
	s.feed.version.Add(1)
	if got := pull(t, b, c, "dinkes"); got.Sources[0].Gone != 1 || got.Updated != 1 {
		t.Errorf("a vanished article: %+v", got.Sources[0])
	}
	if got := titles(); got != left {
		t.Errorf("articles %s, want %s", got, left)
	}
	// A replay does not bring it back, nor does the portal's stale list.
	if _, err := b.in.Replay(t.Context(), c, []string{"dinkes"}); err != nil {
		t.Fatal(err)
	}
	portal.version.Add(1)
	pull(t, b, c, "portal")
	if got := titles(); got != left {
		t.Errorf("articles %s, want %s", got, left)
	}
	// The source has it again.
	s.gone.Store(false)
	s.feed.set(last + middle + first)
	if got := pull(t, b, c, "dinkes"); got.Accepted != 1 {
		t.Errorf("an article that came back: %+v", got.Tally)
	}
	if got := titles(); got != all {
		t.Errorf("articles %s, want %s", got, all)
	}
	if diff := cmp.Diff([]string{"2026-11-05 01:00:00.000"}, b.rows("SELECT DISTINCT toString(first_seen_at) FROM articles WHERE raw_url LIKE '%tengah'")); diff != "" {
		t.Errorf("first seen (-want +got):\n%s", diff)
	}
	// Gone a second time, and then told anew by the portal: it is back, and a
	// replay of the site's past does not take it away again.
	s.gone.Store(true)
	b.clock.now = b.clock.now.Add(25 * time.Hour)
	s.feed.set(last + first)
	if got := pull(t, b, c, "dinkes"); got.Sources[0].Gone != 1 {
		t.Errorf("gone a second time: %+v", got.Sources[0])
	}
	portal.set(strings.ReplaceAll(middle, "Berita /tengah", "Berita /tengah baru"))
	pull(t, b, c, "portal")
	for range 2 {
		if got, want := titles(), left+", Berita /tengah baru"; got != want {
			t.Errorf("articles %s, want %s", got, want)
		}
		if _, err := b.in.Replay(t.Context(), c, []string{"dinkes"}); err != nil {
			t.Fatal(err)
		}
	}
}

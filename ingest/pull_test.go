package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
	"gaung/ingest/source"
)

// feed serves a changing RSS feed with validators.
type feed struct {
	items   atomic.Value // string
	version atomic.Int64
	polls   atomic.Int64
	cached  atomic.Int64
}

func newFeed(items string) *feed {
	f := &feed{}
	f.set(items)
	return f
}

func (f *feed) set(items string) {
	f.items.Store(items)
	f.version.Add(1)
}

func (f *feed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.polls.Add(1)
	tag := fmt.Sprintf(`"v%d"`, f.version.Load())
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		f.cached.Add(1)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Dinas</title><link>http://x</link><description>d</description>%s</channel></rss>`, f.items.Load())
}

func feedItem(url, title, date, author, body string) string {
	return fmt.Sprintf("<item><title>%s</title><link>%s</link><pubDate>%s</pubDate><dc:creator>%s</dc:creator><content:encoded><![CDATA[%s]]></content:encoded></item>", title, url, date, author, body)
}

func testConfig(t *testing.T, sources ...source.Source) *source.Config {
	t.Helper()
	c := &source.Config{Region: contoh, Regions: []source.RegionOverride{{Code: contoh, Name: "Kabupaten Contoh", Zone: "WIB"}}, Sources: sources}
	if err := c.ValidateAndSetDefaults(); err != nil {
		t.Fatal(err)
	}
	return c
}

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func pullSource(name, url, opd, channel string) source.Source {
	return source.Source{Name: name, Kind: "feed", URL: url + "/feed/", OPD: opd, Channel: channel, AllowPrivate: true, RatePerSecond: 500}
}

func pull(t *testing.T, b *bench, c *source.Config, only ...string) *ingest.PullResult {
	t.Helper()
	result, err := b.in.Pull(t.Context(), c, only)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestPull(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	b.give("people", "person_id,name\np1,Rina Sari\n")
	dinkes := newFeed(
		feedItem("https://dinkes.contoh.go.id/imunisasi?utm_source=rss", "Imunisasi &amp; gizi", "Mon, 05 Oct 2026 08:00:00 +0700", "admin", "<p>"+text("imunisasi")+"</p><p>Penulis: Rina Sari</p>") +
			feedItem("https://dinkes.contoh.go.id/lama", "Berita lama", "Thu, 01 Jan 1970 00:00:00 +0000", "Rina Sari", "<p>"+text("arsip")+"</p>") +
			feedItem("mailto:x@y", "Alamat rusak", "Mon, 05 Oct 2026 08:00:00 +0700", "", "isi"))
	portal := newFeed(feedItem("https://contoh.go.id/imunisasi", "Imunisasi dan gizi", "Senin, 05 Oktober 2026 09:30 WIB", "", "<p>"+text("imunisasi")+"</p>Sumber: Dinas Kesehatan"))
	html := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html><body>Selamat datang</body></html>")
	})
	c := testConfig(t,
		pullSource("dinkes", serve(t, dinkes), "Dinkes", "website"),
		pullSource("portal", serve(t, portal), "", "portal"),
		pullSource("rusak", serve(t, html), "Dinas Sosial", "website"),
	)

	got := pull(t, b, c)
	if got.Failed() != 1 || got.Sources[2].Failure == nil || got.Sources[2].Failure.Reason != source.ReasonNotAFeed || got.Sources[2].Failure.Words == "" {
		t.Errorf("failures: %+v", got.Sources[2])
	}
	if want := (ingest.Tally{Rows: 3, Accepted: 2, Rejected: 1}); got.Sources[0].Tally != want {
		t.Errorf("dinkes %+v, want %+v; rejects %+v", got.Sources[0].Tally, want, got.Sources[0].Rejects)
	}
	if want := (ingest.Tally{Rows: 1, Accepted: 1}); got.Sources[1].Tally != want {
		t.Errorf("portal %+v, want %+v", got.Sources[1].Tally, want)
	}
	stories := []string{"Imunisasi & gizi|1.02|2026-10-05 01:00:00.000|2|['website','portal']|['p1']"}
	columns := "title, opd, published_at, articles, channels, authors"
	if diff := cmp.Diff(stories, b.current("stories", "articles", columns, "title")); diff != "" {
		t.Errorf("stories (-want +got):\n%s", diff)
	}
	undated := []string{"https://dinkes.contoh.go.id/lama||['epoch']|2026-11-05"}
	if diff := cmp.Diff(undated, b.current("story_articles", "articles", "url, day, flags, first_seen_day", "url")[2:]); diff != "" {
		t.Errorf("undated (-want +got):\n%s", diff)
	}
	polls := []string{"dinkes|1.02|true||3|2", "portal||true||1|1", "rusak|1.06|false|not_a_feed|0|0"}
	if diff := cmp.Diff(polls, b.rows("SELECT toString(source), opd, toString(answered), reason, toString(items), toString(new_items) FROM polls ORDER BY source")); diff != "" {
		t.Errorf("polls (-want +got):\n%s", diff)
	}

	// Nothing new: validators are sent, and no number changes.
	before := b.rows("SELECT toString(max(generation)) FROM rollup_generations")
	b.clock.now = b.clock.now.Add(time.Hour)
	got = pull(t, b, c)
	if !got.Sources[0].NotModified || dinkes.cached.Load() != 1 {
		t.Errorf("second pull sent no validators: %+v", got.Sources[0])
	}
	if got.Accepted+got.Updated != 0 {
		t.Errorf("second pull changed something: %+v", got.Tally)
	}
	if diff := cmp.Diff(before, b.rows("SELECT toString(max(generation)) FROM rollup_generations")); diff != "" {
		t.Errorf("second pull rebuilt (-before +after):\n%s", diff)
	}

	// A changed feed: an update keeps when the article was first seen.
	dinkes.set(feedItem("https://dinkes.contoh.go.id/imunisasi", "Imunisasi lengkap", "Mon, 05 Oct 2026 08:00:00 +0700", "admin", "<p>"+text("imunisasi")+"</p><p>Penulis: Rina Sari</p>"))
	got = pull(t, b, c, "dinkes")
	if want := (ingest.Tally{Rows: 1, Updated: 1}); len(got.Sources) != 1 || got.Tally != want {
		t.Errorf("changed feed: %+v", got)
	}
	stories[0] = strings.Replace(stories[0], "Imunisasi & gizi", "Imunisasi lengkap", 1)
	if diff := cmp.Diff(stories, b.current("stories", "articles", columns, "title")); diff != "" {
		t.Errorf("stories after the change (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"2026-11-05 01:00:00.000"}, b.rows("SELECT toString(first_seen_at) FROM articles_current WHERE title = 'Imunisasi lengkap'")); diff != "" {
		t.Errorf("first seen (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"dinkes|done|3", "portal|done|2", "rusak|failed|2"}, b.rows("SELECT source, toString(status), toString(count()) FROM ingest_runs_current WHERE source IN ('dinkes', 'portal', 'rusak') GROUP BY 1, 2 ORDER BY 1")); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
}

// TestTwoSourcesOfOneArticle shows that sources that carry the same address
// differently do not overwrite each other at every poll.
func TestTwoSourcesOfOneArticle(t *testing.T) {
	b := newBench(t)
	const url = "https://dinkes.contoh.go.id/a"
	one := newFeed(feedItem(url, "Judul", "Mon, 05 Oct 2026 08:00:00 +0700", "", "Ringkasan"))
	two := newFeed(feedItem(url, "Judul", "Mon, 05 Oct 2026 08:00:00 +0700", "", text("imunisasi")))
	c := testConfig(t, pullSource("satu", serve(t, one), "Dinkes", ""), pullSource("dua", serve(t, two), "Dinkes", ""))
	pull(t, b, c)
	for range 3 {
		one.version.Add(1)
		two.version.Add(1)
		if got := pull(t, b, c); got.Unchanged != 2 || got.Rows != 2 {
			t.Fatalf("a later pull: %+v", got.Tally)
		}
	}
	if n := b.rows("SELECT toString(count()) FROM articles")[0]; n != "2" {
		t.Errorf("%s versions, want 2", n)
	}
}

// TestChangedSourceSettings reads everything again when the OPD of a source
// is corrected in the configuration.
func TestChangedSourceSettings(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	f := newFeed(feedItem("https://dinkes.contoh.go.id/a", "Judul", "Mon, 05 Oct 2026 08:00:00 +0700", "", text("imunisasi")))
	address := serve(t, f)
	pull(t, b, testConfig(t, pullSource("satu", address, "Dinsos", "")))
	pull(t, b, testConfig(t, pullSource("satu", address, "Dinkes", "")))
	if diff := cmp.Diff([]string{"Judul|1.02"}, b.current("stories", "articles", "title, opd", "title")); diff != "" {
		t.Errorf("stories (-want +got):\n%s", diff)
	}
}

func TestPullUnknownSource(t *testing.T) {
	b := newBench(t)
	var e *ingest.Error
	_, err := b.in.Pull(t.Context(), testConfig(t, pullSource("satu", "http://127.0.0.1:1", "", "")), []string{"dua"})
	if !errors.As(err, &e) || e.Kind != ingest.Usage || e.Words != `sumber "dua" tidak ada di konfigurasi; yang ada: satu` {
		t.Errorf("error %v", err)
	}
}

func TestCancelledPullBooksNoPoll(t *testing.T) {
	b := newBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	slow := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := b.in.Pull(ctx, testConfig(t, pullSource("lambat", serve(t, slow), "", "")), nil)
	if err == nil || !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want cancelled", err)
	}
	if diff := cmp.Diff([]string{"0|failed"}, b.rows("SELECT (SELECT toString(count()) FROM polls), toString(status) FROM ingest_runs_current")); diff != "" {
		t.Errorf("polls and run (-want +got):\n%s", diff)
	}
}

package ingest

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"gaung/ingest/source"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

// benchFeed is a feed of 100 articles of about 400 words with bylines.
func benchFeed() []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Contoh</title>`)
	body := strings.Repeat("<p>Pemerintah kabupaten menggelar pelayanan terpadu bagi warga desa di lima kecamatan sepanjang pekan ini.</p>\n", 28)
	for i := range 100 {
		fmt.Fprintf(&b, `<item><title>Berita %d &amp;amp; Kabar</title><link>https://a.example/%d/</link><dc:creator><![CDATA[Rina Sari]]></dc:creator><pubDate>Thu, 15 Oct 2026 02:30:00 +0700</pubDate><guid isPermaLink="false">https://a.example/?p=%d</guid><content:encoded><![CDATA[<p>CONTOH -- Nomor %d.</p>%s<p>Penulis: Rina Sari</p><p>Editor: Padli</p>]]></content:encoded></item>`, i, i, i, i, body)
	}
	b.WriteString(`</channel></rss>`)
	return b.Bytes()
}

// BenchmarkFeedToRows fetches a feed from loopback, parses it and reads its
// items into facts, on one processor; the ratio is to the library's parsing of
// the same bytes alone.
func BenchmarkFeedToRows(b *testing.B) {
	data := benchFeed()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = w.Write(data)
	}))
	defer server.Close()
	now := func() time.Time { return time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC) }
	s := source.Source{Name: "a", Kind: "feed", URL: server.URL, AllowPrivate: true, RatePerSecond: 1000, Channel: "website", OPD: "Dinkes"}
	fetcher := source.NewFetcher(source.FetcherOptions{Logger: slog.New(slog.DiscardHandler)})
	defer fetcher.Close()
	reader, err := source.Open(s, fetcher, now)
	if err != nil {
		b.Fatal(err)
	}
	t := &intake{source: s, region: region.Region{Code: "99.01", Zone: time.FixedZone("WIB", 7*3600)}, in: &Ingester{log: slog.New(slog.DiscardHandler)}}
	b.SetBytes(int64(len(data)))
	var ours, alone time.Duration
	for b.Loop() {
		began := time.Now()
		n := 0
		_, err := reader.Read(b.Context(), source.State{}, func(item source.Item) error {
			r := t.read(arrival{item: item, at: now(), firstAt: now()})
			if r.bad != nil {
				return fmt.Errorf("%+v", r.bad)
			}
			r.fact.seal()
			n++
			return nil
		})
		if err != nil || n != 100 {
			b.Fatal(n, err)
		}
		ours += time.Since(began)
		began = time.Now()
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(data))
		if err != nil || len(feed.Items) != 100 {
			b.Fatal(err)
		}
		alone += time.Since(began)
	}
	b.ReportMetric(alone.Seconds()/ours.Seconds(), "ratio")
	b.ReportMetric(100*float64(b.N)/ours.Seconds(), "articles/s")
}

// BenchmarkPullNotModified polls 500 feeds of as many sites that have nothing
// new: what a schedule does most of the time.
func BenchmarkPullNotModified(b *testing.B) {
	const feeds = 500
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"tetap"`)
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>Contoh</title><item><title>Berita %[1]s</title><link>https://a.example%[1]s</link><pubDate>Thu, 15 Oct 2026 02:30:00 +0700</pubDate><description>Isi %[1]s</description></item></channel></rss>`, r.URL.Path)
	}))
	defer server.Close()
	config := &source.Config{Region: "19.71"}
	for i := range feeds {
		config.Sources = append(config.Sources, source.Source{
			Name: fmt.Sprint("s", i), Kind: "feed", URL: fmt.Sprintf("%s/%d", server.URL, i), AllowPrivate: true, RatePerSecond: 1000,
		})
	}
	if err := config.ValidateAndSetDefaults(); err != nil {
		b.Fatal(err)
	}
	in := New(Options{Warehouse: warehousetest.New(b), Logger: slog.New(slog.DiscardHandler)})
	if _, err := in.Pull(b.Context(), config, nil); err != nil {
		b.Fatal(err)
	}
	resetPeak(b)
	b.ResetTimer()
	for b.Loop() {
		result, err := in.Pull(b.Context(), config, nil)
		if err != nil || result.Failed() > 0 || !result.Sources[0].NotModified {
			b.Fatal(err, result)
		}
	}
	b.ReportMetric(float64(feeds)*float64(b.N)/b.Elapsed().Seconds(), "feeds/s")
	b.ReportMetric(float64(peakRSS(b))/(1<<20), "peak-MiB")
}

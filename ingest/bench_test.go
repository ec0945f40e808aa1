package ingest_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"gaung/ingest"
)

// BenchmarkImportArticles imports 100,000 articles of about a kilobyte, the
// rebuild of the rollup included.
func BenchmarkImportArticles(b *testing.B) {
	const rows = 100_000
	var file bytes.Buffer
	file.WriteString("url,title,published_at,opd,body\n")
	start := time.Date(2024, 1, 1, 8, 0, 0, 0, time.UTC)
	for i := range rows {
		fmt.Fprintf(&file, "https://opd%d.contoh.go.id/berita/%d,Berita nomor %d,%s,Dinas %d,\"%s\nPenulis: Penulis %d\"\n", i%40, i, i,
			start.Add(time.Duration(i)*7*time.Minute).Format("2006-01-02 15:04"), i%40, filler(i), i%30)
	}
	b.ResetTimer()
	for b.Loop() {
		b.StopTimer()
		w := newBench(b)
		b.StartTimer()
		began := time.Now()
		got, err := w.in.Import(b.Context(), ingest.ImportRequest{Kind: "articles", Reader: bytes.NewReader(file.Bytes()), Region: contoh})
		if err != nil {
			b.Fatal(err)
		}
		if got.Accepted != rows {
			b.Fatalf("accepted %d of %d: %+v", got.Accepted, rows, got.Rejects)
		}
		b.ReportMetric(float64(rows)/time.Since(began).Seconds(), "rows/s")
	}
}

// filler makes a body of a kilobyte whose words differ between articles.
func filler(i int) string {
	var out bytes.Buffer
	seed := uint64(i)*2654435761 + 12345
	for out.Len() < 1000 {
		seed = seed*6364136223846793005 + 1442695040888963407
		fmt.Fprintf(&out, "kata%d ", seed>>48)
	}
	return out.String()
}

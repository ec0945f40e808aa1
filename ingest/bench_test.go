package ingest_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaung/ingest"
)

// benchRows is how many rows the import benchmarks read: 100,000, or what
// GAUNG_BENCH_ROWS says. The figures of docs/BENCHMARKS.md are of 1,000,000.
func benchRows(b *testing.B) int {
	b.Helper()
	text := os.Getenv("GAUNG_BENCH_ROWS")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1000 {
		b.Fatalf("GAUNG_BENCH_ROWS=%q is no number of rows from 1000 on", text)
	}
	return n
}

// benchFile writes a canonical CSV of some rows and returns its path.
func benchFile(b *testing.B, name, header string, rows int, line func(out *bufio.Writer, i int)) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), name)
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriterSize(file, 1<<20)
	fmt.Fprintln(out, header)
	for i := range rows {
		line(out, i)
	}
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

var benchStart = time.Date(2024, 1, 1, 1, 0, 0, 0, time.UTC)

func benchStamp(i int, after time.Duration) string {
	return benchStart.Add(time.Duration(i)*time.Minute + after).Format(time.DateTime)
}

var benchNames = []string{"Rina Sari", "Ronni Bonar", "Padli", "Siti Aminah", "Budi Santoso", "Dewi Lestari", "Agus Salim"}

// benchArticles are articles of about a kilobyte with a byline.
func benchArticles(b *testing.B, rows int) string {
	return benchFile(b, "articles.csv", "url,title,published_at,opd,channel,body", rows, func(out *bufio.Writer, i int) {
		fmt.Fprintf(out, "https://opd%d.contoh.go.id/berita/%d,%s %d,%s,Dinas %d,website,\"%s\nPenulis: %s\"\n",
			i%40, i, strings.TrimSpace(words(i+1_000_003, 50)), i, benchStamp(i, 0), i%40, words(i, 1000), benchNames[i%len(benchNames)])
	})
}

// benchComplaints are complaints with all their clocks.
func benchComplaints(b *testing.B, rows int) string {
	kinds := []string{"complaint", "information", "aspiration", "supervision"}
	return benchFile(b, "complaints.csv", "tracking_id,submitted_at,kind,opd,verified_at,assigned_at,first_response_at,resolved_at,status,category,channel,rating,officer", rows, func(out *bufio.Writer, i int) {
		fmt.Fprintf(out, "LPR%09d,%s,%s,Dinas %d,%s,%s,%s,%s,selesai,Jalan,web,%d,Petugas %d\n",
			i, benchStamp(i, 0), kinds[i%4], i%40, benchStamp(i, 20*time.Hour), benchStamp(i, 30*time.Hour), benchStamp(i, 80*time.Hour), benchStamp(i, 200*time.Hour), i%5+1, i%20)
	})
}

// BenchmarkImport compares the import of a file, rollups included, with the
// engine's own reading of the same file into a table of the same columns,
// ordered by the same natural key. The ratios are import by engine, in rows a
// second: of the whole import, and of writing the facts alone.
func BenchmarkImport(b *testing.B) {
	for _, c := range []struct {
		kind, key, columns string
		file               func(*testing.B, int) string
	}{
		{"articles", "url", "url String, title String, published_at DateTime('UTC'), opd LowCardinality(String), channel LowCardinality(String), body String CODEC(ZSTD(3))", benchArticles},
		{"complaints", "tracking_id", `tracking_id String, submitted_at DateTime('UTC'), kind LowCardinality(String), opd LowCardinality(String), verified_at Nullable(DateTime('UTC')),
			assigned_at Nullable(DateTime('UTC')), first_response_at Nullable(DateTime('UTC')), resolved_at Nullable(DateTime('UTC')), status String,
			category LowCardinality(String), channel LowCardinality(String), rating Nullable(Float64), officer String`, benchComplaints},
	} {
		b.Run(c.kind, func(b *testing.B) {
			rows := benchRows(b)
			path := c.file(b, rows)
			info, err := os.Stat(path)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(info.Size())
			var took, alone, facts, cpu, aloneCPU time.Duration
			var peak, factsPeak int
			for b.Loop() {
				b.StopTimer()
				w := newBench(b)
				before := ingest.CPUTime(b)
				alone += w.infile(path, c.columns, c.key)
				aloneCPU += ingest.CPUTime(b) - before
				ingest.ResetPeak(b)
				stages := &stageClock{b: b}
				w.in = ingest.New(ingest.Options{Warehouse: w.w, Now: w.clock.Now, Progress: stages})
				b.StartTimer()
				before = ingest.CPUTime(b)
				began := time.Now()
				got, err := w.in.Import(b.Context(), ingest.ImportRequest{Kind: c.kind, Path: path, Region: "19.71"})
				if err != nil {
					b.Fatal(err)
				}
				took += time.Since(began)
				cpu += ingest.CPUTime(b) - before
				factsPeak = max(factsPeak, stages.peak)
				facts += stages.second.Sub(began)
				peak = max(peak, ingest.PeakRSS(b))
				if got.Accepted != rows {
					b.Fatalf("accepted %d of %d: %+v", got.Accepted, rows, got.Rejects)
				}
			}
			rate := func(d time.Duration) float64 { return float64(rows) * float64(b.N) / d.Seconds() }
			b.ReportMetric(rate(took), "rows/s")
			b.ReportMetric(rate(alone), "engine-rows/s")
			b.ReportMetric(alone.Seconds()/took.Seconds(), "ratio")
			b.ReportMetric(alone.Seconds()/facts.Seconds(), "ratio-without-rollup")
			b.ReportMetric(aloneCPU.Seconds()/cpu.Seconds(), "cpu-ratio")
			b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
			b.ReportMetric(float64(factsPeak)/(1<<20), "peak-without-rollup-MiB")
		})
	}
}

// stageClock notes when the second stage begins: the facts are written then,
// and the rollups rebuilt.
type stageClock struct {
	b      *testing.B
	stages int
	second time.Time
	peak   int // of resident memory until then
}

func (s *stageClock) Start(string, int) {
	if s.stages++; s.stages == 2 {
		s.second, s.peak = time.Now(), ingest.PeakRSS(s.b)
	}
}

func (s *stageClock) Add(int)     {}
func (s *stageClock) Done(string) {}

// infile has the engine read a file by itself and tells how long it took.
func (b *bench) infile(path, columns, key string) time.Duration {
	b.t.Helper()
	conn := b.w.Conn()
	for _, statement := range []string{
		"DROP TABLE IF EXISTS infile",
		"CREATE TABLE infile (" + columns + ") ENGINE = MergeTree ORDER BY " + key,
	} {
		if err := conn.Exec(b.t.Context(), statement); err != nil {
			b.t.Fatal(err)
		}
	}
	began := time.Now()
	if err := conn.Exec(b.t.Context(), fmt.Sprintf("INSERT INTO infile FROM INFILE '%s' FORMAT CSVWithNames", path)); err != nil {
		b.t.Fatal(err)
	}
	took := time.Since(began)
	if err := conn.Exec(b.t.Context(), "DROP TABLE infile"); err != nil {
		b.t.Fatal(err)
	}
	return took
}

// benchWords are what bodies are made of.
var benchWords = strings.Fields(`pemerintah kabupaten dinas warga desa kecamatan program kegiatan pelayanan masyarakat kesehatan
	pendidikan jalan jembatan air bersih puskesmas sekolah guru murid petani nelayan pasar harga beras bantuan sosial data
	anggaran rapat koordinasi bupati sekretaris daerah kepala bidang staf tim kunjungan kerja lapangan peresmian gedung baru
	lomba festival budaya wisata pantai hutan sampah banjir gempa posko siaga vaksin imunisasi balita ibu hamil lansia pemuda
	olahraga turnamen juara pelatihan bimbingan teknis aplikasi digital informasi publik keterbukaan laporan aduan tindak lanjut
	yang dan di ke dari untuk dengan pada oleh ini itu akan telah sudah juga agar dapat bisa harus serta dalam tahun bulan`)

// words makes a text of so many bytes, different for every number.
func words(number, size int) string {
	var out strings.Builder
	seed := uint64(number)*2654435761 + 12345
	for n := 1; out.Len() < size; n++ {
		seed = seed*6364136223846793005 + 1442695040888963407
		out.WriteString(benchWords[seed>>33%uint64(len(benchWords))])
		if n%12 == 0 {
			out.WriteString(".")
		}
		if n%60 == 0 {
			out.WriteString("\n")
		} else {
			out.WriteString(" ")
		}
	}
	return out.String()
}

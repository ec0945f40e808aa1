package export

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gaung/metrics"
	"gaung/metrics/calendar"
)

// benchRows is the number of rows of the benchmark, GAUNG_BENCH_ROWS.
func benchRows(b *testing.B) int {
	b.Helper()
	text := os.Getenv("GAUNG_BENCH_ROWS")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// many are rows like those of a large province.
func many(n int) Rows {
	return func(emit func(metrics.Detail) error) error {
		wait, limit := 7, 10
		for i := range n {
			ended := calendar.Day(20000 + i%30)
			if err := emit(metrics.Detail{
				Kind: metrics.DetailFirstResponse, OPD: "1.02.0.00.0.00.01.0000", Name: "Dinas Kesehatan", ID: "LAPOR-" + strconv.Itoa(i),
				Title: "Pelayanan kesehatan keliling di kecamatan", URL: "https://dinkes.contoh.go.id/berita/pelayanan-keliling", Type: "complaint",
				Category: "Kesehatan", Channel: "website", Day: ended, Ended: &ended, WaitWD: &wait, LimitWD: &limit, State: metrics.DetailOnTime,
			}); err != nil {
				return err
			}
		}
		return nil
	}
}

// peak is the most memory the process has had resident, in MB; 0 where the
// system does not say.
func peak() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	return 0
}

// BenchmarkRows writes a whole workbook with its rows.
func BenchmarkRows(b *testing.B) {
	n, r := benchRows(b), big("2026-10")
	for b.Loop() {
		if err := Workbook(io.Discard, r, Options{Rows: many(n)}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(peak(), "peak-MB")
}

// BenchmarkRowsAlone writes the same cells with nothing but the library.
func BenchmarkRowsAlone(b *testing.B) {
	n := benchRows(b)
	for b.Loop() {
		if err := alone(n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(peak(), "peak-MB")
}

func alone(n int) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	style, err := newStyles(f)
	if err != nil {
		return err
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i, c := range rowColumns {
		id := style.rowText
		switch c.kind {
		case date:
			id = style.rowDate
		case count:
			id = style.rowCount
		}
		if err := w.SetColStyle(i+1, i+1, id); err != nil {
			return err
		}
	}
	row := 0
	err = many(n)(func(d metrics.Detail) error {
		row++
		return w.SetRow("A"+strconv.Itoa(row), []any{
			"tanggapan pertama", d.OPD, d.Name, int(d.Day) + epochSerial, d.ID, d.Title, d.URL, "Pengaduan", d.Category, d.Channel,
			nil, int(*d.Ended) + epochSerial, *d.WaitWD, *d.LimitWD, "tepat waktu", nil,
		})
	})
	if err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Write(io.Discard)
}

package metrics

import (
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/migrations"
	"gaung/warehouse"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

// bigRegion writes the rollups of a region of the given size over 18 months,
// to October 2026, by the engine's own number generator: the same numbers on
// every run.
func bigRegion(t testing.TB, conn driver.Conn, opds, articles, cases int) region.Region {
	t.Helper()
	reg := region.Region{Code: "19", Name: "Provinsi Uji", Zone: zone(t, "Asia/Jakarta")}
	// A number in [0, n) that depends on the row and the name alone.
	draw := func(name string, n int) string { return fmt.Sprintf("(cityHash64(number, '%s') %% %d)", name, n) }
	day := "toDate32('2025-05-01') + toIntervalDay(" + draw("day", 550) + ")"
	// A stamp some days after the start, missing in one case out of five.
	after := func(name, from string, days int) string {
		return fmt.Sprintf("if(%s = 0, NULL, %s + toIntervalDay(%s))", draw(name+"?", 5), from, draw(name, days))
	}
	opd := "concat('o', toString(" + draw("opd", opds) + "))"
	fill := func(rows int, statement string) {
		t.Helper()
		if rows == 0 {
			return
		}
		if err := conn.Exec(t.Context(), fmt.Sprintf("%s FROM numbers(%d)", statement, rows)); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	fill(opds, "INSERT INTO opd (region, code, name, has_source, key_hash, version) SELECT '19', concat('o', toString(number)), concat('Dinas ', leftPad(toString(number), 4, '0')), true, number, 1")
	fill(articles*9/10, "INSERT INTO stories (region, generation, story_id, opd, published_at, day, title, url, place, articles, authors) SELECT '19', 1, number, "+opd+", toDateTime64("+day+", 3, 'UTC') + 3600, "+day+", concat('Kegiatan ', toString(number)), concat('https://x.go.id/', toString(number)), concat('Kota ', toString("+draw("place", 8)+")), 1, [concat('p', toString("+draw("person", 2*opds)+"))]")
	fill(articles, "INSERT INTO story_articles (region, generation, url, day, first_seen_day, channel, story_id, opd) SELECT '19', 1, concat('https://x.go.id/', toString(number)), "+day+", "+day+", ['website', 'portal', 'instagram']["+draw("channel", 3)+" + 1], number, "+opd)
	fill(2*opds, "INSERT INTO people (region, person_id, name, person_group, opd_raw, key_hash, version) SELECT '19', concat('p', toString(number)), concat('Nama ', toString(number)), 'pranata humas', concat('o', toString(number % "+strconv.Itoa(opds)+")), number, 1")
	fill(cases/2, "INSERT INTO ppid_cases (region, generation, opd, registration_no, received_day, notified_day, officer) SELECT '19', 1, "+opd+", toString(number), "+day+" AS received, "+after("notified", "received", 25)+", concat('p', toString("+draw("officer", 2*opds)+"))")
	stamps := after("assigned", "submitted", 4) + ", " + after("responded", "submitted", 15) + ", " + after("resolved", "submitted", 40)
	fill(cases/2, "INSERT INTO complaint_spells (region, generation, opd, tracking_id, spell, kind, submitted_day, assigned_day, first_response_day, resolved_day, officer) SELECT '19', 1, "+opd+", toString(number), 1, ['information', 'complaint', 'aspiration', 'supervision']["+draw("kind", 4)+" + 1], "+day+" AS submitted, "+stamps+", concat('p', toString("+draw("officer", 2*opds)+"))")
	fill(opds*20, "INSERT INTO agenda_items (region, generation, agenda_id, day, opd, title) SELECT '19', 1, concat('a', toString(number)), "+day+", "+opd+", 'Rapat'")
	fill(opds*10, "INSERT INTO story_events (region, generation, story_id, opd, story_day, event_day, agenda_id, similarity, authors) SELECT '19', 1, number, "+opd+", "+day+" AS told, told, concat('a', toString(number)), 1, [concat('p', toString("+draw("person", 2*opds)+"))]")
	fill(opds*20, "INSERT INTO submission_cases (region, generation, opd, submission_id, submitted_at, submitted_day, decided_at, decided_day, decision) SELECT '19', 1, "+opd+", toString(number), toDateTime64(submitted, 3, 'UTC'), "+day+" AS submitted, toDateTime64(submitted, 3, 'UTC') + 7200, submitted, 'published'")
	fill(opds, "INSERT INTO clarification_cases (region, generation, opd, clarification_id, spotted_day, answered_day) SELECT '19', 1, "+opd+", toString(number), "+day+" AS spotted, "+after("answered", "spotted", 9))
	fill(opds*550, "INSERT INTO polls (region, source, opd, polled_at, answered) SELECT '19', concat('s', toString(number % "+strconv.Itoa(opds)+")), concat('o', toString(number % "+strconv.Itoa(opds)+")), toDateTime64('2025-05-01 00:00:00', 3, 'UTC') + toIntervalDay(intDiv(number, "+strconv.Itoa(opds)+")), "+draw("answered", 20)+" != 0")
	if err := conn.Exec(t.Context(), "INSERT INTO person_days (region, generation, day, person_id, as_author, works) SELECT region, generation, day, authors[1], count(), count() FROM stories WHERE region = '19' GROUP BY region, generation, day, authors[1]"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{rollupArticles, rollupPPID, rollupObjections, rollupComplaints, rollupAgenda, rollupCoverage, rollupSubmissions, rollupClarifications} {
		fill(1, "INSERT INTO rollup_generations (region, rollup, generation) SELECT '19', '"+name+"', 1")
	}
	return reg
}

// benchSize reads a size from the environment.
func benchSize(b *testing.B, variable string, otherwise int) int {
	b.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatalf("%s: %v", variable, err)
	}
	return n
}

// benchRegion opens a warehouse with a region of the given size. With
// GAUNG_BENCH_DIR the warehouse lives in that directory and stays there, so
// that the data are written by the first run only.
func benchRegion(b *testing.B, opds, articles, cases int) (driver.Conn, region.Region) {
	b.Helper()
	dir := os.Getenv("GAUNG_BENCH_DIR")
	if dir == "" {
		conn := warehousetest.New(b).Conn()
		storeHolidays(b, conn)
		return conn, bigRegion(b, conn, opds, articles, cases)
	}
	w, err := warehouse.Open(b.Context(), warehouse.Options{DSN: "chdb:" + dir, Database: fmt.Sprintf("bench_%d_%d_%d", opds, articles, cases), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { w.Close() })
	db := w.SQL()
	defer db.Close()
	m, err := migrations.New(db, migrations.Topology{}, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := m.Up(b.Context()); err != nil {
		b.Fatal(err)
	}
	generations, err := New(w.Conn()).generations(b.Context(), "19")
	if err != nil {
		b.Fatal(err)
	}
	if len(generations) > 0 {
		return w.Conn(), region.Region{Code: "19", Name: "Provinsi Uji", Zone: zone(b, "Asia/Jakarta")}
	}
	storeHolidays(b, w.Conn())
	return w.Conn(), bigRegion(b, w.Conn(), opds, articles, cases)
}

func benchmarkReport(b *testing.B, opds, articles, cases int) {
	conn, reg := benchRegion(b, opds, articles, cases)
	m := New(conn)
	q := Query{Region: reg, Month: mustMonth(b, "2026-10"), Now: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}
	if _, err := m.Report(b.Context(), q); err != nil { // warm up
		b.Fatal(err)
	}
	before := processorTime(b)
	for b.Loop() {
		if _, err := m.Report(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
	// What the report costs on a machine that others use as well.
	b.ReportMetric(float64((processorTime(b)-before).Milliseconds())/float64(b.N), "cpu-ms/op")
}

// processorTime is how long the processors have worked for this process.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// A regency: 40 OPD, 18 months.
func BenchmarkReportRegency(b *testing.B) { benchmarkReport(b, 40, 10_000, 4_000) }

// A province with its regencies: 1,000 OPD, a million articles and half a
// million cases unless the environment says otherwise.
func BenchmarkReportProvince(b *testing.B) {
	benchmarkReport(b, benchSize(b, "GAUNG_BENCH_OPD", 1000), benchSize(b, "GAUNG_BENCH_ARTICLES", 1_000_000), benchSize(b, "GAUNG_BENCH_CASES", 500_000))
}

// Twelve months of a province beside each other, as a trend shows them.
func BenchmarkSeriesProvince(b *testing.B) {
	conn, reg := benchRegion(b, benchSize(b, "GAUNG_BENCH_OPD", 1000), benchSize(b, "GAUNG_BENCH_ARTICLES", 1_000_000), benchSize(b, "GAUNG_BENCH_CASES", 500_000))
	m := New(conn)
	q := Query{Region: reg, Month: mustMonth(b, "2026-10"), Now: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}
	if _, err := m.Series(b.Context(), q, 12); err != nil { // warm up
		b.Fatal(err)
	}
	before := processorTime(b)
	for b.Loop() {
		if _, err := m.Series(b.Context(), q, 12); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((processorTime(b)-before).Milliseconds())/float64(b.N), "cpu-ms/op")
}

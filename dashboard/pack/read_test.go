package pack

import (
	"bytes"
	"encoding/csv"
	"io"
	"testing"
	"time"

	"gaung/metrics"
	"gaung/metrics/calendar"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

// A pack read from a warehouse carries the report's numbers: the rows of the
// registers are as many as the figures.
func TestReadFromTheWarehouse(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	for _, statement := range []string{
		"INSERT INTO opd (region, code, name, has_source, key_hash, version) VALUES ('99.01', '1.01', 'Dinas Kesehatan', true, 1, 1)",
		"INSERT INTO stories (region, generation, story_id, opd, published_at, day, title, url, articles) SELECT '99.01', 1, number, '1.01', toDateTime64('2026-01-15 03:00:00', 3, 'UTC') + toIntervalDay(number * 4), toDate32('2026-01-15') + toIntervalDay(number * 4), concat('Berita ', toString(number)), concat('https://contoh.go.id/', toString(number)), 1 FROM numbers(20)",
		"INSERT INTO story_articles (region, generation, url, title, day, first_seen_day, channel, story_id, opd) SELECT region, generation, url, title, day, day, 'website', story_id, opd FROM stories",
		"INSERT INTO ppid_cases (region, generation, opd, registration_no, received_day, notified_day, refused, refusal_reason) SELECT '99.01', 1, '1.01', toString(number), toDate32('2026-01-12') + toIntervalDay(number * 7), toDate32('2026-01-16') + toIntervalDay(number * 7), number = 5, 'Pasal 17 huruf h' FROM numbers(8)",
		"INSERT INTO holidays (region, date, name, kind, key_hash, version) VALUES ('', '2026-01-01', 'Tahun Baru', 'libur nasional', 1, 1)",
		"INSERT INTO rollup_generations (region, rollup, generation) VALUES ('99.01', 'articles', 1), ('99.01', 'ppid', 1)",
	} {
		if err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	jakarta, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Read(t.Context(), metrics.New(conn), metrics.Query{
		Region: region.Region{Code: "99.01", Name: "Kabupaten Contoh", Zone: jakarta},
		Month:  calendar.Month{Year: 2026, Month: time.March}, Now: time.Date(2026, 4, 20, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.History) != 3 || s.History[0].Month != "2026-01" || s.History[2].Stories != s.Report.Publication.Stories || s.History[2].Month != "2026-03" {
		t.Errorf("%d months of history", len(s.History))
	}
	if s.Previous == nil || s.Previous.Month != "2026-02" || s.Previous.AsOf != "2026-03-05" {
		t.Errorf("month before: %+v", s.Previous)
	}
	for kind, want := range map[metrics.DetailKind]int{metrics.DetailStory: s.Report.Publication.Stories, metrics.DetailRequest: s.Report.PPID.Received} {
		n := 0
		if err := s.Rows(kind)(func(metrics.Detail) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		if n != want || n == 0 {
			t.Errorf("%d rows of %s, the report says %d", n, kind, want)
		}
	}
	_, contents := files(t, Evidence, s)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(contents[s.name("pasal-12", "pasal12", "csv")], []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if total := rows[len(rows)-1]; len(rows) != 5 || total[3] != "8" || total[4] != "7" || total[5] != "1" || total[10] != "4" {
		t.Errorf("the year: %v", rows)
	}
}

func BenchmarkMeeting(b *testing.B) {
	for b.Loop() {
		if err := Meeting(b.Context(), io.Discard, source()); err != nil {
			b.Fatal(err)
		}
	}
}

package delivery

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/google/go-cmp/cmp"

	"gaung/metrics"
	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

const hostileName = "Dinas <script>alert(\"x\")</script> & \u202eRekan"

// town is a region with five OPD: one busy, one that fell silent on 12 October,
// one whose source broke, one with a hostile name, one that never published.
func town(t *testing.T) (driver.Conn, region.Region) {
	t.Helper()
	conn := newConn(t)
	exec := func(format string, args ...any) {
		t.Helper()
		if err := conn.Exec(t.Context(), fmt.Sprintf(format, args...)); err != nil {
			t.Fatalf("%v in %s", err, format)
		}
	}
	for i, name := range []string{"Dinas Kominfo", "Dinas Diam", "Dinas Putus", hostileName, "Dinas Baru"} {
		exec("INSERT INTO opd (region, code, name, has_source, valid_from, key_hash, version) VALUES ('99.01', 'o%d', '%s', true, '2020-01-01', %d, 1)", i+1, strings.ReplaceAll(name, "'", "''"), i)
	}
	story := 0
	tell := func(opd string, days ...string) {
		for _, day := range days {
			story++
			exec("INSERT INTO stories (region, generation, story_id, opd, published_at, day, title, url, articles) VALUES ('99.01', 1, %d, '%s', '%s 03:00:00', '%s', 'Kegiatan', 'https://x.example/%d', 1)", story, opd, day, day, story)
			exec("INSERT INTO story_articles (region, generation, url, day, first_seen_day, channel, story_id, opd) VALUES ('99.01', 1, 'https://x.example/%d', '%s', '%s', 'website', %d, '%s')", story, day, day, story, opd)
		}
	}
	// The week of 26 October to 1 November lies in two months.
	tell("o1", "2026-10-20", "2026-10-26", "2026-10-31", "2026-11-01", "2026-11-03")
	tell("o2", "2026-10-12")
	tell("o4", "2026-10-28", "2026-11-04")
	for _, source := range []string{"1", "2", "3", "4", "5"} {
		exec("INSERT INTO polls (region, source, opd, polled_at, answered, reason) SELECT '99.01', 's%[1]s', 'o%[1]s', toDateTime64('2026-10-01 00:30:00', 3, 'UTC') + toIntervalDay(number), NOT ('%[1]s' = '3' AND number >= 20), if('%[1]s' = '3' AND number >= 20, 'dns', '') FROM numbers(35)", source)
	}
	exec("INSERT INTO ppid_cases (region, generation, opd, registration_no, received_day, completed_day, notified_day) VALUES " +
		"('99.01', 1, 'o1', 'P-1', '2026-10-01', '2026-10-01', '2026-10-05')," +
		"('99.01', 1, 'o1', 'P-2', '2026-10-26', '2026-10-26', NULL)," + // due on 9 November: 10 working days
		"('99.01', 1, '', 'P-3', '2026-10-22', '2026-10-22', NULL)," + // due on 5 November
		"('99.01', 1, 'o2', 'P-4', '2026-10-05', '2026-10-05', NULL)," + // late
		"('99.01', 1, 'o1', 'P-5', '2026-11-04', '2026-11-04', NULL)") // time enough
	exec("INSERT INTO complaint_spells (region, generation, opd, tracking_id, spell, kind, submitted_day, assigned_day) VALUES ('99.01', 1, 'o4', 'L-1', 1, 'complaint', '2026-11-02', '2026-11-02')") // first answer due on 9 November
	exec("INSERT INTO holidays (region, date, name, kind, key_hash, version) VALUES ('', '2026-01-01', 'Tahun Baru', 'libur nasional', 1, 1), ('', '2026-12-25', 'Natal', 'libur nasional', 2, 1), ('', '2025-12-25', 'Natal', 'libur nasional', 3, 1)")
	for _, rollup := range []string{"articles", "ppid", "objections", "complaints", "agenda"} {
		exec("INSERT INTO rollup_generations (region, rollup, generation) VALUES ('99.01', '%s', 1)", rollup)
	}
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	return conn, region.Region{Code: "99.01", Name: "Kabupaten Contoh", Zone: zone}
}

func mustContain(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%q is missing in\n%s", w, text)
		}
	}
}

func TestMeasured(t *testing.T) {
	conn, r := town(t)
	content, err := NewMeasured(MeasuredOptions{Conn: conn, Dashboard: "https://gaung.example/"})
	if err != nil {
		t.Fatal(err)
	}
	now := wib(t, "2026-11-05 08:00")

	t.Run("monthly", func(t *testing.T) {
		m, err := content.Monthly(t.Context(), r, calendar.Month{Year: 2026, Month: time.October}, fileNames, now)
		if err != nil {
			t.Fatal(err)
		}
		if m.Subject != "Laporan Kabupaten Contoh — Oktober 2026" {
			t.Errorf("subject %q", m.Subject)
		}
		mustContain(t, m.Text, "- Berita terbit: 5 (", "per 5 November 2026 WIB", "1 permohonan PPID melewati batas waktu", "s3 (Dinas Putus): menjawab 20 dari 31 pengambilan",
			"alamat situs tidak ditemukan", "Dasbor: https://gaung.example/?month=2026-10&region=99.01", "Buku kerja Excel terlampir", "Dinas Baru")
		mustContain(t, m.HTML, "Berita terbit", `href="https://gaung.example/?month=2026-10&amp;region=99.01"`, `<html lang="id">`)
		var names []string
		for _, a := range m.Attachments {
			var file bytes.Buffer
			if err := a.Write(&file); err != nil || file.Len() == 0 {
				t.Errorf("%s: %d bytes, %v", a.Name, file.Len(), err)
			}
			names = append(names, a.Name)
		}
		want := []string{
			"gaung_laporan_99.01_2026-10_2026-11-05.xlsx", "gaung_ringkasan_99.01_2026-10_2026-11-05.pdf", "gaung_ringkasan_99.01_2026-10_2026-11-05.png",
			"gaung_peringkat_99.01_2026-10_2026-11-05.png", "gaung_ppid_99.01_2026-10_2026-11-05.png", "gaung_pengaduan_99.01_2026-10_2026-11-05.png",
		}
		if !slices.Equal(names, want) {
			t.Errorf("attachments %q", names)
		}
	})

	t.Run("a month without data", func(t *testing.T) {
		m, err := content.Monthly(t.Context(), r, calendar.Month{Year: 2025, Month: time.December}, fileNames, now)
		if err != nil {
			t.Fatal(err)
		}
		mustContain(t, m.Text, "Belum ada data untuk bulan Desember 2025")
		if len(m.Attachments) != 0 {
			t.Error("an empty workbook")
		}
	})

	t.Run("digest", func(t *testing.T) {
		monday, err := calendar.ParseDay("2026-10-26")
		if err != nil {
			t.Fatal(err)
		}
		m, err := content.Digest(t.Context(), r, calendar.Week{Monday: monday}, now)
		if err != nil {
			t.Fatal(err)
		}
		mustContain(t, m.Text, "Minggu 26 Oktober 2026 – 1 November 2026 (2026-W44)", "- Berita terbit: 4 (naik 3 dari 1 minggu sebelumnya)",
			"- Permohonan PPID masuk: 1 (sama dengan minggu sebelumnya)", "Dinas Kominfo: 3 berita", "Tanpa berita minggu ini\n- Dinas Baru\n- Dinas Diam\n")
		if strings.Contains(m.HTML, "<script>") || strings.Contains(m.Text, "\u202e") {
			t.Error("a name is markup")
		}
		mustContain(t, m.HTML, "Dinas &lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; Rekan: 1 berita")
	})

	t.Run("alerts", func(t *testing.T) {
		within, above := 3, 0.0
		rules := AlertRules{SilentDays: 14, DueWithin: &within, Sources: true, Thresholds: []Threshold{{Figure: "unmatched_opd", Above: &above}, {Figure: "ppid_on_time_share", Above: &above}}}
		list, err := content.Alerts(t.Context(), r, rules, now)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range list {
			got = append(got, a.Cause+"@"+a.Period+" "+a.Words)
		}
		want := []string{
			"due/ppid//P-3@2026-11-05 Permohonan PPID P-3, OPD belum dikenal: jatuh tempo 5 November 2026 (hari ini)",
			"due/ppid/o1/P-2@2026-11-09 Permohonan PPID P-2, Dinas Kominfo: jatuh tempo 9 November 2026 (2 hari kerja lagi)",
			"due/complaint-first-response/o4/L-1@2026-11-09 Tanggapan pertama pengaduan L-1, " + hostileName + ": jatuh tempo 9 November 2026 (2 hari kerja lagi)",
			"source/s3@2026-10-21 s3 (Dinas Putus): menjawab 0 dari 4 pengambilan sejak 21 Okt 2026 pukul 07.30 WIB; alamat situs tidak ditemukan",
			"silent/o2@2026-11 Dinas Diam: tidak ada berita selama 24 hari",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("alerts (-want +got):\n%s", diff)
		}
		m, err := content.Alarm(r, list, now)
		if err != nil {
			t.Fatal(err)
		}
		if m.Subject != "Peringatan Kabupaten Contoh: 5 hal perlu perhatian" || strings.Contains(m.HTML, "<script>") {
			t.Errorf("subject %q\n%s", m.Subject, m.HTML)
		}
		mustContain(t, m.Text, "Segera jatuh tempo\n- Permohonan PPID P-3", "Sumber tidak menjawab\n- s3", "OPD tanpa berita\n- Dinas Diam")
		one, err := content.Alarm(r, []Alert{{Kind: AlertDue, Words: "P\r\nBcc: x " + hostileName}}, now)
		if err != nil || strings.ContainsAny(one.Subject, "\r\n\u202e") {
			t.Errorf("subject %q, %v", one.Subject, err)
		}
		if _, err := content.Alarm(r, nil, now); err == nil {
			t.Error("an alarm about nothing")
		}
	})

	t.Run("on a Saturday nothing is due", func(t *testing.T) {
		within := 0
		list, err := content.Alerts(t.Context(), r, AlertRules{DueWithin: &within}, wib(t, "2026-11-07 08:00"))
		if err != nil || len(list) != 0 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestSilence(t *testing.T) {
	days := func(n int) *int { return &n }
	r := &metrics.Report{}
	r.Publication.OPD = []metrics.PublicationOPD{
		{OPD: "a", Name: "A", Status: metrics.StatusOK, DaysSinceLast: days(9)},
		{OPD: "b", Name: "B", Status: metrics.StatusQuiet, DaysSinceLast: days(10)},
		{OPD: "c", Name: "C", Status: metrics.StatusQuiet},
		{OPD: "d", Name: "D", Status: metrics.StatusSourceFailed, DaysSinceLast: days(90)},
		{OPD: "e", Name: "E", Status: metrics.StatusNoSource},
		{OPD: "f", Name: "F", Status: metrics.StatusNew},
	}
	for day, want := range map[int][]string{10: {"silent/b"}, 11: {"silent/b", "silent/c"}} {
		var got []string
		for _, a := range silent(r, calendar.Date(2026, time.November, day), 10) {
			got = append(got, a.Cause)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("on the %d: %s", day, diff)
		}
	}
}

func TestThresholds(t *testing.T) {
	report := &metrics.Report{}
	report.PPID.CaseCounts = metrics.CaseCounts{OnTime: 3, Late: 2}
	half, three := 0.7, 1.0
	for _, c := range []struct {
		t    Threshold
		want string
	}{
		{Threshold{Figure: "ppid_on_time_share", Below: &half}, "PPID tepat waktu: 60%, di bawah ambang 70% (5 perkara yang sudah diputus)"},
		{Threshold{Figure: "ppid_on_time_share", Above: &half}, ""},
		{Threshold{Figure: "ppid_late", Above: &three}, "Permohonan PPID melewati batas waktu: 2, di atas ambang 1"},
		{Threshold{Figure: "complaints_on_time_share", Below: &half}, ""}, // no cases: not known, not zero
	} {
		if got := c.t.crossed(report); got != c.want {
			t.Errorf("%s: %q, want %q", c.t.name(), got, c.want)
		}
	}
	report.PPID.CaseCounts = metrics.CaseCounts{OnTime: 0, Late: 4}
	if got := (Threshold{Figure: "ppid_on_time_share", Below: &half}).crossed(report); got != "" {
		t.Errorf("four cases raise an alert: %q", got)
	}
}

func TestLongListsAreCut(t *testing.T) {
	b := block{Title: "x"}
	for i := range 100 {
		b.Items = append(b.Items, fmt.Sprint(i))
	}
	m, err := page{Title: "x", Blocks: []block{b}}.message()
	if err != nil {
		t.Fatal(err)
	}
	mustContain(t, m.Text, "- 59\n- … dan 40 lainnya di dasbor\n")
	if strings.Contains(m.Text, "- 60\n") {
		t.Error("not cut")
	}
}

// TestStatementsParse asks the engine about every statement.
func TestStatementsParse(t *testing.T) {
	files, err := statements.ReadDir("sql")
	if err != nil || len(files) != 3 {
		t.Fatalf("%v, %v", files, err)
	}
	l := ledger{newConn(t)}
	k := Key{"19.71", "a", "b", "c", "d"}
	if rows, err := l.rows(t.Context(), []Key{k}); err != nil || len(rows) != 0 {
		t.Errorf("%v, %v", rows, err)
	}
	if rows, err := l.recent(t.Context(), []string{"19.71"}, time.Now()); err != nil || len(rows) != 0 {
		t.Errorf("%v, %v", rows, err)
	}
	if rows, err := l.find(t.Context(), []string{"19.71"}, "X"); err != nil || len(rows) != 0 {
		t.Errorf("%v, %v", rows, err)
	}
}

package dashboard

import (
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaung/metrics"
	"gaung/metrics/calendar"
)

// day reads a date of a test.
func day(t *testing.T, text string) calendar.Day {
	t.Helper()
	d, err := calendar.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Pages open with the 28 days up to yesterday beside the 28 before them; the
// API and files with the newest month that has ended.
func TestWhatOpens(t *testing.T) {
	for path, want := range map[string]string{
		"/": "2026-10-08..2026-11-04 2026-09-10..2026-10-07", "/publikasi": "2026-10-08..2026-11-04 2026-09-10..2026-10-07",
		"/paparan": "2026-10-08..2026-11-04 2026-09-10..2026-10-07", "/ppid?compare=year": "2026-10-08..2026-11-04 2025-10-08..2025-11-04",
		"/api/v1/report": "2026-10", "/report.csv": "2026-10", "/report.xlsx": "2026-10", "/kartu/ringkasan-1920x1080.svg": "2026-10 2026-09",
	} {
		reports := fixtureReports()
		if want == "2026-10-08..2026-11-04 2025-10-08..2025-11-04" {
			reports.through.Months = append(reports.through.Months, calendar.Month{Year: 2025, Month: time.October})
		}
		if answer, _ := get(t, newFixture(t, reports, nil), path); answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
		var got []string
		for _, q := range reports.asked {
			got = append(got, q.Period().String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s asked for %s, want %s", path, got, want)
		}
	}
}

// Yesterday is the region's, not the server's.
func TestOpeningAtMidnight(t *testing.T) {
	for clock, want := range map[string]string{
		"2026-10-31T16:30:00Z": "2026-10-03..2026-10-30", // 31 October, 23:30 WIB
		"2026-10-31T17:30:00Z": "2026-10-04..2026-10-31", // 1 November, 00:30 WIB
		"2027-02-28T17:30:00Z": "2026-11",                // 1 March: the 28 days are February, which has no data
	} {
		now, err := time.Parse(time.RFC3339, clock)
		if err != nil {
			t.Fatal(err)
		}
		reports := fixtureReports()
		s := newFixture(t, reports, func(o *Options) { o.Now = func() time.Time { return now } })
		get(t, s, "/")
		if got := reports.asked[0].Period().String(); got != want {
			t.Errorf("at %s: %s, want %s", clock, got, want)
		}
	}
}

// Days without any data give way to the newest month that has some, and the
// page says so; a day with data is enough to show them.
func TestOpeningWithoutRecentData(t *testing.T) {
	const words = "Tidak ada yang tercatat dalam 28 hari sampai kemarin"
	for _, tt := range []struct{ first, last, want string }{
		{"2026-09-01", "2026-11-04", "2026-10-08..2026-11-04"},
		{"2026-09-01", "2026-10-08", "2026-10-08..2026-11-04"}, // the first of the days
		{"2026-09-01", "2026-10-07", "2026-10"},                // data stop before
		{"2026-11-04", "2026-11-05", "2026-10-08..2026-11-04"}, // data begin with the last of the days
		{"2026-11-05", "2026-11-05", "2026-11"},                // data begin today
	} {
		reports := fixtureReports()
		reports.through.Days = calendar.Period{First: day(t, tt.first), Last: day(t, tt.last)}
		reports.through.Months = nil
		for m := calendar.MonthOf(reports.through.Days.Last); !calendar.MonthOf(reports.through.Days.First).After(m); m = m.Add(-1) {
			reports.through.Months = append(reports.through.Months, m)
		}
		s := newFixture(t, reports, nil)
		_, body := get(t, s, "/")
		if got := reports.asked[0].Period().String(); got != tt.want {
			t.Errorf("data of %s to %s: %s, want %s", tt.first, tt.last, got, tt.want)
		}
		if instead := !strings.Contains(tt.want, ".."); strings.Contains(body, words) != instead {
			t.Errorf("data of %s to %s: says that it is another period: %v", tt.first, tt.last, !instead)
		}
		if !strings.Contains(body, `href="/paparan?region=99.01"`) {
			t.Errorf("data of %s to %s: the wall does not move on", tt.first, tt.last)
		}
	}
}

func TestDefaultMonth(t *testing.T) {
	november := []calendar.Month{{Year: 2026, Month: 11}}
	for _, today := range []string{"2026-11-05", "2026-12-01"} {
		if got := defaultMonth(november, day(t, today)).String(); got != "2026-11" {
			t.Errorf("on %s: %s", today, got)
		}
	}
	both := append(november, calendar.Month{Year: 2026, Month: 10})
	for today, want := range map[string]string{"2026-11-30": "2026-10", "2026-12-01": "2026-11"} {
		if got := defaultMonth(both, day(t, today)).String(); got != want {
			t.Errorf("on %s: %s, want %s", today, got, want)
		}
	}
}

// Pages of whole months show the last one that is over.
func TestWholeMonthOfDays(t *testing.T) {
	sel := &selection{Now: fixtureNow, Through: fixtureReports().through}
	sel.Region.Zone = jakarta
	for _, tt := range []struct{ first, last, want string }{
		{"2026-10-08", "2026-11-04", "2026-10"},
		{"2026-11-01", "2026-11-04", "2026-10"},
		{"2026-09-10", "2026-10-07", "2026-10"}, // October is over
		{"2026-11-01", "2026-11-30", "2026-11"}, // asked for
		{"2026-07-01", "2026-08-03", "2026-08"},
	} {
		sel.show(calendar.Period{First: day(t, tt.first), Last: day(t, tt.last)})
		if got := sel.whole().Period.String(); got != tt.want {
			t.Errorf("%s to %s: %s, want %s", tt.first, tt.last, got, tt.want)
		}
	}
	sel.Through.Months = sel.Through.Months[:1]
	sel.show(recentDays)
	if got := sel.whole().Period.String(); got != "2026-11" {
		t.Errorf("the only month: %s", got)
	}
}

// What a page says of days reads as days, and the newest whole month is one
// link away.
func TestDaysAreSaid(t *testing.T) {
	reports := fixtureReports()
	quarter := calendar.Period{First: recentDays.Last.Add(-90), Last: recentDays.Last}
	reports.reports[quarter.String()] = over(quarter, fixtureReport())
	s := newFixture(t, reports, nil)
	_, body := get(t, s, "/")
	mention(t, "the overview", body, `<span class="period">28 hari sampai 4 November 2026</span>`, "<title>Ringkasan 28 hari sampai 4 November 2026 ·",
		"(10 Sep – 7 Okt)", `Bulan utuh terakhir: <a href="?month=2026-10&amp;region=99.01">Oktober 2026</a>`,
		`<a href="/?month=2026-10&amp;region=99.01">Oktober 2026</a>`, `<a href="/paparan?region=99.01">`)
	if strings.Contains(body, "ulan ini") || strings.Contains(body, "ulan sebelumnya") {
		t.Error("the page of days speaks of a month")
	}
	_, list := get(t, s, "/publikasi?from=2026-08-06&to=2026-11-04")
	mention(t, "a quarter", list, "91 hari sampai 4 November 2026", "Target periode ini", "belum ada angka untuk 7 Mei – 5 Agu 2026")
	_, wall := get(t, s, "/paparan")
	mention(t, "the wall", wall, "28 hari sampai 4 November 2026")
	if _, month := get(t, s, "/?month=2026-10"); strings.Contains(month, "Bulan utuh terakhir") || !strings.Contains(month, `<span class="period">Oktober 2026</span>`) {
		t.Error("the page of a month offers it, or does not name it")
	}
	for _, path := range []string{"/tren", "/tren/opd", "/ppid/tahun"} {
		_, body := get(t, s, path)
		mention(t, path, body, "untuk rentang 8 Okt – 4 Nov 2026 yang ditampilkan sampai Oktober 2026")
	}
}

// Whatever a page without a period leads to is about the same days: rows,
// files, pictures and the API have its numbers.
func TestOpenedPageAndItsFiles(t *testing.T) {
	o := filterOffice(t)
	o.now = time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)
	for _, path := range []string{"/", "/publikasi", "/ppid", "/pengaduan", "/opd/1.03"} {
		page := o.get(path)
		links := 0
		for _, m := range ownLink.FindAllStringSubmatch(page, -1) {
			link, err := url.Parse(html.UnescapeString(m[1]))
			if err != nil {
				t.Fatal(err)
			}
			file := strings.HasPrefix(link.Path, "/report.") || strings.HasPrefix(link.Path, "/kartu/") || strings.HasPrefix(link.Path, "/paket/") || strings.HasPrefix(link.Path, "/api/")
			if q := link.Query(); file && (q.Get("from") != "2026-02-10" || q.Get("to") != "2026-03-09" || q.Get("region") != "99.01") {
				t.Errorf("%s: %s is about other days", path, m[1])
			}
			if file {
				links++
			}
		}
		if links == 0 {
			t.Errorf("%s leads to no file", path)
		}
	}
	page := o.get("/publikasi")
	card := regexp.MustCompile(`data-kpi="stories"[\s\S]*?class="state-measured">([^<]*)`).FindStringSubmatch(page)
	api := regexp.MustCompile(`href="(/api/v1/report[^"]*)"`).FindStringSubmatch(page)
	table := regexp.MustCompile(`href="(/report.csv[^"]*)"`).FindStringSubmatch(page)
	if card == nil || api == nil || table == nil {
		t.Fatal("no card, or no links to its numbers", card, api, table)
	}
	var r metrics.Report
	if err := json.Unmarshal([]byte(o.get(html.UnescapeString(api[1]))), &r); err != nil {
		t.Fatal(err)
	}
	if card[1] != strconv.Itoa(r.Publication.Stories) || r.Period.From != "2026-02-10" || r.Period.To != "2026-03-09" || r.Publication.Stories == 0 {
		t.Errorf("the card has %s, the API %d of %s to %s", card[1], r.Publication.Stories, r.Period.From, r.Period.To)
	}
	rows := map[string]bool{}
	for _, row := range r.Publication.OPD {
		rows[row.OPD+" "+strconv.Itoa(row.Stories)] = true
	}
	answer, text := o.send(httptest.NewRequest(http.MethodGet, html.UnescapeString(table[1]), nil))
	if answer.StatusCode != http.StatusOK || strings.Count(text, "\n") != len(rows)+1 {
		t.Errorf("CSV: %d, %d lines for %d rows", answer.StatusCode, strings.Count(text, "\n"), len(rows))
	}
	for _, m := range regexp.MustCompile(`<tr data-opd="([^"]*)"[\s\S]*?data-label="Berita"><strong>(\d+)</strong>`).FindAllStringSubmatch(page, -1) {
		if !rows[m[1]+" "+m[2]] {
			t.Errorf("the page has %s stories of %s, the API has not", m[2], m[1])
		}
	}
	var plain metrics.Report
	if err := json.Unmarshal([]byte(o.get("/api/v1/report")), &plain); err != nil || plain.Month != "2026-02" {
		t.Errorf("the API opens with %q, %v", plain.Month, err)
	}
}

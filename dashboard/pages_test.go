package dashboard

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/dashboard/markdown"
	"gaung/dashboard/wording"
	"gaung/docs"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// Whoever goes from page to page keeps region, month and day.
func TestNavigationKeepsTheSelection(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	keep := "?as_of=2026-10-20&amp;month=2026-10&amp;region=99.01"
	for _, p := range pages() {
		_, body := get(t, s, with(at(p), "month=2026-10&region=99.01&as_of=2026-10-20"))
		if p.name == boardPage.name {
			if !strings.Contains(body, `href="/`+keep+`"`) {
				t.Errorf("%s does not lead back to the same month", p.path)
			}
			continue
		}
		for _, other := range pages() {
			if other.nav != "" && !other.several && !strings.Contains(body, `<a href="`+other.path+keep+`"`) {
				t.Errorf("%s: the link to %s loses the selection", p.path, other.path)
			}
		}
		if !strings.Contains(body, `href="/metode`+keep+`" data-help`) {
			t.Errorf("%s lacks the help link", p.path)
		}
		if p.nav != "" && !p.several && !strings.Contains(body, `aria-current="page">`+p.nav+`</a>`) {
			t.Errorf("%s does not mark itself in the navigation", p.path)
		}
	}
	// A month that is refused is not handed on, but for the same page in the
	// other language.
	_, body := get(t, s, "/?month=x")
	if body = strings.Replace(body, `href="/?lang=en&amp;month=x"`, "", 1); strings.Contains(body, "month=x") {
		t.Error("the error page hands on the bad month")
	}
}

// Every "?" leads to a heading that the method has.
func TestHelpLeadsSomewhere(t *testing.T) {
	var ids []string
	for _, h := range markdown.Render(docs.Method).Headings {
		ids = append(ids, h.ID)
	}
	s := newFixture(t, fixtureReports(), nil)
	for path, want := range map[string]int{"/": 2, "/publikasi": 3, "/ppid": 1, "/pengaduan": 3, "/kesehatan-sumber": 1, "/mutu-data": 1} {
		_, body := get(t, s, path)
		found := regexp.MustCompile(`class="help" href="/metode\?[^"#]*#([^"]*)"`).FindAllStringSubmatch(body, -1)
		if len(found) < want {
			t.Errorf("%s: %d help links, want %d", path, len(found), want)
		}
		for _, f := range found {
			if !slices.Contains(ids, f[1]) {
				t.Errorf("%s: help leads to #%s, which the method does not have", path, f[1])
			}
		}
	}
}

// The method is the document of the repository, and needs no warehouse.
func TestMethodPage(t *testing.T) {
	resp, body := get(t, newFixture(t, &fakeReports{err: http.ErrServerClosed}, nil), "/metode?month=2026-10&region=99.01")
	if resp.StatusCode != 200 {
		t.Fatalf("status %d", resp.StatusCode)
	}
	if !strings.Contains(body, string(markdown.Render(docs.Method).HTML)) {
		t.Error("the page is not docs/METHOD.md")
	}
	if strings.Count(body, "<h1") != 1 {
		t.Errorf("%d main headings", strings.Count(body, "<h1"))
	}
}

// A search hides the other rows and drops none: the numbers stay in the page.
func TestSearchHidesRows(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	rows := func(path string) (shown, hidden int) {
		_, body := get(t, s, path)
		for _, tag := range regexp.MustCompile(`<tr data-opd="[^"]*"[^>]*>`).FindAllString(body, -1) {
			if strings.HasSuffix(tag, " hidden>") {
				hidden++
			} else {
				shown++
			}
		}
		return shown, hidden
	}
	all, none := rows("/publikasi")
	if none != 0 || all < len(opdNames) {
		t.Fatalf("without a search %d rows are shown and %d hidden", all, none)
	}
	shown, hidden := rows("/publikasi?q=KESEHATAN+dinas")
	if shown != 1 || shown+hidden != all {
		t.Errorf("search for the health office: %d shown, %d hidden of %d", shown, hidden, all)
	}
	if shown, hidden := rows("/ppid?q=sosial"); shown != 2 || hidden != 5 {
		t.Errorf("search among requests: %d shown, %d hidden", shown, hidden)
	}
	if shown, _ := rows("/publikasi?q=1.02"); shown < 1 {
		t.Error("an OPD is not found by its code")
	}
}

func TestAttention(t *testing.T) {
	sel := &selection{}
	sel.show(calendar.Month{Year: 2026, Month: 10}.Period())
	sel.Region.Code = "99.01"
	counts := func(m *monthly) map[string]int {
		got := map[string]int{}
		for _, a := range newAttention(m) {
			got[a.ID] = a.N
			if a.Text == "" || !strings.HasSuffix(a.Text, ".") || a.Link == "" || !strings.Contains(a.URL, "?month=2026-10&region=99.01") {
				t.Errorf("%+v is no sentence with a link", a)
			}
		}
		return got
	}
	m := &monthly{sel: sel, report: fixtureReport(), due: fixtureDue()}
	// A complaint with two clocks is one case.
	if diff := cmp.Diff(map[string]int{"ppid": 3, "complaints": 1, "quiet": 2, "failed-sources": 2}, counts(m)); diff != "" {
		t.Errorf("with a due list (-want +got):\n%s", diff)
	}
	m.due = nil
	if diff := cmp.Diff(map[string]int{"ppid": 9, "complaints": 22, "quiet": 2, "failed-sources": 2}, counts(m)); diff != "" {
		t.Errorf("without one (-want +got):\n%s", diff)
	}
	m.report, m.due = &metrics.Report{}, &metrics.DueList{}
	if list := newAttention(m); len(list) != 0 {
		t.Errorf("nothing happened, and this wants attention: %v", list)
	}
	if got := someNames(wording.Indonesian, []string{"A", "B", "C", "D"}); got != "A, B dan 2 lainnya" {
		t.Errorf("four names: %q", got)
	}
	if got := someNames(wording.Indonesian, []string{"A", "B"}); got != "A dan B" {
		t.Errorf("two names: %q", got)
	}
}

// Both pages list the clocks of their own rules, the most pressing first.
func TestDue(t *testing.T) {
	reports := fixtureReports()
	s := newFixture(t, reports, nil)
	_, body := get(t, s, "/ppid")
	for _, want := range []string{
		"1 kasus terbuka lewat batas dan 2 jatuh tempo dalam 7 hari sesudah 5 November 2026", "1 kasus lain belum dapat dihitung tenggatnya",
		"lewat 8 hari", "hari ini", "4 hari lagi", "Permohonan (diperpanjang)", "Keberatan", "OPD tidak dikenal", "28 Okt 2026",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("/ppid lacks %q", want)
		}
	}
	if strings.Contains(body, "10234") {
		t.Error("/ppid lists a complaint")
	}
	if _, body := get(t, s, "/pengaduan"); !strings.Contains(body, "10234") || !strings.Contains(body, "Tanggapan pertama</td>") || strings.Contains(body, "041/PPID") {
		t.Error("/pengaduan lists the wrong cases")
	}
	reports.due = &metrics.DueList{AsOf: "2026-11-05"}
	if _, body := get(t, s, "/ppid"); !strings.Contains(body, "Tidak ada kasus terbuka yang lewat batas") {
		t.Error("an empty list is not said")
	}
	// A list that cannot be read takes nothing else with it.
	reports.due = nil
	if resp, body := get(t, s, "/ppid"); resp.StatusCode != 200 || !strings.Contains(body, "Daftar tenggat belum dapat dibaca") || !strings.Contains(body, `data-kpi="ppid"`) {
		t.Errorf("without the due list: %d", resp.StatusCode)
	}
	many := fixtureDue()
	for range dueRows {
		many.Overdue = append(many.Overdue, many.Overdue[0])
	}
	reports.due = many
	if _, body := get(t, s, "/ppid"); !strings.Contains(body, "dan 1 hitungan lain") || !strings.Contains(body, "K-003") {
		t.Error("a long backlog does not say what it leaves out, or hides what is due soon")
	}
}

func TestQualityPage(t *testing.T) {
	reports := fixtureReports()
	s := newFixture(t, reports, nil)
	_, body := get(t, s, "/mutu-data?month=2026-10&region=99.01")
	for _, want := range []string{
		`data-count="rejected"><span class="count number"><a class="drill" href="/rincian/ditolak/semua?month=2026-10&amp;region=99.01" data-n="12">12</a></span>`, "register-2026.xlsx#Oktober", "<code>31/02/2026</code>", "Tanggal 31 Februari tidak ada; betulkan di berkas.",
		"Diskomimfo", "satu huruf berbeda", "tidak ada</span>", `href="/mutu-data?month=2026-10&amp;region=99.01&amp;page=2"`, "halaman 1 dari 2",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(body, "Sebelumnya") {
		t.Error("there is a page before the first")
	}
	if _, body := get(t, s, "/mutu-data?page=2"); !strings.Contains(body, "page=1\"") || strings.Contains(body, "Berikutnya") {
		t.Error("the second page does not lead back, or on")
	}
	reports.problems.Rejects, reports.problems.RejectedCells, reports.queue = nil, 0, nil
	if _, body := get(t, s, "/mutu-data"); !strings.Contains(body, "Tidak ada baris yang ditolak.") || !strings.Contains(body, "Semua nama dikenal.") {
		t.Error("clean data is not said to be clean")
	}
	reports.problems = nil
	if resp, body := get(t, s, "/mutu-data"); resp.StatusCode != 200 || !strings.Contains(body, "Daftar penolakan belum dapat dibaca") {
		t.Errorf("rejects that cannot be read: %d", resp.StatusCode)
	}
}

func TestSourcesPage(t *testing.T) {
	reports := fixtureReports()
	s := newFixture(t, reports, nil)
	_, body := get(t, s, "/kesehatan-sumber")
	for _, want := range []string{
		"alamat situs tidak ditemukan, sejak 7 Okt 2026", "37 hari tanpa berita baru; biasanya jeda terlama 4 hari", "menjawab, tetapi tidak pernah berisi berita",
		`data-n="64">64</a> dari <a class="drill" href="/rincian/tarikan/semua/situs-bagian?`, `badge-failed">gagal`, "belum pernah menjawab", `data-n="1">1</a></span>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	// Sources that never answered have given no data, and are to be seen all
	// the same.
	reports.through, reports.reports = metrics.DataThrough{}, nil
	if _, body := get(t, s, "/kesehatan-sumber"); !strings.Contains(body, "situs-bagian") {
		t.Error("without data the broken sources are not shown")
	}
	reports.health = nil
	if _, body := get(t, s, "/kesehatan-sumber"); !strings.Contains(body, "Belum ada sumber di gaung.yaml") {
		t.Error("no source is not said")
	}
	if _, body := get(t, newFixture(t, &fakeReports{}, nil), "/kesehatan-sumber"); !strings.Contains(body, "Gudang data masih kosong") {
		t.Error("an empty warehouse is not said to be empty")
	}
}

func TestHeat(t *testing.T) {
	_, body := get(t, newFixture(t, fixtureReports(), nil), "/publikasi/peta?month=2026-10")
	for _, want := range []string{`<td class="heat heat-0">0</td>`, `<td class="heat heat-4"><a class="drill" href="/rincian/berita/semua/`, `data-n="8">8</a></td>`, `<td class="heat heat-none">–</td>`, "minggu 31 Agu 2026", `<span class="heat-month">Sep</span>7`} {
		if !strings.Contains(body, want) {
			t.Errorf("the map lacks %q", want)
		}
	}
	for n, want := range map[int]string{0: "0", 1: "1", 2: "2", 3: "2", 4: "3", 6: "3", 7: "4", 99: "4"} {
		if got := heatLevel(n); got != want {
			t.Errorf("%d stories are shaded %s, want %s", n, got, want)
		}
	}
}

// The yearly table adds up, and sees every month from the same day.
func TestYear(t *testing.T) {
	reports := fixtureReports()
	s := newFixture(t, reports, nil)
	_, body := get(t, s, "/ppid/tahun?month=2026-10")
	if len(reports.spans) != 1 {
		t.Errorf("%d series asked for, want one", len(reports.spans))
	}
	for _, q := range reports.spans {
		if !q.AsOfSet || q.AsOf.String() != "2026-11-05" {
			t.Errorf("%s was seen from %s, want 2026-11-05", q.Month, q.AsOf)
		}
	}
	foot, _, _ := strings.Cut(body[strings.Index(body, "<tfoot>"):], "</tfoot>")
	cells := regexp.MustCompile(`<td class="figure">(\d+)</td>`).FindAllStringSubmatch(foot, -1)
	var got []string
	for _, c := range cells {
		got = append(got, c[1])
	}
	// Two months of 41 received; on time 30+29, late 1+4, pending 0+5.
	if want := []string{"82", "59", "5", "5", "2", "12", "4", "2"}; !slices.Equal(got, want) {
		t.Errorf("totals %v, want %v", got, want)
	}
}

// A trend leaves out months without data, and fails as a whole when a month
// cannot be measured: a gap would look like silence.
func TestTrend(t *testing.T) {
	reports := fixtureReports()
	s := newFixture(t, reports, nil)
	_, body := get(t, s, "/tren?month=2026-10")
	if len(reports.spans) != 1 || strings.Contains(body, "Agu 2026") || !strings.Contains(body, "Okt 2026") {
		t.Errorf("%d series asked for; the trend has to show the two months that have data", len(reports.spans))
	}
	for _, want := range []string{"Dari 339 berita pada September 2026 menjadi 351 pada Oktober 2026.", `data-card-body`, "Sep 2026"} {
		if !strings.Contains(body, want) {
			t.Errorf("the trend lacks %q", want)
		}
	}
	if resp, body := get(t, s, "/tren?month=2024-01"); resp.StatusCode != 200 || !strings.Contains(body, "Belum ada data Januari 2024") {
		t.Errorf("trend of a month without data: %d", resp.StatusCode)
	}
}

// Titles of charts state their finding in ten words at most.
func TestChartTitles(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	n := 0
	for _, p := range pages() {
		_, body := get(t, s, at(p))
		for _, m := range regexp.MustCompile(`<figcaption>\s*<h2[^>]*>([^<]*)</h2>\s*<p class="muted">([^<]+)</p>`).FindAllStringSubmatch(body, -1) {
			n++
			if words := len(strings.Fields(m[1])); words > 10 {
				t.Errorf("%s: title %q has %d words", p.path, m[1], words)
			}
			if !strings.Contains(m[2], "2026") {
				t.Errorf("%s: caption %q lacks its period", p.path, m[2])
			}
		}
		if charts := strings.Count(body, `role="img"`); charts != strings.Count(body, "<figcaption>") || charts != strings.Count(body, "Lihat sebagai tabel") {
			t.Errorf("%s: %d charts without caption or table", p.path, charts)
		}
	}
	if n < 6 {
		t.Errorf("only %d charts were looked at", n)
	}
}

// Charts are bars from zero, lines, or points; bars and lines have one scale.
func TestChartKinds(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	for _, p := range pages() {
		_, body := get(t, s, at(p))
		for _, part := range strings.Split(body, `<script type="application/json" id="data-`)[1:] {
			_, text, _ := strings.Cut(part, ">")
			text, _, _ = strings.Cut(text, "</script>")
			var option struct {
				Series []struct{ Type string }
				XAxis  []struct {
					Type string
					Min  *float64
				}
				YAxis []struct {
					Type string
					Min  *float64
				}
			}
			if err := json.Unmarshal([]byte(text), &option); err != nil {
				t.Fatalf("%s: %v", p.path, err)
			}
			for _, series := range option.Series {
				if series.Type != "bar" && series.Type != "line" && series.Type != "scatter" {
					t.Errorf("%s: chart of kind %s", p.path, series.Type)
				}
			}
			scales := 0
			for _, axis := range append(option.XAxis, option.YAxis...) {
				if axis.Type == "value" {
					scales++
					if axis.Min == nil || *axis.Min != 0 {
						t.Errorf("%s: a scale does not start at zero", p.path)
					}
				}
			}
			// Only points have a number on either scale.
			want := 1
			if option.Series[0].Type == "scatter" {
				want = 2
			}
			if scales != want {
				t.Errorf("%s: %d scales in one chart, want %d", p.path, scales, want)
			}
		}
	}
}

// A kiosk has neither navigation nor controls, but its clock and its day.
func TestKiosk(t *testing.T) {
	s := newFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	for _, path := range []string{"/?kiosk=1", "/paparan"} {
		_, body := get(t, s, path)
		for _, unwanted := range []string{"<nav", `class="topbar"`, `<form`, `class="foot"`} {
			if strings.Contains(body, unwanted) {
				t.Errorf("%s has %s", path, unwanted)
			}
		}
		for _, want := range []string{"DATA CONTOH", "5 November 2026 WIB"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
	}
	_, body := get(t, s, "/paparan")
	if want := `data-now="` + "1793840400000" + `" data-zone="Asia/Jakarta"`; !strings.Contains(body, want) {
		t.Errorf("the board lacks the server's clock %s (%d)", want, fixtureNow.UnixMilli())
	}
	if _, body := get(t, newFixture(t, &fakeReports{}, nil), "/paparan"); !strings.Contains(body, "Gudang data masih kosong") || !strings.Contains(body, "<nav") {
		t.Error("an empty warehouse leaves the wall without a way out")
	}
}

func TestDrafts(t *testing.T) {
	reports := fixtureReports()
	r := fixtureReport()
	r.Submissions = &metrics.Submissions{OPD: []metrics.SubmissionOPD{
		{OPD: "1.03", Name: opdNames[2], SubmissionCounts: metrics.SubmissionCounts{Sent: 12, Published: 8, Returned: 2, Rejected: 1, Acceptance: ptr(8.0 / 11), MedianHoursToDecision: ptr(5.5)}},
		{OPD: "1.01", Name: opdNames[0], SubmissionCounts: metrics.SubmissionCounts{Sent: 1}},
	}}
	reports.reports["2026-10"] = r
	_, body := get(t, newFixture(t, reports, nil), "/publikasi?month=2026-10")
	for _, want := range []string{"Naskah yang dikirim ke redaksi", "73%", "belum ada yang diputuskan"} {
		if !strings.Contains(body, want) {
			t.Errorf("drafts lack %q", want)
		}
	}
	r.Submissions.OPD, r.Places, r.Agenda.OPD = nil, nil, nil
	_, body = get(t, newFixture(t, reports, nil), "/publikasi?month=2026-10")
	for _, want := range []string{"Tidak ada naskah yang dikirim", "Tidak ada berita yang menyebut tempat."} {
		if !strings.Contains(body, want) {
			t.Errorf("a month without lacks %q", want)
		}
	}
}

func TestSourceHealthJSON(t *testing.T) {
	reports := fixtureReports()
	s := newFixture(t, reports, nil)
	resp, body := get(t, s, "/api/v1/health/sources")
	var answer sourcesAnswer
	if err := json.Unmarshal([]byte(body), &answer); err != nil || resp.StatusCode != 200 {
		t.Fatalf("%d %s", resp.StatusCode, body)
	}
	if diff := cmp.Diff(sourcesAnswer{Region: "99.01", GeneratedAt: fixtureNow, Sources: fixtureHealth()}, answer); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	reports.health = nil
	if _, body := get(t, s, "/api/v1/health/sources"); !strings.Contains(body, `"sources":[]`) {
		t.Errorf("no source is not an empty list: %s", body)
	}
	if resp, body := get(t, newFixture(t, &fakeReports{}, nil), "/api/v1/health/sources"); resp.StatusCode != 404 || !strings.Contains(body, "no_data") {
		t.Errorf("empty warehouse: %d %s", resp.StatusCode, body)
	}
}

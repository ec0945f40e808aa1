package dashboard

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// golden compares text with a file under testdata, or rewrites it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); rerun with -update if that is meant:\n%s", path, diff)
	}
}

// assetHash is the part of a page that changes with every edit of a style.
var assetHash = regexp.MustCompile(`/assets/[0-9a-f]{12}/`)

func TestOverviewGolden(t *testing.T) {
	s := newFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	for name, path := range map[string]string{"overview.html": "/?month=2026-10", "overview-days.html": "/"} {
		resp, body := get(t, s, path)
		if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Fatalf("status %d, type %s", resp.StatusCode, resp.Header.Get("Content-Type"))
		}
		golden(t, name, assetHash.ReplaceAllString(body, "/assets/HASH/"))
	}
}

// TestPagesGolden keeps every other page as it was looked at.
func TestPagesGolden(t *testing.T) {
	s := newFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	for _, p := range pages() {
		if p.name == overviewPage.name || p.name == methodPage.name {
			continue // its own test; the method has one in package markdown
		}
		resp, body := get(t, s, with(at(p), "month=2026-10&region=99.01"))
		if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: status %d, type %s", p.path, resp.StatusCode, resp.Header.Get("Content-Type"))
		}
		golden(t, goldenName(p), assetHash.ReplaceAllString(body, "/assets/HASH/"))
	}
}

func TestEmptyWarehouse(t *testing.T) {
	s := newFixture(t, &fakeReports{}, nil)
	resp, body := get(t, s, "/")
	if resp.StatusCode != 200 || !strings.Contains(body, "Gudang data masih kosong") || !strings.Contains(body, "gaung ingest") {
		t.Errorf("empty warehouse: %d", resp.StatusCode)
	}
	if resp, body := get(t, s, "/api/v1/report"); resp.StatusCode != 404 || !strings.Contains(body, "no_data") {
		t.Errorf("API on an empty warehouse: %d %s", resp.StatusCode, body)
	}
	if resp, body := get(t, s, "/?region=19.71"); resp.StatusCode != 200 || !strings.Contains(body, "Gudang data masih kosong") {
		t.Errorf("region without data: %d", resp.StatusCode)
	}
}

func TestEmptyMonthKeepsTheSwitch(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	resp, body := get(t, s, "/?month=2024-03&region=99.01")
	if resp.StatusCode != 200 || !strings.Contains(body, "Belum ada data Maret 2024") {
		t.Fatalf("empty month: %d", resp.StatusCode)
	}
	for _, want := range []string{
		`<option value="2024-03" selected>Maret 2024</option>`, `<option value="2026-10">Oktober 2026</option>`,
		`href="/?month=2026-10&amp;region=99.01"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("empty month lacks %s", want)
		}
	}
}

func TestProgress(t *testing.T) {
	for name, reports := range map[string]*fakeReports{"empty": {}, "with data": fixtureReports()} {
		s := newFixture(t, reports, func(o *Options) {
			o.Progress = func() Progress {
				return Progress{Running: true, Label: "Mengambil <b>berita</b>", Done: 1234, Total: 5000, Unit: "artikel"}
			}
		})
		_, body := get(t, s, "/")
		for _, want := range []string{
			`<noscript><meta http-equiv="refresh" content="3"></noscript>`, `Mengambil &lt;b&gt;berita&lt;/b&gt;`,
			`1.234 dari 5.000 artikel`, `max="5000" value="1234"`, `data-progress="/progress"`,
		} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: progress lacks %s", name, want)
			}
		}
		if _, body := get(t, s, "/progress"); !strings.Contains(body, `"running":true`) || !strings.Contains(body, `"text":"1.234 dari 5.000 artikel"`) {
			t.Errorf("%s: /progress: %s", name, body)
		}
	}
	s := newFixture(t, fixtureReports(), nil)
	if _, body := get(t, s, "/progress"); !strings.HasPrefix(body, `{"running":false`) {
		t.Errorf("idle: %s", body)
	}
	if _, body := get(t, s, "/"); strings.Contains(body, "http-equiv") || strings.Contains(body, "DATA CONTOH") {
		t.Error("an idle page refreshes itself, or a real one is marked as an example")
	}
	if got := (Progress{Running: true, Done: 3}).view(wording.Indonesian).Text; got != "3 bagian" {
		t.Errorf("unknown total: %q", got)
	}
	if got := (Progress{Running: true}).view(wording.Indonesian).Text; got != "baru mulai" {
		t.Errorf("nothing done: %q", got)
	}
}

// A figure that is missing, zero, not mature or from a broken source must not
// look alike.
func TestStatesLookDifferent(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	_, publication := get(t, s, "/publikasi")
	_, requests := get(t, s, "/ppid")
	body := publication + requests
	for state, want := range map[string]string{
		"absent":   `<span class="state-absent">–`,
		"zero":     `<td class="figure" data-label="Berita"><strong>0</strong></td>`,
		"immature": `<span class="state-immature">belum matang`,
		"failed":   `<span class="state-failed">–<span class="unseen"> (sumber gagal)</span></span>`,
		"partial":  `<span class="state-failed">≥ 3`,
		"scarce":   `<span class="badge badge-scarce">data kurang</span>`,
		"bound":    `≤ 10,7`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%s: page lacks %s", state, want)
		}
	}
}

func TestRunningMonth(t *testing.T) {
	reports := fixtureReports()
	running := fixtureReport()
	running.Month, running.AsOf = "2026-11", "2026-11-05"
	running.Publication.OPD = nil
	running.PPID.OPD = nil
	running.PPID.CaseCounts = metrics.CaseCounts{Pending: 3}
	running.Complaints.FirstResponse.OPD, running.Complaints.Resolve.OPD = nil, nil
	running.DataQuality.FailedSources = nil
	running.Closed = &metrics.Closed{ID: "2026-11/1", ClosedAt: fixtureNow}
	reports.reports["2026-11"] = running
	s := newFixture(t, reports, nil)
	for path, wants := range map[string][]string{
		"/":          {"Bulan ini belum selesai", "dipilih sendiri", "tutup buku", "Belum ada OPD yang dapat diperingkat."},
		"/publikasi": {"Belum ada OPD yang dapat diperingkat.", "Belum ada minggu yang selesai dinilai"},
		"/ppid":      {"Tidak ada permohonan PPID pada periode ini."},
		"/pengaduan": {"Tidak ada pengaduan pada periode ini."},
		"/tren":      {"Nov 2026 (berjalan)"},
		"/paparan":   {"Belum ada OPD yang dapat diperingkat.", "Tidak ada permohonan PPID"},
	} {
		resp, body := get(t, s, path+"?month=2026-11&as_of=2026-11-05")
		if resp.StatusCode != 200 {
			t.Errorf("%s: status %d", path, resp.StatusCode)
		}
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s of a running month lacks %q", path, want)
			}
		}
	}
}

// Every key figure carries its comparison, target, number of cases and day.
func TestFiguresAreComplete(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	for path, n := range map[string]int{"/": 4, "/publikasi": 3, "/ppid": 4, "/pengaduan": 4, "/paparan": 8} {
		_, body := get(t, s, path)
		cards := strings.Split(body, `<article class="kpi"`)[1:]
		if len(cards) != n {
			t.Errorf("%s: %d key figures, want %d", path, len(cards), n)
		}
		for _, card := range cards {
			card, _, _ = strings.Cut(card, "</article>")
			for _, part := range []string{"value", "compare", "target", "n", "as-of"} {
				if !regexp.MustCompile(`data-part="` + part + `">[^<]*(<[^>]+>)*[^<]+`).MatchString(card) {
					t.Errorf("%s: a key figure lacks its %s:\n%s", path, part, card)
				}
			}
		}
	}
}

func TestNoInlineCode(t *testing.T) {
	s := newFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	paths := []string{"/?month=2024-01", "/?month=x", "/?kiosk=1", "/publikasi?q=dinas"}
	for _, p := range pages() {
		paths = append(paths, at(p))
	}
	for _, path := range paths {
		_, body := get(t, s, path)
		if found := regexp.MustCompile(`(?i)\sstyle=|<style|\son[a-z]+=|javascript:|(src|action|data-[a-z]+|content)="https?://`).FindString(body); found != "" {
			t.Errorf("%s: page has %q", path, found)
		}
		for _, tag := range regexp.MustCompile(`<script[^>]*>`).FindAllString(body, -1) {
			if !strings.Contains(tag, `src="/assets/`) && !strings.Contains(tag, `type="application/json"`) {
				t.Errorf("%s: inline script %s", path, tag)
			}
		}
	}
}

func TestChartGolden(t *testing.T) {
	chart, err := storiesChart(wording.Indonesian, fixtureReport(), false, rowLinks{})
	if err != nil {
		t.Fatal(err)
	}
	var indented strings.Builder
	var value any
	if err := json.Unmarshal(chart.Option, &value); err != nil {
		t.Fatal(err)
	}
	encoder := json.NewEncoder(&indented)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	golden(t, "chart.json", indented.String())
	if words := len(strings.Fields(chart.Title)); words > 10 {
		t.Errorf("title %q has %d words", chart.Title, words)
	}
	if want := "Terbanyak Dinas Kesehatan dengan 26 berita; nilai tengahnya 7,5 berita; 2 OPD tanpa berita."; chart.Summary != want {
		t.Errorf("summary %q, want %q", chart.Summary, want)
	}
}

func TestChartWithoutOPD(t *testing.T) {
	chart, err := storiesChart(wording.Indonesian, &metrics.Report{Month: "2026-10", AsOf: "2026-10-05", Timezone: "Asia/Jakarta"}, false, rowLinks{})
	if err != nil {
		t.Fatal(err)
	}
	if chart.Summary != "Tidak ada OPD yang jumlah beritanya dapat dinilai." {
		t.Errorf("summary %q", chart.Summary)
	}
}

// TestNothingPulledYet: before the first article an OPD is not silent, it has
// not been listened to.
func TestNothingPulledYet(t *testing.T) {
	reports := fixtureReports()
	reports.through.LastArticle = time.Time{}
	s := newFixture(t, reports, nil)
	_, body := get(t, s, "/")
	_, list := get(t, s, "/publikasi")
	if !strings.Contains(body, "Belum ada satu artikel pun") || !strings.Contains(list, "Belum ada satu artikel pun") || !strings.Contains(body, `data-kpi="ppid"`) {
		t.Error("the page does not say that nothing was pulled, or lacks the other figures")
	}
	for _, unwanted := range []string{`data-kpi="stories"`, `data-kpi="targets"`, "tanpa berita"} {
		if strings.Contains(body, unwanted) {
			t.Errorf("the page shows %q although nothing was pulled yet", unwanted)
		}
	}
}

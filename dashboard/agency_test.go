package dashboard

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// The page of an OPD holds its figures, and every number's rows.
func TestAgencyPage(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	_, body := get(t, s, "/opd/1.03?month=2026-10&region=99.01")
	for _, want := range []string{
		"<h1>Dinas Komunikasi dan Informatika", `data-kpi="stories"`, `data-kpi="ppid"`, "selang 95%",
		`id="tren-opd"`, "OPD lain se-wilayah", `href="/kasus/ppid/041%2FPPID%2F2026?month=2026-10&amp;region=99.01&amp;case_opd=1.03"`,
		`href="https://kominfo.contoh.go.id/berita/1"`, "belum diliput", "Dinas Kominfo", "dinkes-web",
		`href="/pranata-humas/198001012005011001?month=2026-10&amp;region=99.01"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	// A row of the web is shown, and led to only over HTTP.
	if strings.Contains(body, "javascript:") {
		t.Error("the page links to a script")
	}
	for _, list := range []string{"berita", "agenda", "kasus", "sumber", "tenggat", "layanan", "publikasi", "orang"} {
		if !strings.Contains(body, `href="#`+list+`"`) || !strings.Contains(body, `id="`+list+`"`) {
			t.Errorf("the page does not lead to %s", list)
		}
	}
	resp, body := get(t, s, "/opd/tidak%2Fada?month=2026-10")
	if resp.StatusCode != 404 || !strings.Contains(body, "OPD tidak ditemukan") {
		t.Errorf("an unknown OPD: %d", resp.StatusCode)
	}
}

// A visitor without the right sees neither persons nor cases, nor finds them.
func TestPeopleAreGated(t *testing.T) {
	s := newFixture(t, fixtureReports(), func(o *Options) { o.Gate = Gate{} })
	if resp, body := get(t, s, "/pranata-humas"); resp.StatusCode != 403 || strings.Contains(body, "Siti Contoh") {
		t.Errorf("the board: %d", resp.StatusCode)
	}
	if resp, body := get(t, s, "/pranata-humas/198001012005011001"); resp.StatusCode != 403 || strings.Contains(body, "Siti Contoh") {
		t.Errorf("a person: %d", resp.StatusCode)
	}
	for _, path := range []string{"/opd/1.03", "/cari?q=siti", "/", "/cari?q=dinas"} {
		_, body := get(t, s, path)
		if strings.Contains(body, "Siti Contoh") || strings.Contains(body, `href="/pranata-humas`) {
			t.Errorf("%s names a person or leads to the board", path)
		}
	}
	if _, body := get(t, newFixture(t, fixtureReports(), nil), "/pranata-humas"); !strings.Contains(body, "Siti Contoh") {
		t.Error("the board shows nobody, so nothing was tested")
	}
}

// Every OPD in a table leads to its page, every case number to its case.
func TestTablesLeadOn(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	for _, p := range pages() {
		if p.name == boardPage.name || p.several {
			continue // nobody touches a wall; regions lead to their overviews
		}
		_, body := get(t, s, with(at(p), "month=2026-10&region=99.01"))
		for _, row := range regexp.MustCompile(`(?s)<tr data-opd="1\.[^"]*"[^>]*>.*?</tr>`).FindAllString(body, -1) {
			if p.name == sourcesPage.name {
				continue
			}
			if !strings.Contains(row, `href="/opd/1.`) && !strings.Contains(row, `href="/kasus/`) {
				t.Errorf("%s: a row leads nowhere: %s", p.path, row)
			}
		}
	}
}

func TestSearchPage(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	for path, want := range map[string]string{
		"/cari?q=dinas+sosial&month=2026-10&region=99.01":     "/opd/1.09?month=2026-10&region=99.01", // exact among several
		"/cari?q=protokol&month=2026-10&region=99.01":         "/opd/1.39?month=2026-10&region=99.01", // the only one
		"/cari?q=siti&month=2026-10&region=99.01":             "/pranata-humas/198001012005011001?month=2026-10&region=99.01",
		"/cari?q=kecamatan":                                   "",
		"/cari?q=zzz":                                         "",
		"/cari":                                               "",
		"/cari?q=" + url.QueryEscape("</h1><script>alert(1)"): "",
	} {
		resp, body := get(t, s, path)
		if want != "" {
			if resp.StatusCode != 303 || resp.Header.Get("Location") != want {
				t.Errorf("%s: %d to %q, want %s", path, resp.StatusCode, resp.Header.Get("Location"), want)
			}
			continue
		}
		if resp.StatusCode != 200 || strings.Contains(body, "<script>alert") {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
	if _, body := get(t, s, "/cari?q=kecamatan"); strings.Count(body, `<li><a href="/opd/`) != 8 || !strings.Contains(body, "juga ditulis “Dinkes”") {
		t.Error("the list of hits is wrong")
	}
	if _, body := get(t, s, "/cari?q=zzz"); !strings.Contains(body, "Tidak ada OPD atau orang yang cocok dengan “zzz”") {
		t.Error("no hit is not said")
	}
}

func TestCasePage(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	_, body := get(t, s, "/kasus/ppid/041%2FPPID%2F2026?opd=1.01")
	for _, want := range []string{
		"041/PPID/2026", "menunggu kelengkapan berkas", "libur: Hari Jadi Kabupaten", "perpanjangan", "lewat tenggat", "tercatat sebelum tanggal mulai",
		`class="day day-holiday"`, "12 dari 10 hari kerja", "UU 14/2008 Pasal 22", "ditolak",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("a request lacks %q", want)
		}
	}
	_, body = get(t, s, "/kasus/pengaduan/10234")
	for _, want := range []string{"pemegang ke-2", "tidak dihitung: ditarik atau dipindah", "lewat batas, masih terbuka", "OPD tidak dikenal", "keluar 16 Okt 2026"} {
		if !strings.Contains(body, want) {
			t.Errorf("a complaint lacks %q", want)
		}
	}
	if _, body = get(t, s, "/kasus/keberatan/K-003"); !strings.Contains(body, `href="/kasus/ppid/041%2FPPID%2F2026?from=2026-10-08&amp;region=99.01&amp;to=2026-11-04"`) {
		t.Error("an objection does not lead to its request")
	}
	if resp, body := get(t, s, "/kasus/ppid/tidak-ada"); resp.StatusCode != 404 || !strings.Contains(body, "Kasus tidak ditemukan") {
		t.Errorf("no such case: %d", resp.StatusCode)
	}
}

// A page whose rows cannot be read keeps its figures.
func TestAgencyWithoutRows(t *testing.T) {
	reports := fixtureReports()
	reports.details.broken = true
	_, body := get(t, newFixture(t, reports, nil), "/opd/1.03")
	for _, want := range []string{`data-kpi="stories"`, "Baris di balik angka belum dapat dibaca", "Tren belum dapat dibaca"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestSourceLink(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.go.id/x": "https://a.go.id/x", "http://a.go.id": "http://a.go.id", "javascript:alert(1)": "", "data:text/html,x": "",
		"//a.go.id": "", "/x": "", "": "", "http:///x": "", "http://[": "", "HTTPS://a.go.id": "HTTPS://a.go.id",
	} {
		if got := sourceLink(address); got != want {
			t.Errorf("%q leads to %q, want %q", address, got, want)
		}
	}
}

func TestNewShift(t *testing.T) {
	if s := newShift(wording.Indonesian, metrics.Movement{}); s.Words != "" {
		t.Errorf("nothing to compare moves %q", s.Words)
	}
	s := newShift(wording.Indonesian, metrics.Movement{BetterThanPrevious: ptr(0.91), Direction: ptr(metrics.Rose)})
	if s.Words != "naik" || s.Direction != "up" || s.Sure != "peluang lebih baik dari periode pembanding 91%" {
		t.Errorf("%+v", s)
	}
}

// The report's doubts stand beside its rankings.
func TestFairnessIsShown(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	for path, want := range map[string][]string{
		"/publikasi": {`data-fairness="publication"`, `data-fairness="index"`, "41%", "2 OPD tanpa sumber dan 2 OPD dengan sumber gagal", "14 artikel baru terlihat", "81 susunan", `class="shift shift-up"`, "naik<"},
		"/ppid":      {`data-fairness="ppid"`, `id="corong-ppid"`, "Batas 99,8%", "Semua 3 OPD dalam batas kewajaran atau lebih baik"},
		"/pengaduan": {`data-fairness="first_response"`, `data-fairness="resolve"`, `id="corong-tanggapan"`, "1 dari 2 OPD di bawah batas kewajaran"},
		"/indeks":    {"bobot 40%", "91", "bobotnya dibagi ke komponen lain", "data kurang", `data-fairness="index"`},
		"/tren/opd":  {`class="shift shift-down"`, "OPD belum punya 12 bulan", "<polyline", "bulan terakhir tidak dapat dinilai"},
	} {
		_, body := get(t, s, path)
		for _, text := range want {
			if !strings.Contains(body, text) {
				t.Errorf("%s lacks %q", path, text)
			}
		}
	}
}

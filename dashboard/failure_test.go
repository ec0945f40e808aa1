package dashboard

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// Whatever goes wrong is said in the language of the page, and the switch
// leads to the same address in the other one.
func TestErrorsInBothLanguages(t *testing.T) {
	o := filterOffice(t)
	broken := fixtureReports()
	broken.err = errors.New("broken")
	office := func(path string) (int, string) {
		answer, body := o.send(httptest.NewRequest(http.MethodGet, path, nil))
		return answer.StatusCode, body
	}
	fixture := func(s *Server) func(path string) (int, string) {
		return func(path string) (int, string) {
			answer, body := get(t, s, path)
			return answer.StatusCode, body
		}
	}
	kiosk := fixture(newFixture(t, fixtureReports(), func(o *Options) { o.Gate = Gate{} }))
	for _, tt := range []struct {
		get            func(string) (int, string)
		path           string
		status         int
		english, words string
	}{
		{office, "/nowhere?month=2026-02&q=a+b", 404, "This page does not exist", "Halaman tidak ada"},
		{office, "/publikasi?channel=radio", 400, `The channel &#34;radio&#34; is not known; choose website`, "Saluran &#34;radio&#34; tidak dikenal"},
		{office, "/publikasi?opd=zzz&month=2026-02", 400, "There is no OPD &#34;zzz&#34;", "OPD &#34;zzz&#34; tidak ada"},
		{office, "/publikasi?peer_group=zzz", 400, "choose one of: dinas, kecamatan", "pilih salah satu: dinas, kecamatan"},
		{office, "/?from=2027-02-01&to=2027-03-01", 400, "The range 2027-02-01..2027-03-01 has not begun (today is 2026-03-10)", "Rentang 2027-02-01..2027-03-01 belum dimulai"},
		{office, "/?month=2027-02", 400, "The month 2027-02 has not begun", "Bulan 2027-02 belum dimulai"},
		{office, "/?month=2026-02&as_of=2025-01-01", 400, "The as-of date 2025-01-01 is before the month 2026-02", "Tanggal keadaan 2025-01-01 mendahului bulan 2026-02"},
		{office, "/?region=00.00", 400, "The region &#34;00.00&#34; is not known", "Wilayah &#34;00.00&#34; tidak dikenal"},
		{office, "/kasus/ppid/XYZ-9?month=2026-02", 404, "There is no ppid case numbered", "Kasus ppid bernomor"},
		{office, "/publikasi?sort=warna", 400, "cannot be sorted", "tidak dapat diurutkan"},
		{fixture(newFixture(t, broken, nil)), "/ppid?month=2026-10", 500, "Something is broken on our side", "Ada yang rusak di sisi kami"},
		{kiosk, "/pranata-humas?month=2026-10", 403, "", ""},
	} {
		for _, lang := range []wording.Language{wording.Indonesian, wording.English()} {
			address, want := keepLanguage(lang, tt.path), tt.words
			if lang.Code() == "en" {
				want = tt.english
			}
			status, body := tt.get(address)
			if status != tt.status || !strings.Contains(body, want) {
				t.Errorf("%s: %d, without %q", address, status, want)
				continue
			}
			doc, err := html.Parse(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if lang.Code() == "en" {
				speaksEnglish(t, address, doc)
				if strings.Contains(body, `<p lang="id"`) {
					t.Errorf("%s: the error is Indonesian", address)
				}
			}
			elements(doc, func(n *html.Node) bool {
				if n.Data == "a" && attribute(n, "hreflang") != "" {
					to, err := url.Parse(attribute(n, "href"))
					here, _ := url.Parse(tt.path)
					query := here.Query()
					if lang.Code() != "en" {
						query.Set("lang", "en")
					}
					if err != nil || to.Path != here.Path || to.Query().Encode() != query.Encode() {
						t.Errorf("%s: the switch leads to %s", address, to)
					}
				}
				return true
			})
		}
	}
}

// An error of another package that has Indonesian words only is marked so.
func TestErrorWithoutEnglish(t *testing.T) {
	reports := fixtureReports()
	reports.err = &metrics.UserError{Kind: metrics.BadValue, Words: "data wilayah ini belum lengkap"}
	s := newFixture(t, reports, nil)
	_, body := get(t, s, "/?lang=en&month=2026-10")
	mention(t, "the page", body, `<p lang="id">Data wilayah ini belum lengkap.</p>`)
	if _, body = get(t, s, "/?month=2026-10"); strings.Contains(body, `<p lang="id">`) {
		t.Error("an Indonesian page marks Indonesian words")
	}
}

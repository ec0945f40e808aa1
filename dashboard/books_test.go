package dashboard

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/warehouse"
	"gaung/warehouse/account"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

// office is a dashboard over a real warehouse with a month of data.
type office struct {
	t      *testing.T
	w      *warehouse.Warehouse
	server *Server
	now    time.Time
	cookie string
}

func newOffice(t *testing.T, gate Gate) *office {
	t.Helper()
	o := &office{t: t, w: warehousetest.New(t), now: time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)}
	o.exec("INSERT INTO opd (region, code, name, has_source, key_hash, version) VALUES ('99.01', '1.01', 'Dinas Kesehatan', true, 1, 1), ('99.01', '1.02', 'Dinas Sosial', true, 2, 1)")
	o.exec("INSERT INTO holidays (region, date, name, kind, key_hash, version) VALUES ('', '2026-01-01', 'Tahun Baru', 'libur nasional', 1, 1)")
	o.exec("INSERT INTO people (region, person_id, name, person_group, opd_raw, key_hash, version) VALUES ('99.01', 'p1', 'Siti Rahasia', 'pranata humas', '1.01', 1, 1)")
	o.rollups(1, 12)
	m := metrics.New(o.w.Conn())
	var err error
	o.server, err = newServer(Options{
		Reports: m, Books: m, Regions: region.Builtin().With(region.Region{Code: "99.01", Name: "Kabupaten Contoh", Zone: jakarta}),
		Now: func() time.Time { return o.now }, Gate: gate, Logger: slog.New(slog.DiscardHandler),
	}, wording.English(), markExecuted)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) exec(statement string) {
	o.t.Helper()
	if err := o.w.Conn().Exec(o.t.Context(), statement); err != nil {
		o.t.Fatalf("%s: %v", statement, err)
	}
}

// rollups writes a generation with some stories of February, each two days
// after the one before, and eight requests.
func (o *office) rollups(generation, stories int) {
	o.t.Helper()
	for _, statement := range []string{
		"INSERT INTO stories (region, generation, story_id, opd, published_at, day, title, url, articles) SELECT '99.01', %[1]d, number, if(number %% 3 = 0, '1.02', '1.01'), toDateTime64('2026-02-01 03:00:00', 3, 'UTC') + toIntervalDay(number), toDate32('2026-02-01') + toIntervalDay(number), concat('=Berita ', toString(number)), concat('https://contoh.go.id/', toString(number)), 1 FROM numbers(%[2]d)",
		"INSERT INTO story_articles (region, generation, url, title, day, first_seen_day, channel, story_id, opd) SELECT region, generation, url, title, day, day, 'website', story_id, opd FROM stories WHERE generation = %[1]d",
		"INSERT INTO ppid_cases (region, generation, opd, registration_no, received_day, notified_day, refused, refusal_reason) SELECT '99.01', %[1]d, '1.01', toString(number), toDate32('2026-01-12') + toIntervalDay(number * 5), toDate32('2026-01-16') + toIntervalDay(number * 5), false, '' FROM numbers(8)",
		"INSERT INTO rollup_generations (region, rollup, generation) VALUES ('99.01', 'articles', %[1]d), ('99.01', 'ppid', %[1]d)",
	} {
		if strings.Contains(statement, "%[2]d") {
			o.exec(fmt.Sprintf(statement, generation, stories))
		} else {
			o.exec(fmt.Sprintf(statement, generation))
		}
	}
}

func (o *office) send(r *http.Request) (*http.Response, string) {
	o.t.Helper()
	r.Host = "127.0.0.1"
	if o.cookie != "" {
		r.Header.Set("Cookie", o.cookie)
	}
	answer, err := o.server.App().Test(r, -1)
	if err != nil {
		o.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, c := range answer.Cookies() {
		o.cookie = c.Name + "=" + c.Value
	}
	return answer, string(body)
}

func (o *office) get(address string) string {
	o.t.Helper()
	answer, body := o.send(httptest.NewRequest(http.MethodGet, address, nil))
	if answer.StatusCode != http.StatusOK {
		o.t.Errorf("%s: %d", address, answer.StatusCode)
	}
	return body
}

func (o *office) post(fields url.Values) (*http.Response, string) {
	o.t.Helper()
	r := httptest.NewRequest(http.MethodPost, closingPath, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return o.send(r)
}

var tokenPattern = regexp.MustCompile(`name="form_token" value="([^"]+)"`)

// token opens the page that asks before closing and takes its form's token.
func (o *office) token(month string) string {
	o.t.Helper()
	found := tokenPattern.FindStringSubmatch(o.get(closingPath + "?month=" + month))
	if found == nil {
		return ""
	}
	return found[1]
}

func (o *office) report(month string) *metrics.Report {
	o.t.Helper()
	r := &metrics.Report{}
	if err := json.Unmarshal([]byte(o.get("/api/v1/report?month="+month)), r); err != nil {
		o.t.Fatal(err)
	}
	return r
}

// sheetRows are the rows of a sheet of the downloaded workbook.
func (o *office) sheet(month, name string) [][]string {
	o.t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(o.get("/report.xlsx?month=" + month)))
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows(name)
	if err != nil {
		o.t.Fatal(err)
	}
	return rows
}

func mention(t *testing.T, what, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q", what, w)
		}
	}
}

// A month is closed from the page; what comes in later alters nothing of it:
// not the page, the API, the workbook with its rows, the card, the packs.
func TestCloseAndVerify(t *testing.T) {
	o := newOffice(t, Gate{Open: true})
	open := o.get("/?month=2026-02")
	mention(t, "the open month", open, "/kartu/ringkasan-1920x1080.png?month=2026-02", "/paket/bahan-rapat.zip", "/paket/bukti-dukung.zip", "/tutup-buku?month=2026-02")
	mention(t, "the page before closing", o.get(closingPath+"?month=2026-02"), "<strong class=\"number\">12</strong> berita", "Tutup buku Februari 2026", "tidak dapat dibatalkan")
	mention(t, "the card of an open month", o.get("/kartu/ppid-1920x1080.svg?month=2026-02"), "Kode: sementara")

	form := url.Values{"month": {"2026-02"}, "region": {"99.01"}}
	if answer, _ := o.post(form); answer.StatusCode != http.StatusForbidden {
		t.Errorf("a form without its token: %d", answer.StatusCode)
	}
	form.Set(formField, o.token("2026-02"))
	answer, _ := o.post(form)
	if answer.StatusCode != http.StatusSeeOther || !strings.Contains(answer.Header.Get("Location"), "hasil=ditutup") {
		t.Fatalf("closing: %d to %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	report := o.report("2026-02")
	if report.Closed == nil || report.Publication.Stories != 12 {
		t.Fatalf("closed %+v, %d stories", report.Closed, report.Publication.Stories)
	}
	id := report.Closed.ID
	before := map[string]string{}
	for _, address := range []string{"/kartu/ringkasan-1920x1080.svg", "/kartu/peringkat-1080x1350.svg", "/paket/bahan-rapat.zip", "/paket/bukti-dukung.zip"} {
		before[address] = o.get(address + "?month=2026-02")
	}
	rows := o.sheet("2026-02", "Rincian")

	// Twice: told, not an error page.
	answer, _ = o.post(form)
	if answer.StatusCode != http.StatusSeeOther {
		t.Errorf("closing twice: %d", answer.StatusCode)
	}
	mention(t, "closing twice", o.get(answer.Header.Get("Location")), "memang sudah ditutup", id, "Terbitkan revisi")

	// Three stories come late; an hour later somebody looks again.
	o.rollups(2, 15)
	o.now = o.now.Add(time.Hour)
	late := o.report("2026-02")
	if diff := cmp.Diff(report, late); diff != "" {
		t.Errorf("the report of the closed month changed:\n%s", diff)
	}
	for address, was := range before {
		now := o.get(address + "?month=2026-02")
		if strings.HasSuffix(address, ".zip") {
			sameZip(t, address, was, now)
			continue
		}
		// A card says what came in afterwards, and is otherwise the same.
		texts := slices.DeleteFunc(textsOf(t, now), func(text string) bool { return strings.Contains(text, "utup buku") || strings.Contains(text, " → ") })
		if diff := cmp.Diff(textsOf(t, was), texts); diff != "" || !strings.Contains(now, "Masuk sesudah tutup buku") {
			t.Errorf("%s changed:\n%s", address, diff)
		}
	}
	if diff := cmp.Diff(rows, o.sheet("2026-02", "Rincian")); diff != "" || len(rows) < 12 {
		t.Errorf("the rows of the closed month changed:\n%s", diff)
	}
	mention(t, "the page of the closed month", o.get("/publikasi?month=2026-02"), id, "Masuk sesudah tutup buku", "Dinas Kesehatan: Berita terbit 8 → 10 (&#43;2)")
	mention(t, "the card", before["/kartu/ringkasan-1920x1080.svg"], "Kode: "+id)
	quality := fmt.Sprint(o.sheet("2026-02", "Mutu Data"))
	mention(t, "the sheet Mutu Data", quality, "Dinas Kesehatan: Berita terbit 8 → 10 (+2 setelah tutup buku)")
	if summary := fmt.Sprint(o.sheet("2026-02", "Ringkasan")); !strings.Contains(summary, id) {
		t.Error("the workbook does not carry the code")
	}

	verified := o.get(verifyPath + "?kode=" + strings.ToLower(id))
	mention(t, "the verification", verified, "dikenal dan berlaku", report.Closed.ID, "Dinas Sosial", "Berita terbit 8 → 10", "Bandingkan dengan aturan sekarang")
	mention(t, "the method replay", o.get(verifyURL(wording.Indonesian, id)+"&bandingkan=1"), "Batas waktu sama seperti dulu", "<td class=\"figure\">12</td><td class=\"figure\">15</td><td class=\"figure\">15</td><td>data</td>")
	mention(t, "an unknown code", o.get(verifyPath+"?kode=9901-202602-1-XXXXXXXX"), "tidak dikenal")
	mention(t, "a hostile code", o.get(verifyPath+"?kode="+url.QueryEscape(`<script>"'`)), "tidak dikenal", "&lt;script&gt;")
	mention(t, "the mark of an open month", o.get(verifyPath+"?kode=Sementara"), "belum ditutup")

	form.Set("reason", "Tiga berita terlambat masuk")
	if answer, _ = o.post(form); !strings.Contains(answer.Header.Get("Location"), "hasil=revisi") {
		t.Fatalf("revision: %d %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	revised := o.report("2026-02")
	if revised.Publication.Stories != 15 || revised.Closed.ID == id {
		t.Errorf("the revision has %d stories, %+v", revised.Publication.Stories, revised.Closed)
	}
	mention(t, "a superseded code", o.get(verifyURL(wording.Indonesian, id)), "sudah digantikan", revised.Closed.ID, "Tiga berita terlambat masuk", "<strong", ">12</")
	mention(t, "the editions", o.get("/api/v1/revisions?month=2026-02"), id, revised.Closed.ID, `"revisions":[]`)
}

// textsOf are the texts of a picture.
func textsOf(t *testing.T, svg string) []string {
	t.Helper()
	var p picture
	if err := xml.Unmarshal([]byte(svg), &p); err != nil {
		t.Fatal(err)
	}
	return p.Texts
}

// sameZip compares the files of two zips; only the note of revisions may differ.
func sameZip(t *testing.T, name, a, b string) {
	t.Helper()
	read := func(text string) map[string][]byte {
		z, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			files[f.Name], err = io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
		}
		return files
	}
	first, second := read(a), read(b)
	if len(first) != len(second) || len(first) == 0 {
		t.Errorf("%s: %d files, then %d", name, len(first), len(second))
	}
	for file, content := range first {
		if file == "SHA256SUMS" || strings.HasPrefix(file, "gaung_laporan") && strings.HasSuffix(file, ".xlsx") {
			continue // the workbook notes on its sheet Mutu Data what came later
		}
		// A picture says what came later; what else is on it has a test of its own.
		picture := strings.HasSuffix(file, ".png") || strings.HasSuffix(file, ".pdf")
		if same := bytes.Equal(content, second[file]); same == picture {
			t.Errorf("%s: %s: unchanged is %v", name, file, same)
		}
	}
}

func TestClosingRefusals(t *testing.T) {
	o := newOffice(t, Gate{Open: true})
	running := o.get(closingPath + "?month=2026-03")
	mention(t, "the running month", running, "Maret 2026 belum selesai", "1 April 2026")
	if tokenPattern.MatchString(running) {
		t.Error("the running month offers a form")
	}
	answer, body := o.post(url.Values{"month": {"2026-03"}, "region": {"99.01"}, formField: {o.token("2026-02")}})
	if answer.StatusCode != http.StatusConflict {
		t.Errorf("closing the running month: %d", answer.StatusCode)
	}
	mention(t, "the refusal", body, "belum dapat ditutup", "2026-03 belum selesai")
	for _, c := range []struct {
		fields url.Values
		status int
	}{
		{url.Values{"month": {"2026-02"}, "reason": {strings.Repeat("x", 501)}}, http.StatusBadRequest},
		{url.Values{"month": {"2026-02"}, "reason": {"revisi bulan yang terbuka"}}, http.StatusConflict},
		{url.Values{"month": {"Februari"}}, http.StatusBadRequest},
		{url.Values{"month": {"2027-02"}}, http.StatusBadRequest},
		{url.Values{}, http.StatusBadRequest},
	} {
		c.fields.Set(formField, o.token("2026-02"))
		if answer, _ := o.post(c.fields); answer.StatusCode != c.status {
			t.Errorf("%v: %d, want %d", c.fields, answer.StatusCode, c.status)
		}
	}
	if r := o.report("2026-02"); r.Closed != nil {
		t.Errorf("something closed the month: %+v", r.Closed)
	}
	// A month without data can be closed: that there was nothing is a fact too.
	if answer, _ := o.post(url.Values{"month": {"2025-12"}, "region": {"99.01"}, formField: {o.token("2026-02")}}); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("a month without data: %d", answer.StatusCode)
	}
}

func TestCardFiles(t *testing.T) {
	o := newOffice(t, Gate{Open: true})
	for _, kind := range []string{"ringkasan", "peringkat", "ppid", "pengaduan"} {
		for size, want := range map[string][2]int{"1920x1080": {1920, 1080}, "1080x1350": {1080, 1350}} {
			address := "/kartu/" + kind + "-" + size
			c, err := png.DecodeConfig(strings.NewReader(o.get(address + ".png?month=2026-02")))
			if err != nil || c.Width != want[0] || c.Height != want[1] {
				t.Errorf("%s: %d×%d, %v", address, c.Width, c.Height, err)
			}
			text := o.get(address + ".svg?month=2026-02")
			mention(t, address, text, "Kabupaten Contoh", "Februari 2026", "Keadaan per 5 Maret 2026 WIB", "n = ", "Saringan: semua OPD", "Sumber: ", "Kode: sementara",
				fmt.Sprintf(`width="%d" height="%d"`, want[0], want[1]))
		}
	}
	for _, address := range []string{"/kartu/lain-1920x1080.png", "/kartu/ppid-1x1.png", "/kartu/ppid-1920x1080.gif", "/kartu/ppid", "/paket/lain.zip"} {
		if answer, _ := o.send(httptest.NewRequest(http.MethodGet, address, nil)); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", address, answer.StatusCode)
		}
	}
}

// Who may not see persons gets a workbook that says so; who may not see rows
// gets none, and no evidence pack.
func TestFilesOfAGuest(t *testing.T) {
	o := newOffice(t, Gate{Accounts: populated{}})
	people := fmt.Sprint(o.sheet("2026-02", "Pranata Humas"))
	if strings.Contains(people, "Siti Rahasia") {
		t.Error("a guest reads the names of persons in the workbook")
	}
	mention(t, "the sheet Pranata Humas", people, "berhak melihatnya")
	mention(t, "the sheet Rincian", fmt.Sprint(o.sheet("2026-02", "Rincian")), "tidak disertakan")
	for _, address := range []string{"/paket/bukti-dukung.zip?month=2026-02", closingPath + "?month=2026-02"} {
		if answer, _ := o.send(httptest.NewRequest(http.MethodGet, address, nil)); answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s for a guest: %d", address, answer.StatusCode)
		}
	}
	if answer, _ := o.post(url.Values{"month": {"2026-02"}}); answer.StatusCode != http.StatusForbidden {
		t.Errorf("a guest closes the month: %d", answer.StatusCode)
	}
}

// populated is an office that has users.
type populated struct{ Accounts }

func (populated) Users(context.Context) ([]account.User, error) { return make([]account.User, 1), nil }

package ingest_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest/source"
)

// rss wraps items into a feed.
func rss(items ...string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>` + strings.Join(items, "") + `</channel></rss>`
}

func guidItem(n int, guid string) string {
	return fmt.Sprintf(`<item><title>Berita nomor %d</title><link>https://dinkes.contohkab.go.id/%d</link><guid isPermaLink="false">%s</guid><pubDate>Tue, 03 Nov 2026 08:00:00 +0700</pubDate><description>Isi %d.</description></item>`, n, n, guid, n)
}

// bomb is a workbook whose sheet unpacks to far more than its size.
func bomb(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	sheet, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	for range 400 {
		if _, err := sheet.Write(bytes.Repeat([]byte(" "), 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestBadInputLeavesReasons pulls everything that goes wrong at once: each
// source is booked with its reason, and the good ones are unharmed.
func TestBadInputLeavesReasons(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	var turn int
	mux := http.NewServeMux()
	mux.HandleFunc("/robots.txt", http.NotFound)
	answer := func(path string, status int, contentType, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		})
	}
	redirect := func(path, to string) { mux.Handle(path, http.RedirectHandler(to, http.StatusFound)) }
	const xml = "application/rss+xml"
	answer("/baik", 200, xml, rss(guidItem(1, "a"), guidItem(2, "b")))
	answer("/html", 200, "text/html", "<html><body>Situs dalam perbaikan</body></html>")
	answer("/kosong", 200, xml, "")
	answer("/rusak", 200, xml, `<rss><channel><item><title>x</title`)
	answer("/larang", 403, "text/plain", "dilarang")
	answer("/sibuk", 429, "text/plain", "")
	redirect("/putar", "/putar")
	redirect("/awan", "http://169.254.169.254/latest/meta-data/")
	mux.HandleFunc("/besar", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", xml)
		chunk := bytes.Repeat([]byte(" "), 1<<20)
		for range 50 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	answer("/guid-sama", 200, xml, rss(guidItem(11, "sama"), guidItem(12, "sama"), guidItem(13, "sama")))
	mux.HandleFunc("/guid-ganti", func(w http.ResponseWriter, r *http.Request) {
		turn++
		w.Header().Set("Content-Type", xml)
		fmt.Fprint(w, rss(guidItem(21, fmt.Sprintf("guid-%d", turn))))
	})
	many := make([]string, 10_000)
	for i := range many {
		many[i] = guidItem(100+i, fmt.Sprint(i))
	}
	answer("/banyak", 200, xml, rss(many...))
	plain := httptest.NewServer(mux)
	t.Cleanup(plain.Close)
	secure := httptest.NewTLSServer(mux)
	t.Cleanup(secure.Close)
	secure.Config.ErrorLog = nil

	folder := t.TempDir()
	for name, content := range map[string][]byte{
		"bom.xlsx":     bomb(t),
		"lebar.csv":    []byte(strings.Repeat("a,", 1_000_000) + "b\n1\n"),
		"latin.csv":    []byte("registration_no,received_at,topic\n1,2026-10-05,Anggaran caf\xe9 \x96 \x93kutip\x94\n"),
		"utf16.csv":    utf16LE("registration_no;received_at\n2;2026-10-05\n"),
		"bertanda.csv": []byte("\xEF\xBB\xBFregistration_no,received_at\n3,2026-10-05\n"),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	register := registerSource("register", folder, "ppid")
	register.OPD = "Dinas Sosial"
	sources := []source.Source{register, {
		Name: "basis-data", Kind: "database", Database: &source.Database{Driver: "sqlite", DSN: filepath.Join(folder, "tidak-ada.sqlite"), Import: "ppid", Query: "SELECT 1"},
	}}
	want := map[string]string{
		"register": "file", "basis-data": "file", "baik": "", "html": "not_a_feed", "kosong": "not_a_feed", "rusak": "parse", "larang": "http_403",
		"sibuk": "http_429", "putar": "redirect", "awan": "private_address", "besar": "too_large", "guid-sama": "", "guid-ganti": "", "banyak": "",
		"sertifikat": "tls", "tanpa-nama": "dns", "mati": "refused",
	}
	for name := range want {
		switch name {
		case "register", "basis-data":
		case "sertifikat":
			sources = append(sources, feedAt(name, secure.URL+"/baik"))
		case "tanpa-nama":
			sources = append(sources, feedAt(name, "http://tidak-ada.contohkab.invalid/feed"))
		case "mati":
			dead := httptest.NewServer(mux)
			dead.Close()
			sources = append(sources, feedAt(name, dead.URL+"/feed"))
		default:
			sources = append(sources, feedAt(name, plain.URL+"/"+name))
		}
	}
	c := testConfig(t, sources...)
	first := pull(t, b, c)
	got := map[string]string{}
	for _, s := range first.Sources {
		got[s.Source] = ""
		if s.Failure != nil {
			got[s.Source] = s.Failure.Reason
			if s.Failure.Words == "" || strings.Contains(s.Failure.Words, "\n") {
				t.Errorf("%s: words %q", s.Source, s.Failure.Words)
			}
		}
		if s.Source == "register" {
			if diff := cmp.Diff("bertanda.csv:imported bom.xlsx:failed latin.csv:imported lebar.csv:failed utf16.csv:imported", files(s)); diff != "" {
				t.Errorf("files (-want +got):\n%s%q", diff, s.Notes)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
	booked := map[string]string{}
	for _, row := range b.rows("SELECT source, reason FROM polls WHERE answered = (reason = '')") {
		name, reason, _ := strings.Cut(row, "|")
		booked[name] = reason
	}
	if diff := cmp.Diff(want, booked); diff != "" {
		t.Errorf("polls (-want +got):\n%s", diff)
	}
	if cases := b.cases(); cases != "1 2 3" {
		t.Errorf("cases %s", cases)
	}
	if topic := b.rows("SELECT topic FROM ppid_current WHERE registration_no = '1'"); strings.Join(topic, "") != "Anggaran café – “kutip”" {
		t.Errorf("topic %q", topic)
	}
	// Two good ones, three of one GUID, one whose GUID changes, ten thousand.
	const articles = 2 + 3 + 1 + 10_000
	if first.Accepted != articles+3 {
		t.Errorf("%d accepted, want %d", first.Accepted, articles+3)
	}
	b.clock.now = b.clock.now.Add(time.Hour)
	if again := pull(t, b, c, "guid-ganti"); again.Accepted+again.Updated != 0 {
		t.Errorf("a changed GUID is a change: %+v", again.Tally)
	}
}

func feedAt(name, address string) source.Source {
	s := pullSource(name, "", "", "website")
	s.URL = address
	return s
}

func utf16LE(text string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, r := range text {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

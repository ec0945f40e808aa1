package dashboard

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"image/png"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"gaung/dashboard/excerpt"
)

const thisMonth = "month=2026-10&region=99.01"

// ofCard is the address of a file of a card.
func ofCard(page, file string) string { return with(page, cardField+"="+file) }

// cardPages are the pages that have cards; the others are a wall without
// controls, a document, a search, and a log of the program's own doings.
func cardPages() []page {
	return slices.DeleteFunc(pages(), func(p page) bool {
		return slices.Contains([]string{boardPage.name, methodPage.name, searchPage.name, deliveriesPage.name, verifyPage.name}, p.name)
	})
}

// Whatever shows figures on a page stands in a card with save buttons: no
// table, chart, list of facts or key figure is outside of one.
func TestEveryCardIsOffered(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	for _, p := range cardPages() {
		_, body := get(t, s, with(at(p), thisMonth))
		doc, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		elements(doc, func(n *html.Node) bool {
			if id := attribute(n, "data-save"); id != "" {
				if ids[id] {
					t.Errorf("%s: two cards are named %q", p.path, id)
				}
				ids[id] = true
				for _, want := range []string{id + "-1920x1080.png", id + "-1080x1350.png", id + ".csv"} {
					if !hasButton(n, want) {
						t.Errorf("%s: card %s has no button for %s", p.path, id, want)
					}
				}
			}
			return true
		})
		if len(ids) == 0 {
			t.Errorf("%s has no card", p.path)
		}
		elements(doc, func(n *html.Node) bool {
			if shows(n) && !inCard(n) {
				t.Errorf("%s: %s %q %q stands in no card", p.path, n.Data, attribute(n, "class"), attribute(n, "aria-labelledby"))
			}
			return true
		})
		if !strings.Contains(body, `<form id="berkas" method="get" action="`) {
			t.Errorf("%s has no form behind its buttons", p.path)
		}
	}
}

// shows reports an element that shows figures. What an OPD is called and
// where its site stands is none.
func shows(n *html.Node) bool {
	class := strings.Fields(attribute(n, "class"))
	switch {
	case n.Data == "table", n.Data == "article" && slices.Contains(class, "kpi"), n.Data == "div" && attribute(n, "data-chart") != "":
		return true
	case n.Data == "ul":
		return slices.Contains(class, "attention") || slices.Contains(class, "counts") || slices.Contains(class, "columns")
	case n.Data == "dl":
		return slices.Contains(class, "facts") && attribute(n.Parent, "aria-labelledby") != "identitas"
	}
	return false
}

// inCard reports whether an element around n has save buttons of its own.
func inCard(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		for c := p.FirstChild; c != nil; c = c.NextSibling {
			if attribute(c, "data-save") != "" {
				return true
			}
		}
	}
	return false
}

func hasButton(n *html.Node, value string) (found bool) {
	elements(n, func(e *html.Node) bool {
		found = found || e.Data == "button" && attribute(e, "name") == cardField && attribute(e, "value") == value && attribute(e, "form") == "berkas"
		return true
	})
	return found
}

// picture is an SVG as far as the tests read it.
type picture struct {
	Width  int      `xml:"width,attr"`
	Height int      `xml:"height,attr"`
	Title  string   `xml:"title"`
	Texts  []string `xml:"text"`
}

func drawn(t *testing.T, s *Server, address string) picture {
	t.Helper()
	resp, body := get(t, s, address)
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "image/svg+xml" {
		t.Fatalf("%s: %d %s %s", address, resp.StatusCode, resp.Header.Get("Content-Type"), body)
	}
	var p picture
	if err := xml.Unmarshal([]byte(body), &p); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return p
}

// table reads a CSV file of a card.
func table(t *testing.T, s *Server, address string) (resp *http.Response, records [][]string) {
	t.Helper()
	resp, body := get(t, s, address)
	if resp.StatusCode != http.StatusOK || !strings.HasPrefix(body, "\ufeff") {
		t.Fatalf("%s: %d %.80q", address, resp.StatusCode, body)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return resp, records
}

// Every card of every page gives its pictures in both sizes and its table. A
// picture says what it shows, when, of what, and its code; what it writes
// stands on the page, and a table has as many rows as the page shows.
func TestFilesOfEveryCard(t *testing.T) {
	s := newFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	for _, p := range cardPages() {
		address := with(at(p), thisMonth)
		_, body := get(t, s, address)
		ids, err := excerpt.IDs([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		page, place := seen(doc), "Kabupaten Contoh"
		if p.several {
			place = "99 · Oktober 2026" // the code of a province without a name
		}
		for _, id := range ids {
			t.Run(p.name+" "+id, func(t *testing.T) {
				for size, want := range cardSizes {
					got := drawn(t, s, ofCard(address, id+"-"+size+".svg"))
					if got.Width != want.Width || got.Height != want.Height {
						t.Errorf("%s is %d×%d", size, got.Width, got.Height)
					}
					all := strings.Join(got.Texts, "\n")
					for _, need := range []string{"DATA CONTOH", place, "n = ", "Saringan: ", "Kode: sementara", "2026", "Keadaan per 5 Nov"} {
						if !strings.Contains(all, need) {
							t.Errorf("%s: %q is not on the picture:\n%s", size, need, all)
						}
					}
					if got.Title == "" || strings.HasPrefix(got.Title, " ·") {
						t.Errorf("%s: no title: %q", size, got.Title)
					}
					for _, number := range numbersOf(got.Texts) {
						if !strings.Contains(page, number) {
							t.Errorf("%s: %q is not on the page", size, number)
						}
					}
				}
				resp, body := get(t, s, ofCard(address, id+"-1080x1350.png"))
				c, err := png.DecodeConfig(strings.NewReader(body))
				if err != nil || c.Width != 1080 || c.Height != 1350 {
					t.Errorf("PNG: %d×%d, %v", c.Width, c.Height, err)
				}
				if name := resp.Header.Get("Content-Disposition"); !regexp.MustCompile(`^attachment; filename="gaung_[a-z0-9.-]+_99\.01_[^_]*_2026-11-05\.png"$`).MatchString(name) {
					t.Errorf("named %s", name)
				}
				_, records := table(t, s, ofCard(address, id+".csv"))
				if rows := rowsShown(doc, id); rows >= 0 && len(records)-1 != rows {
					t.Errorf("%d rows in the file, %d on the page", len(records)-1, rows)
				}
			})
		}
	}
}

// seen is every text of a page, with the marks between thousands.
func seen(doc *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return b.String()
}

// numbersOf are the texts of a picture that are a value of the page: those of
// a table or a chart, without the scale and the lines around them.
func numbersOf(texts []string) []string {
	value := regexp.MustCompile(`^[≤≥ −]*\d[\d.,]*%$|^\d+/\d+$|^[≤≥] `)
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return !value.MatchString(text) })
}

// rowsShown counts the rows of a card on its page; −1 for a card that is no
// single table.
func rowsShown(doc *html.Node, id string) int {
	var card *html.Node
	elements(doc, func(n *html.Node) bool {
		if attribute(n, "data-save") == id {
			card = n.Parent
		}
		return true
	})
	tables, rows := 0, 0
	elements(card, func(n *html.Node) bool {
		if n.Data == "table" {
			tables++
		}
		if n.Data == "tr" && n.Parent.Data != "thead" && tables == 1 {
			rows++
		}
		return true
	})
	if tables == 0 {
		return -1
	}
	return rows
}

// The numbers of a card are those of the report, in every file.
func TestCardFilesCarryTheReport(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	r := fixtureReport()
	_, records := table(t, s, ofCard("/ppid?"+thisMonth, "ppid.csv"))
	column := func(title string) int {
		i := slices.Index(records[0], title)
		if i < 0 {
			t.Fatalf("no column %q in %q", title, records[0])
		}
		return i
	}
	for i, o := range r.PPID.OPD {
		row := records[i+1]
		for title, want := range map[string]string{"OPD": o.Name, "Kasus": fmt.Sprint(o.N), "Tepat waktu": fmt.Sprint(o.OnTime), "Terlambat": fmt.Sprint(o.Late), "region": "99.01", "period": "2026-10", "as_of": "2026-11-05"} {
			if got := row[column(title)]; got != want {
				t.Errorf("row %d, %s: %q, want %q", i+1, title, got, want)
			}
		}
	}
	texts := drawn(t, s, ofCard("/publikasi?"+thisMonth, "angka-1920x1080.svg")).Texts
	if !slices.Contains(texts, fmt.Sprint(r.Publication.Stories)) {
		t.Errorf("%d stories are not among %q", r.Publication.Stories, texts)
	}
	// The order and the search of the page are those of its files.
	_, sorted := table(t, s, ofCard("/ppid?"+thisMonth+"&sort=n", "ppid.csv"))
	if first := sorted[1][3]; first == records[1][3] {
		t.Errorf("the order of the address changes nothing: %s is first", first)
	}
	resp, found := table(t, s, ofCard("/ppid?"+thisMonth+"&q=sosial", "ppid.csv"))
	if len(found) != 2 || found[0][3] != "filter" || found[1][3] != "cari sosial" {
		t.Errorf("a search gives %q", found)
	}
	if name := resp.Header.Get("Content-Disposition"); name != `attachment; filename="gaung_ppid-ppid_99.01_2026-10_2026-11-05_cari-sosial.csv"` {
		t.Errorf("named %s", name)
	}
}

// The form behind the buttons carries the whole address of the page, and a
// card that another page shows asks its own.
func TestCardFormKeepsTheAddress(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	_, body := get(t, s, "/ppid?month=2026-10&sort=n&dir=desc&q=dinas+k&peer_group=Dinas&opd=1.03&as_of=2026-11-05&lang=en&kartu=x.gif&region=99.01")
	if !strings.Contains(body, "There is no such card") {
		t.Fatal("an unknown file is not refused")
	}
	_, body = get(t, s, "/ppid?sort=n&dir=desc&q=dinas+k&peer_group=Dinas&as_of=2026-11-05&lang=en")
	form := body[strings.Index(body, `<form id="berkas"`):]
	form = form[:strings.Index(form, "</form>")]
	for _, want := range []string{`action="/ppid"`, `name="from" value="2026-10-08"`, `name="to" value="2026-11-04"`, `name="region" value="99.01"`, `name="sort" value="n"`, `name="dir" value="desc"`, `name="q" value="dinas k"`, `name="peer_group" value="Dinas"`, `name="as_of" value="2026-11-05"`, `name="lang" value="en"`} {
		if strings.Count(form, want) != 1 {
			t.Errorf("%s stands %d times in %s", want, strings.Count(form, want), form)
		}
	}
	for path, own := range map[string]string{"/tren": "tren-berita.csv", "/publikasi/peta": "peta.csv", "/tren/opd": "perubahan.csv", "/ppid/tahun": "tahun.csv"} {
		if _, body := get(t, s, path); !strings.Contains(body, `value="`+own+`" formaction="`+path+`"`) {
			t.Errorf("the card of %s does not ask its own page", path)
		}
	}
}

// A month without data, or a card without rows, gives a picture that says so;
// a card that there is not gives none.
func TestCardsOfNothing(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	texts := strings.Join(drawn(t, s, ofCard("/ppid?month=2025-01&region=99.01", "ppid-1920x1080.svg")).Texts, "\n")
	if !strings.Contains(texts, "Belum ada data Januari 2025") || !strings.Contains(texts, "Kode: ") {
		t.Errorf("a month without data says:\n%s", texts)
	}
	reports := fixtureReports()
	r := fixtureReport()
	r.PPID.OPD = nil
	reports.reports["2026-10"] = r
	texts = strings.Join(drawn(t, newFixture(t, reports, nil), ofCard("/ppid?"+thisMonth, "ppid-1080x1350.svg")).Texts, "\n")
	if !strings.Contains(texts, "Tidak ada permohonan") {
		t.Errorf("a card without rows says:\n%s", texts)
	}
	for _, file := range []string{"gaji-1920x1080.png", "ppid-640x480.png", "ppid-1920x1080.gif", "ppid", ".csv", "-1920x1080.png", "ppid-1920x1080.csv"} {
		if resp, _ := get(t, s, ofCard("/ppid?"+thisMonth, file)); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", file, resp.StatusCode)
		}
	}
}

// A picture of a closed month carries its code and what came in afterwards.
func TestCardsOfAClosedMonth(t *testing.T) {
	o := newOffice(t, Gate{Open: true})
	o.post(url.Values{"month": {"2026-02"}, "region": {"99.01"}, formField: {o.token("2026-02")}})
	id := o.report("2026-02").Closed.ID
	o.rollups(2, 15)
	o.now = o.now.Add(time.Hour)
	frozen := o.get(verifyPath + "?kode=" + id + "&kartu=beku-1920x1080.svg")
	for _, want := range []string{"Kode: " + id, "Kabupaten Contoh · Februari 2026", "Dinas Sosial", "halaman /verifikasi?kode=" + id} {
		if !strings.Contains(frozen, want) {
			t.Errorf("the picture of the frozen figures lacks %q", want)
		}
	}
	for _, address := range []string{"/publikasi?month=2026-02&kartu=angka-1920x1080.svg", "/kartu/ringkasan-1080x1350.svg?month=2026-02", "/kartu/peringkat-1920x1080.svg?month=2026-02"} {
		body := strings.Join(strings.Fields(o.get(address)), " ")
		for _, want := range []string{"Kode: " + id, "Masuk sesudah tutup buku"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", address, want)
			}
		}
		if strings.Contains(body, "belum ditutup") {
			t.Errorf("%s says that the month is open", address)
		}
	}
}

// Files pass the gate of their page: who may not see it gets none of its cards.
func TestCardFilesAreGated(t *testing.T) {
	s := newFixture(t, fixtureReports(), func(o *Options) { o.Gate = Gate{Open: true} })
	if resp, _ := get(t, s, ofCard("/pranata-humas?"+thisMonth, "angka.csv")); resp.StatusCode != http.StatusOK {
		t.Fatalf("the example refuses persons: %d", resp.StatusCode)
	}
	closed := newFixture(t, fixtureReports(), func(o *Options) { o.Gate = Gate{} })
	for _, path := range []string{"/pranata-humas", "/pranata-humas/198001012005011001"} {
		for _, file := range []string{"angka.csv", "karya.csv", "karya-1920x1080.png", "karya-1080x1350.svg"} {
			resp, body := get(t, closed, ofCard(path+"?"+thisMonth, file))
			if resp.StatusCode == http.StatusOK || strings.Contains(body, "Siti") {
				t.Errorf("%s %s is given to a visitor who may not see it: %d", path, file, resp.StatusCode)
			}
		}
	}
}

// Titles from the web stay text in every file.
func TestHostileCardFiles(t *testing.T) {
	const bad = `=HYPERLINK("http://evil.example")<script>alert(1)</script>`
	reports := fixtureReports()
	reports.details.bad = bad
	r := fixtureReport()
	r.PPID.OPD[0].Name = bad
	reports.reports["2026-10"] = r
	s := newFixture(t, reports, nil)
	for _, address := range []string{"/ppid?" + thisMonth, "/opd/1.03?" + thisMonth} {
		_, body := get(t, s, address)
		ids, err := excerpt.IDs([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			_, body := get(t, s, ofCard(address, id+"-1920x1080.svg"))
			if strings.Contains(body, "<script") {
				t.Errorf("%s %s: script in the picture", address, id)
			}
			if err := xml.Unmarshal([]byte(body), &picture{}); err != nil {
				t.Errorf("%s %s: %v", address, id, err)
			}
			_, records := table(t, s, ofCard(address, id+".csv"))
			for _, record := range records {
				for _, cell := range record {
					if strings.HasPrefix(cell, "=") {
						t.Errorf("%s %s: formula %q", address, id, cell)
					}
				}
			}
		}
	}
}

// The PNG is the same drawing as the SVG: it is drawn again and again the same.
func TestCardPictureIsStable(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	address := ofCard("/publikasi?"+thisMonth, "peringkat-1920x1080.png")
	_, first := get(t, s, address)
	if _, second := get(t, s, address); !bytes.Equal([]byte(first), []byte(second)) {
		t.Error("the same address gives two pictures")
	}
}

// The files of an English page are in English.
func TestCardFilesInEnglish(t *testing.T) {
	s := newEnglish(t, fixtureReports(), func(o *Options) { o.Example = true })
	check := func(name, text string) {
		for _, known := range data {
			text = strings.ReplaceAll(text, known, "")
		}
		if found := indonesian.FindString(text); found != "" {
			t.Errorf("%s: %q in %q", name, found, text)
		}
	}
	for _, p := range []page{overviewPage, publicationPage, requestsPage, trendPage, qualityPage} {
		address := with(at(p), inEnglish)
		_, body := get(t, s, address)
		ids, err := excerpt.IDs([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			texts := drawn(t, s, ofCard(address, id+"-1920x1080.svg")).Texts
			// Names go on in the next line, or are cut.
			whole := slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return strings.HasSuffix(text, "…") })
			if p.name != qualityPage.name { // which quotes registers
				check(p.path+" "+id, strings.Join(whole, " "))
			}
			all := strings.Join(texts, "\n")
			for _, want := range []string{"EXAMPLE DATA", "Code: ", "Filter: ", "Source: Gaung, page "} {
				if !strings.Contains(all, want) {
					t.Errorf("%s %s: %q is not on the picture:\n%s", p.path, id, want, all)
				}
			}
			if _, records := table(t, s, ofCard(address, id+".csv")); p.name != qualityPage.name {
				for _, title := range records[0] {
					check(p.path+" "+id+".csv", title)
				}
			}
		}
	}
}

package dashboard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// inventoryAddress are the pages whose every number is walked by
// [TestEveryNumberLeadsToItsRows], as they are asked for.
func inventoryAddress(p page) (address string, walked bool) {
	switch p.name {
	case overviewPage.name, publicationPage.name, heatPage.name, trendPage.name, changesPage.name, requestsPage.name, complaintsPage.name, indexPage.name:
		return p.path, true
	case agencyPage.name:
		return "/opd/1.03", true
	}
	return "", false
}

// notWalked are the pages that the inventory does not look at, each with the
// reason.
var notWalked = map[string]string{
	yearPage.name:       "walked by TestSystemFiguresHaveTheirRows",
	peoplePage.name:     "walked by TestSystemFiguresHaveTheirRows",
	regionsPage.name:    "followed by TestProvince; its columns are not walked",
	sourcesPage.name:    "walked by TestSystemFiguresHaveTheirRows",
	qualityPage.name:    "walked by TestSystemFiguresHaveTheirRows",
	personPage.name:     "walked by TestSystemFiguresHaveTheirRows",
	verifyPage.name:     "the code of one edition, and its hashes",
	deliveriesPage.name: "a log of what was sent: every row is listed",

	"case":          "the ledger of one case: days and working days, no counts of rows",
	boardPage.name:  "a wall without controls: nothing on it can be followed",
	methodPage.name: "a document",
	searchPage.name: "lists what is found, each a link",
	rowsPage.name:   "the rows themselves",
}

// numberKind is a kind of number without rows of its own: the columns or facts
// of cards that show it, and why it counts no rows.
type numberKind struct {
	cards string   // the cards it stands in, with spaces between
	heads []string // the heads of its columns or facts
	why   string
}

// withoutRows lists the kinds of numbers that lead nowhere. Each names the
// columns it stands in, so that a new column of any card is noticed.
var withoutRows = []numberKind{
	{"peringkat ppid tanggapan penyelesaian layanan", []string{"Tempat"}, "a range of places that cannot be told apart"},
	{"agenda berita", []string{"Tanggal"}, "a day"},
	{"kasus", []string{"Mulai", "Selesai"}, "a day"},
	{"tenggat", []string{"Jatuh tempo", "Mulai"}, "a day"},
	{"tenggat", []string{"Sisa"}, "days until or since one day, in the row of its case"},
	{"kasus", []string{"Terpakai"}, "working days of one case, in the row that leads to it"},
	{"jenis", []string{"Batas selesai"}, "a limit of the rules"},
	{"corong-ppid corong-tanggapan corong-selesai", []string{"Batas 95%"}, "an interval: what chance alone explains"},
	{"berita-per-opd", []string{"Target sebulan"}, "a target"},
	{"kewajaran", []string{"Tiga teratas bertahan"}, "a probability of a simulation"},
	{"layanan", []string{"Yang lain"}, "what the others have, for comparison; each has its own page"},
	{"publikasi", []string{"Capaian OPD lain se-wilayah"}, "what the others have, for comparison; each has its own page"},
	{"publikasi", []string{"Tempat"}, "a range of places"},
	{"publikasi", []string{"PPID", "Publikasi", "Tanggapan pertama", "Penyelesaian"}, "points of an index: a score"},
	{"indeks", []string{"Indeks", "PPID", "Publikasi", "Tanggapan pertama", "Penyelesaian"}, "points of an index: a score"},
	{"indeks", []string{"Tempat", "Tempat bila bobot digeser"}, "a range of places"},
	{"sumber", []string{"Kode"}, "the code of the OPD"},
}

// unfilled are columns that hold numbers, but none in this office.
var unfilled = map[string]string{
	"berita-per-opd / Status":  "words, set like the numbers beside them",
	"corong-ppid / Letak":      "words, set like the numbers beside them",
	"corong-tanggapan / Letak": "words, set like the numbers beside them",
	"corong-selesai / Letak":   "words, set like the numbers beside them",
}

// numberColumn is what the pages show in one column of a card, under one fact or as
// one key figure.
type numberColumn struct {
	card, head string
	linked     int    // cells that lead somewhere
	bare       int    // cells with a number other than 0 that lead nowhere
	cells      int    // all cells
	figure     bool   // its head says that it holds numbers
	example    string // a bare one
	page       string
}

// inventory collects the numbers of pages.
type inventory map[string]*numberColumn

func (v inventory) of(page, card, head string) *numberColumn {
	key := card + " / " + head
	if v[key] == nil {
		v[key] = &numberColumn{card: card, head: head, page: page}
	}
	return v[key]
}

// add takes in one cell: everything in it that leads somewhere counts for its
// numbers.
func (n *numberColumn) add(cell *html.Node) {
	n.cells++
	text := strings.Join(strings.Fields(shownText(cell)), " ")
	switch {
	case !strings.ContainsFunc(text, unicode.IsDigit):
	case hasLink(cell):
		n.linked++
	case strings.Trim(text, "0%, ") != "":
		n.bare++
		n.example = cmp.Or(n.example, text)
	}
}

// walk collects the numbers of a page: the cells of its tables under their
// heads, its facts under their terms, its key figures and counts by their name.
func (v inventory) walk(page, body string) error {
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return err
	}
	elements(doc, func(n *html.Node) bool {
		switch n.Data {
		case "table":
			v.table(page, n)
		case "dd":
			v.of(page, cardAround(n), strings.TrimSpace(shownText(before(n)))).add(n)
		case "article":
			if id := attribute(n, "data-kpi"); id != "" {
				elements(n, func(part *html.Node) bool {
					if attribute(part, "data-part") == "value" {
						v.of(page, "angka", id).add(part)
					}
					return true
				})
			}
		case "li":
			if id := attribute(n, "data-count"); id != "" {
				v.of(page, cardAround(n), id).add(n)
			}
		}
		return true
	})
	return nil
}

// table collects the cells of a table by column.
func (v inventory) table(page string, table *html.Node) {
	card := cardAround(table)
	var heads []string
	var figure []bool
	elements(table, func(n *html.Node) bool {
		if n.Data != "tr" {
			return true
		}
		column := 0
		for cell := n.FirstChild; cell != nil; cell = cell.NextSibling {
			switch {
			case cell.Data == "th" && attribute(cell, "scope") == "col":
				heads = append(heads, headOf(table, cell))
				figure = append(figure, slices.Contains(strings.Fields(attribute(cell, "class")), "figure"))
			case cell.Data == "td" && column < len(heads):
				c := v.of(page, card, heads[column])
				c.figure = c.figure || figure[column]
				c.add(cell)
			}
			if cell.Type == html.ElementNode {
				column++
			}
		}
		return true
	})
}

// headOf names a column. The weeks of the heat map are one kind of number.
func headOf(table, head *html.Node) string {
	if attribute(table, "class") == "heat-map" && attribute(head, "class") == "figure" {
		return "minggu"
	}
	if text := strings.Join(strings.Fields(shownText(head)), " "); text != "" {
		return text
	}
	return strings.TrimSpace(allText(head))
}

// shownText is the text of an element without its units and without what only
// screen readers are told.
func shownText(n *html.Node) string {
	if n == nil {
		return ""
	}
	if n.Type == html.TextNode {
		return n.Data
	}
	class := strings.Fields(attribute(n, "class"))
	if n.Data == "svg" || slices.Contains(class, "unseen") || slices.Contains(class, "unit") || slices.Contains(class, "sort-mark") {
		return ""
	}
	var b strings.Builder
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		b.WriteString(shownText(child))
	}
	return b.String()
}

func allText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		b.WriteString(allText(child))
	}
	return b.String()
}

func hasLink(n *html.Node) bool {
	found := false
	elements(n, func(e *html.Node) bool {
		found = found || e.Data == "a" && attribute(e, "href") != ""
		return !found
	})
	return found
}

// before is the element before another one.
func before(n *html.Node) *html.Node {
	for n = n.PrevSibling; n != nil && n.Type != html.ElementNode; {
		n = n.PrevSibling
	}
	return n
}

// cardAround names the card that an element stands in: that of the nearest save
// button among what surrounds it.
func cardAround(n *html.Node) string {
	for around := n.Parent; around != nil; around = around.Parent {
		card := ""
		elements(around, func(e *html.Node) bool {
			card = cmp.Or(card, attribute(e, "data-save"))
			return card == ""
		})
		if card != "" {
			return card
		}
	}
	return ""
}

// Every number leads to its rows: those that do not are of a kind that counts
// none, and the list of these kinds names no column that is not there.
func TestEveryNumberLeadsToItsRows(t *testing.T) {
	o := fullOffice(t)
	found := inventory{}
	for _, p := range pages() {
		address, walked := inventoryAddress(p)
		if !walked {
			if notWalked[p.name] == "" {
				t.Errorf("%s (%s) is neither walked nor named as a page without numbers", p.path, p.name)
			}
			continue
		}
		if err := found.walk(p.path, o.get(address+"?month=2026-02&region=99.01")); err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range []string{weekRows, draftRows, newsRows} {
		rows := rowsOnPage.FindStringSubmatch(o.get(rowsURL(kind, allRows, "") + "?month=2026-02&region=99.01"))
		if rows == nil || rows[1] == "0" {
			t.Errorf("the page of %s lists no rows: %v", kind, rows)
		}
	}
	excused := map[string]bool{}
	for _, kind := range withoutRows {
		for _, card := range strings.Fields(kind.cards) {
			for _, head := range kind.heads {
				key := card + " / " + head
				if n := found[key]; n == nil || n.bare == 0 {
					t.Errorf("%s shows no number without rows any more: take it off the list", key)
				}
				excused[key] = true
			}
		}
	}
	for key := range unfilled {
		if n := found[key]; n == nil || n.linked > 0 || n.bare > 0 {
			t.Errorf("%s is not an unfilled column any more: take it off the list", key)
		}
	}
	var missing []string
	for key, n := range found {
		switch {
		case excused[key]:
		case n.bare > 0:
			missing = append(missing, fmt.Sprintf("%s: %s shows %q, which leads nowhere (%d of %d cells)", n.page, key, n.example, n.bare, n.cells))
		case n.figure && n.linked == 0 && unfilled[key] == "":
			missing = append(missing, fmt.Sprintf("%s: %s never shows a number with rows in this office", n.page, key))
		}
	}
	slices.Sort(missing)
	for _, m := range missing {
		t.Error(m)
	}
}

// fullOffice is an office in which every column of the pages has a number: that
// of the rows, with a year of stories and cases before, for the charts of months.
func fullOffice(t *testing.T) *office {
	t.Helper()
	o := rowsOffice(t)
	for _, statement := range []string{
		"INSERT INTO stories (region, generation, story_id, opd, published_at, day, title, url, articles, channels) SELECT '99.01', 2, 1000 + number, concat('1.0', toString(1 + number % 7)), toDateTime64('2024-12-01 03:00:00', 3, 'UTC') + toIntervalDay(number), toDate32('2024-12-01') + toIntervalDay(number), 'Berita', concat('https://contoh.go.id/lama/', toString(number)), 1, ['website'] FROM numbers(390)",
		"INSERT INTO ppid_cases (region, generation, opd, registration_no, received_day, notified_day) SELECT '99.01', 3, concat('1.0', toString(1 + number % 3)), concat('L/', toString(number)), toDate32('2024-12-01') + toIntervalDay(intDiv(number, 2)), toDate32('2024-12-06') + toIntervalDay(intDiv(number, 2)) FROM numbers(780)",
		"INSERT INTO complaint_spells (region, generation, opd, tracking_id, spell, kind, submitted_day, verified_day, assigned_day, first_response_day, resolved_day) SELECT '99.01', 3, concat('1.0', toString(1 + number % 3)), toString(20000 + number), 1, 'information', toDate32('2024-12-01') + toIntervalDay(intDiv(number, 2)), toDate32('2024-12-02') + toIntervalDay(intDiv(number, 2)), toDate32('2024-12-03') + toIntervalDay(intDiv(number, 2)), toDate32('2024-12-06') + toIntervalDay(intDiv(number, 2)), toDate32('2024-12-08') + toIntervalDay(intDiv(number, 2)) FROM numbers(780)",
		"INSERT INTO holidays (region, date, name, kind, key_hash, version) VALUES ('', '2024-12-25', 'Hari Natal', 'libur nasional', 5, 1)",
	} {
		o.exec(statement)
	}
	return o
}

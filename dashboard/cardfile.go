package dashboard

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/cards"
	"gaung/dashboard/excerpt"
	"gaung/dashboard/export"
	"gaung/dashboard/wording"
)

// cardField asks a page, in its own address, for the file of one of its cards
// instead of itself: kartu=tenggat-1920x1080.png, or .svg, or kartu=tenggat.csv.
// So a file passes the same gates as its page, and its figures are measured by
// the same view; what it shows is read back from the page (package excerpt).
const cardField = "kartu"

// saveView is the save buttons of a card.
type saveView struct {
	ID string
	// Action is the page of the card where another page shows it too.
	Action string
}

func newSave(id, action string) saveView { return saveView{id, action} }

// cardForm is the form that all save buttons of a page send: the page's own
// address.
type cardForm struct {
	Action string
	Fields []field
}

// newCardForm keeps the whole address of the page; the selection makes it
// complete, so that a saved address shows the same figures tomorrow.
func newCardForm(c *fiber.Ctx, sel *selection) *cardForm {
	f := &cardForm{Action: c.Path()}
	if sel != nil {
		f.Fields = sel.fields()
	}
	given := len(f.Fields)
	c.Context().QueryArgs().VisitAll(func(key, value []byte) {
		name := string(key)
		if name != cardField && !slices.ContainsFunc(f.Fields[:given], func(known field) bool { return known.Name == name }) {
			f.Fields = append(f.Fields, field{name, string(value)})
		}
	})
	return f
}

// cardAsked is a file of a card: which card, in what size, as what.
type cardAsked struct {
	id, size, extension string
}

// readCardAsked reads "tenggat-1920x1080.png" and "tenggat.csv".
func readCardAsked(text string) (a cardAsked, ok bool) {
	name, extension, _ := strings.Cut(text, ".")
	a = cardAsked{id: name, extension: extension}
	if extension == "csv" {
		return a, name != ""
	}
	i := strings.LastIndexByte(name, '-')
	if i < 1 || extension != "png" && extension != "svg" {
		return a, false
	}
	a.id, a.size = name[:i], name[i+1:]
	_, ok = cardSizes[a.size]
	return a, ok
}

// sendCard sends the file of a card of a page.
func (s *Server) sendCard(c *fiber.Ctx, p page, sc *screen, asked string) error {
	lang := wording.From(c.UserContext())
	want, ok := readCardAsked(asked)
	if !ok {
		return noCard(asked)
	}
	page, err := s.templates[lang.Code()].content(sc.template, sc.body)
	if err != nil {
		return fmt.Errorf("dashboard: card: %w", err)
	}
	content, head, err := excerpt.Find(page, want.id, listWords(lang))
	if errors.Is(err, excerpt.ErrNoCard) && sc.template == "empty" {
		// A picture in somebody's slides says why it has no figures this month.
		content, err = excerpt.Alone(page)
	}
	switch {
	case errors.Is(err, excerpt.ErrNoCard):
		return noCard(asked)
	case err != nil:
		return fmt.Errorf("dashboard: card: %w", err)
	}
	content.Title = cmp.Or(content.Title, head.Title)
	origin := s.originOf(c, p, sc, head, content)
	name := export.Name(origin.metric+"-"+want.id, origin.region, origin.period, origin.asOf, origin.filter, want.extension)
	if want.extension == "csv" {
		var b bytes.Buffer
		if err := excerpt.CSV(&b, content, numerals(lang), origin.context()...); err != nil {
			return fmt.Errorf("dashboard: card: %w", err)
		}
		c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
		attach(c, name)
		return c.Send(b.Bytes())
	}
	if err := sendScene(c, cards.DrawContent(lang, content, origin.stamp, cardSizes[want.size]), want.extension,
		export.Name(origin.metric+"-"+want.id+"-"+want.size, origin.region, origin.period, origin.asOf, origin.filter, want.extension)); err != nil {
		return err
	}
	if want.extension == "png" {
		c.Set(fiber.HeaderContentDisposition, strings.Replace(string(c.Response().Header.Peek(fiber.HeaderContentDisposition)), "inline", "attachment", 1))
	}
	return nil
}

// noCard is the answer where a page has no such card.
func noCard(asked string) error {
	return &failure{
		Status: fiber.StatusNotFound, Code: "no_card", Title: "Kartu ini tidak ada",
		Words: "Halaman ini tidak punya kartu {1}. Buka halamannya dan unduh dari tombol pada kartunya.", Args: []any{shorten(asked)},
	}
}

// listWords titles the columns of lists that have no titles on the page.
func listWords(lang wording.Language) excerpt.Words {
	return excerpt.Words{
		Term: lang.T("Perihal"), Value: lang.T("Nilai"), Sentence: lang.T("Yang perlu perhatian"), Count: lang.T("Banyaknya"), Name: lang.T("Nama"),
	}
}

// numerals says how the pages of a language write numbers.
func numerals(lang wording.Language) excerpt.Numerals {
	sample := lang.Number(1000.5, 1) // 1.000,5
	return excerpt.Numerals{
		Thousands: sample[1:2], Decimal: sample[5:6],
		Detail: func(title string) string { return lang.T("{1}, rincian", title) },
		Tier:   lang.T("Tingkat"),
		Of:     func(part, whole string) string { return lang.T("{1} dari {2}", part, whole) },
		Figure: lang.T("Angka"), Value: lang.T("Nilai"), OfWhole: lang.T("Dari|bagian"), Compare: lang.T("Banding"),
		Target: lang.T("Target"), N: "n",
	}
}

// basis says what a card stands on.
func basis(lang wording.Language, content *cards.Content) string {
	switch {
	case content.N != "":
		return content.N
	case len(content.Figures) > 0:
		return lang.T("lihat tiap angka")
	case content.Table == nil || len(content.Table.Columns) == 0:
		return "0"
	}
	t := content.Table
	rows := 0
	for _, r := range t.Rows {
		if !r.Total {
			rows++
		}
	}
	words := lang.T("{1} baris", lang.Count(rows))
	if slices.ContainsFunc(t.Columns, func(c cards.Column) bool { return c.Title == "OPD" && !c.Figure }) {
		if named := rowsAbout(t, "OPD"); named == rows {
			words = lang.T("{1} OPD", lang.Count(rows))
		}
	} else if t.Columns[0].Title == lang.T("Bulan") {
		words = lang.T("{1} bulan", lang.Count(rows))
	}
	return words
}

// rowsAbout counts the different names in the column of a title.
func rowsAbout(t *cards.Table, title string) int {
	index := slices.IndexFunc(t.Columns, func(c cards.Column) bool { return c.Title == title })
	seen := map[string]bool{}
	for _, r := range t.Rows {
		if index < len(r.Cells) {
			seen[r.Cells[index].Text] = true
		}
	}
	return len(seen)
}

package dashboard

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// rowsPage shows the rows that a figure counts: as many as the figure says.
var rowsPage = page{path: rowsPath, name: "rows", view: (*Server).rows}

// rowsPerPage is how many rows a page lists.
const rowsPerPage = 200

// rowsView is what templates/rows.html shows.
type rowsView struct {
	Title, Period, AsOf string
	Query               string
	// Part and OPD say which rows these are; Part is empty for all of a kind.
	Part, OPD, OPDURL string
	// Person is whose rows they are; OPDURL leads there.
	Person string
	// File is the address of the same rows as CSV.
	File            string
	Count           int
	Pages           rowPages
	Pieces          []pieceRow
	Days            []dayRow
	Events          []eventRow
	Cases           []detailCase
	Due             []dueRow
	Agencies        []agencyRow
	List            listView
	About, AboutURL string // the source or the name that the rows are of
	Reasons         bool   // some refusals name a reason
	Types           bool   // cases are of several kinds
	One             bool   // of one OPD, which needs no column then
}

// rowPages is the place of a page in a long list.
type rowPages struct {
	Page, Pages    int
	Previous, Next string
}

// pieceRow is one story or article.
type pieceRow struct {
	Date, Title, URL, OPD, Place, Channel, Roles string
	OPDName                                      wording.Cell
}

// dayRow is one day with a story.
type dayRow struct {
	Date    string
	Stories drill
}

// agencyRow is one OPD in a list of OPD.
type agencyRow struct {
	OPD, Name, Status, Reason string
	Stories                   wording.Cell
	WeeksMet                  string
}

// officeCell is the cell that names the OPD of a row.
type officeCell struct {
	OPD, URL string
	Name     wording.Cell
}

// rowAsk is what the path of the page of rows asks for.
type rowAsk struct {
	kind   rowKind
	part   rowPart
	key    string // as in the address: an OPD, "" for all, "-" for the unknown one; or a person
	opd    string // the key, where it is an OPD
	period calendar.Period
	only   map[string]bool // the OPD the rows are restricted to, nil for all
}

// rowsOf reads the path of the page of rows.
func rowsOf(raw string) (rowAsk, bool) {
	var parts []string
	for _, part := range strings.Split(strings.Trim(raw, "/"), "/") {
		text, err := url.PathUnescape(part)
		if err != nil {
			return rowAsk{}, false
		}
		parts = append(parts, text)
	}
	parts = append(parts, "", "")
	if len(parts) > 5 {
		return rowAsk{}, false
	}
	kind, known := rowKindOf(parts[0])
	if !known {
		return rowAsk{}, false
	}
	part, known := kind.part(parts[1])
	ask := rowAsk{kind: kind, part: part, key: parts[2]}
	if kind.ofOPD() {
		ask.opd = ask.key
	}
	return ask, known
}

// holds reports whether a row belongs to what is asked for.
func (q rowAsk) holds(d metrics.Detail) bool {
	return q.ofOPD(d.OPD) && (q.only == nil || q.only[d.OPD]) && (q.part.keeps == nil || q.part.keeps(d, q.period))
}

func (q rowAsk) ofOPD(code string) bool {
	return q.opd == "" || q.opd == code || q.opd == unknownOPD && code == ""
}

// rows shows the rows behind a figure.
func (s *Server) rows(ctx context.Context, a address) (*screen, error) {
	list, instead, err := s.askRows(ctx, a)
	if err != nil || instead != nil {
		return instead, err
	}
	list.from, list.most = (a.Page-1)*rowsPerPage, rowsPerPage
	if err := s.readRows(ctx, list); err != nil {
		return nil, list.failed(err)
	}
	list.finish(a.Page)
	v := list.view
	return &screen{template: "rows", selection: list.sel, body: v, title: v.Title + " · " + v.Period, timeless: list.ask.kind.timeless()}, nil
}

// askRows resolves the address of a page of rows, as far as the visitor may see
// them. Where there is no data, it gives the screen to show instead.
func (s *Server) askRows(ctx context.Context, a address) (*rowList, *screen, error) {
	lang := wording.From(ctx)
	ask, ok := rowsOf(a.RowsPath)
	if !ok {
		return nil, nil, &failure{
			Status: fiber.StatusNotFound, Code: "not_found", Title: "Baris tidak ditemukan",
			Words: "Tidak ada baris seperti itu. Buka lewat angka di salah satu halaman.",
		}
	}
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	if !ask.kind.admits(visitorOf(ctx), sel.Region.Code, ask.part.name, ask.key) {
		return nil, nil, refused(visitorOf(ctx))
	}
	if sel.Region.Code == "" || !ask.kind.withoutData() && (sel.NoData || !sel.hasMonth()) {
		return nil, s.emptyScreen(sel), nil
	}
	if a.One || ask.kind.ofPerson() {
		sel.unrestrict()
	}
	ask.period = sel.Period
	v := &rowsView{
		Title: lang.T(ask.kind.words), Period: sel.Region.Name + ", " + lang.Span(sel.Period), Query: sel.query(),
		Part: partWords(lang, ask), OPD: ask.opd, One: ask.opd != "", File: rowsFileURL(ask) + sel.ownQuery(),
	}
	switch {
	case ask.kind.ofPerson():
		v.Person, v.OPDURL = ask.key, personURL(ask.key, v.Query)
	case ask.opd == unknownOPD:
		v.OPD = lang.T("OPD tidak dikenal")
	case ask.opd != "":
		v.OPDURL = agencyURL(ask.opd, v.Query)
	}
	list := &rowList{view: v, links: newRowLinks(ctx, sel), sel: sel, ask: ask, at: readAt(a.At, sel.Now), sourceOPD: a.SourceOPD, more: a.rowsMore()}
	v.File += list.more
	if a.Ranked != "" {
		over, ok := rankedOver(a.Ranked)
		if !ok {
			return nil, nil, badValue("Periode {1} tidak dapat dibaca; buka barisnya lewat angka di halaman Wilayah.", nil, strconv.Quote(a.Ranked))
		}
		list.rankedOver = &over
		v.About = lang.T("hanya OPD yang diperingkat pada {1}", lang.Span(over))
	}
	if ask.kind.table == listTable {
		list.listing = ask.kind.listing(lang)
		v.List = listView{Caption: list.listing.caption, Heads: list.listing.heads}
		if ask.opd == "" {
			if v.About = ask.key; ask.kind.name == pollRows {
				v.AboutURL = sourcesPage.path + v.Query + "&q=" + url.QueryEscape(ask.key)
			}
		}
		if ask.kind.timeless() {
			v.Period = sel.Region.Name
		}
	}
	return list, nil, nil
}

// withoutData reports whether the rows can be there in a period without any
// data, as OPD are.
func (k rowKind) withoutData() bool { return k.timeless() || k.table == opdTable }

// partWords says which rows of a kind are shown.
func partWords(lang wording.Language, ask rowAsk) string {
	switch {
	case ask.part.name == allRows:
		return ""
	case strings.HasPrefix(ask.part.name, kindPrefix):
		return lang.KindWords(ask.part.words)
	case strings.HasPrefix(ask.part.name, placePrefix):
		return ask.part.words
	}
	return lang.T(ask.part.words)
}

// readRows reads what is asked for, wherever it is kept.
func (s *Server) readRows(ctx context.Context, list *rowList) error {
	q := list.sel.metricsQuery()
	if err := s.readRanked(ctx, list); err != nil {
		return err
	}
	switch list.ask.kind.table {
	case listTable:
		return list.listing.read(ctx, s, list)
	case dueTable:
		due, err := s.reports.DueList(ctx, q)
		if err != nil {
			return err
		}
		list.addDue(due)
		return nil
	case opdTable:
		r, err := s.reports.Report(ctx, q)
		if err != nil {
			return err
		}
		for _, o := range r.Publication.OPD {
			if list.ask.ofOPD(o.OPD) && (list.ask.only == nil || list.ask.only[o.OPD]) && (list.ask.part.agencies == nil || list.ask.part.agencies(o)) {
				if err := list.addAgency(o); err != nil {
					return err
				}
			}
		}
		return nil
	}
	add := func(d metrics.Detail) error {
		if list.ask.holds(d) {
			return list.add(d)
		}
		return nil
	}
	if list.ask.kind.ofPerson() {
		return s.reports.PersonDetails(ctx, q, list.ask.key, add, list.ask.kind.detail)
	}
	return s.reports.Details(ctx, q, add, list.ask.kind.detail)
}

// caseSort is the sort of case that a kind of detail is about.
func caseSort(k metrics.DetailKind) string {
	switch k {
	case metrics.DetailRequest:
		return metrics.CasePPID
	case metrics.DetailObjection:
		return metrics.CaseObjection
	}
	return metrics.CaseComplaint
}

// finish words the pages of a long list, and the OPD it is of.
func (l *rowList) finish(page int) {
	v := l.view
	if l.ask.part.days {
		for _, day := range l.sortedDays() {
			if l.room() {
				v.Days = append(v.Days, l.dayRow(day))
			}
		}
	}
	v.Pages = rowPages{Page: page, Pages: max((v.Count+rowsPerPage-1)/rowsPerPage, 1)}
	path := rowsURL(l.ask.kind.name, l.ask.part.name, l.ask.key) + l.sel.ownQuery() + l.more
	if page > 1 {
		v.Pages.Previous = path + "&page=" + strconv.Itoa(min(page-1, v.Pages.Pages))
	}
	if page < v.Pages.Pages {
		v.Pages.Next = path + "&page=" + strconv.Itoa(page+1)
	}
}

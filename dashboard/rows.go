package dashboard

import (
	"context"
	"fmt"
	"net/url"
	"slices"
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
	Count             int
	Pages             rowPages
	Pieces            []pieceRow
	Days              []dayRow
	Events            []eventRow
	Cases             []detailCase
	Due               []dueRow
	Agencies          []agencyRow
	Weeks             []weekRow
	Drafts            []draftPiece
	News              []newsPiece
	Ranked            []rankedRow
	Unit              string // what the evidence of a ranking is counted in
	Flagged           bool   // some pieces are odd
	Reasons           bool   // some refusals name a reason
	Types             bool   // cases are of several kinds
	One               bool   // of one OPD, which needs no column then
}

// rowPages is the place of a page in a long list.
type rowPages struct {
	Page, Pages    int
	Previous, Next string
}

// pieceRow is one story or article.
type pieceRow struct {
	Date, Title, URL, OPD, Place, Channel string
	Signs                                 string // what is odd about it
	OPDName                               wording.Cell
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
	opd    string // as in the address: "" for all, "-" for the unknown one
	period calendar.Period
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
	return rowAsk{kind: kind, part: part, opd: parts[2]}, known
}

// holds reports whether a row belongs to what is asked for.
func (q rowAsk) holds(d metrics.Detail) bool {
	return q.ofOPD(d.OPD) && (q.part.keeps == nil || q.part.keeps(d, q.period))
}

func (q rowAsk) ofOPD(code string) bool {
	return q.opd == "" || q.opd == code || q.opd == unknownOPD && code == ""
}

// rows shows the rows behind a figure.
func (s *Server) rows(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	ask, ok := rowsOf(a.RowsPath)
	if !ok {
		return nil, &failure{
			Status: fiber.StatusNotFound, Code: "not_found", Title: "Baris tidak ditemukan",
			Words: "Tidak ada baris seperti itu. Buka lewat angka di salah satu halaman.",
		}
	}
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, err
	}
	if ask.kind.closed() && !visitorOf(ctx).mayOPD(sel.Region.Code, ask.opd) {
		return nil, refused(visitorOf(ctx))
	}
	if sel.NoData || !sel.hasMonth() {
		return s.emptyScreen(sel), nil
	}
	if a.One {
		sel.unrestrict()
	}
	ask.period = sel.Period
	v := &rowsView{
		Title: lang.T(ask.kind.words), Period: sel.Region.Name + ", " + lang.Span(sel.Period), Query: sel.query(),
		Part: partWords(lang, ask), OPD: ask.opd, One: ask.opd != "",
	}
	if ask.opd == unknownOPD {
		v.OPD = lang.T("OPD tidak dikenal")
	} else if ask.opd != "" {
		v.OPDURL = agencyURL(ask.opd, v.Query)
	}
	list := &rowList{view: v, links: newRowLinks(ctx, sel), sel: sel, ask: ask, from: (a.Page - 1) * rowsPerPage}
	if err := s.readRows(ctx, list); err != nil {
		return nil, fmt.Errorf("dashboard: rows of %s: %w", sel.Region.Code, err)
	}
	list.finish(a.Page)
	return &screen{template: "rows", selection: sel, body: v, title: v.Title + " · " + v.Period}, nil
}

// partWords says which rows of a kind are shown.
func partWords(lang wording.Language, ask rowAsk) string {
	switch {
	case ask.part.name == allRows:
		return ""
	case strings.HasPrefix(ask.part.name, kindPrefix):
		return lang.KindWords(ask.part.words)
	case strings.HasPrefix(ask.part.name, placePrefix):
		return ask.part.words
	case strings.HasPrefix(ask.part.name, channelPrefix):
		return lang.Channel(ask.part.words)
	case ask.part.rank.without:
		return lang.T("{1}, tanpa tempat", lang.T(ask.part.words))
	}
	return lang.T(ask.part.words)
}

// readRows reads what is asked for, wherever it is kept.
func (s *Server) readRows(ctx context.Context, list *rowList) error {
	q := list.sel.metricsQuery()
	switch list.ask.kind.table {
	case dueTable:
		due, err := s.reports.DueList(ctx, q)
		if err != nil {
			return err
		}
		list.addDue(due)
		return nil
	case rankTable:
		r, err := s.reports.Report(ctx, q)
		if err != nil {
			return err
		}
		list.addRanked(r)
		return nil
	case opdTable:
		r, err := s.reports.Report(ctx, q)
		if err != nil {
			return err
		}
		for _, o := range r.Publication.OPD {
			if list.ask.ofOPD(o.OPD) && (list.ask.part.agencies == nil || list.ask.part.agencies(o)) {
				list.addAgency(o)
			}
		}
		return nil
	}
	return s.reports.Details(ctx, q, func(d metrics.Detail) error {
		if list.ask.holds(d) {
			list.add(d)
		}
		return nil
	}, list.ask.kind.detail)
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
	if l.newest != nil && l.room() {
		l.put(*l.newest)
	}
	if l.ask.part.days {
		slices.Sort(l.days)
		for _, day := range l.days {
			if l.room() {
				v.Days = append(v.Days, l.dayRow(day))
			}
		}
	}
	v.Pages = rowPages{Page: page, Pages: max((v.Count+rowsPerPage-1)/rowsPerPage, 1)}
	path := rowsURL(l.ask.kind.name, l.ask.part.name, l.ask.opd) + l.sel.ownQuery()
	if page > 1 {
		v.Pages.Previous = path + "&page=" + strconv.Itoa(min(page-1, v.Pages.Pages))
	}
	if page < v.Pages.Pages {
		v.Pages.Next = path + "&page=" + strconv.Itoa(page+1)
	}
}

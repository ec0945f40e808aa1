package dashboard

import (
	"context"
	"strconv"

	"gaung/dashboard/figures"
)

// boardPage is the wall: slides that turn by themselves, without navigation.
var boardPage = page{path: "/paparan", name: "board", nav: "Paparan", view: boardScreen(monthPage("Paparan", "board", wants{previous: true, due: true}, newBoard))}

// boardRows is how many OPD a slide names; more would not be read from 3 m.
const boardRows = 8

// boardView is what templates/board.html shows.
type boardView struct {
	Head       head
	Now        string // the server's present in milliseconds since 1970, for the clock
	Zone       string // IANA name
	ZoneLabel  string
	Figures    []figures.Figure
	Top        []rankRow
	Ranked     int
	Attention  []attention
	Requests   []caseRow
	Complaints []figures.Figure
}

// boardScreen makes the screen of a view a kiosk.
func boardScreen(view viewFunc) viewFunc {
	return func(s *Server, ctx context.Context, a address) (*screen, error) {
		sc, err := view(s, ctx, a)
		if err == nil && sc.template == "board" {
			sc.kiosk = true
		}
		return sc, err
	}
}

// newBoard turns a month into slides.
func newBoard(s *Server, m *monthly) (any, error) {
	lang := m.sel.Lang
	r := m.report
	v := &boardView{
		Head:       newHead(m, "", ""),
		Now:        strconv.FormatInt(s.now().UnixMilli(), 10),
		Zone:       r.Timezone,
		ZoneLabel:  figures.ZoneLabel(r),
		Figures:    figures.Key(lang, r, m.previous),
		Attention:  newAttention(m),
		Requests:   firstRows(newCaseTable(lang, "ppid", "", r.PPID.OPD, "", "", m.sel.query()).Rows),
		Complaints: figures.Complaints(lang, r, m.previous),
	}
	ranking := newRanking(lang, r, "", m.sel.query())
	v.Ranked = len(ranking.Ranked)
	v.Top = ranking.Ranked[:min(boardRows, v.Ranked)]
	return v, nil
}

// firstRows are the rows of a clock that a slide has room for. They are in
// ranking order: those with too few cases come last.
func firstRows(rows []caseRow) []caseRow { return rows[:min(boardRows, len(rows))] }

package dashboard

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// changesPage says which OPD really changed over the months, and which only
// moved as they always do. The trend and publication pages show it as a card.
var changesPage = page{path: "/tren/opd", name: "changes", view: (*Server).changes}

// changesView is what templates/changes.html shows.
type changesView struct {
	Region  string
	AsOf    string
	Query   string
	Stories changeTable
	// Waits are the clocks of PPID and complaints; they stand below the stories.
	Waits       []changeTable
	WaitsFailed bool // could not be read in time
}

// changeTable is the charts of every OPD for one measure.
type changeTable struct {
	ID, Title string
	Last      string // the month the signals are about
	Rows      []changeRow
	Few       int // OPD with too few months
	Risen     int
	Fallen    int
	query     string
	links     rowLinks // to the rows of the last month
	months    rowLinks // to the months counted
	kind      string
}

// Query keeps region, period and filters in links.
func (t changeTable) Query() string { return t.query }

// changeRow is one OPD's chart of months.
type changeRow struct {
	OPD, Name string
	Last      drill
	// Mean and Limits stand on the months counted.
	Mean, Limits, Months drill
	Signal               shift
	Line                 sparkline
}

// changes shows the chart of every OPD, those with a signal first.
func (s *Server) changes(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, err
	}
	if sel.NoData || !sel.hasMonth() {
		return s.emptyScreen(sel), nil
	}
	c, err := s.reports.Changes(ctx, sel.whole().metricsQuery())
	if err != nil {
		return nil, fmt.Errorf("dashboard: changes of %s %s: %w", sel.Region.Code, sel.Month, err)
	}
	v := &changesView{Region: sel.Region.Name, AsOf: lang.Day(c.AsOf), Query: sel.query()}
	links := newRowLinks(ctx, sel)
	v.Stories = newChangeTable(sel, links, "perubahan", "", storyRows, c.Months, "")
	for _, o := range c.OPD {
		v.Stories.add(lang, storyChange(o))
	}
	v.Stories.order()
	v.WaitsFailed = !s.part(ctx, "changes of waits", func(ctx context.Context) error {
		c, err := s.reports.CaseChanges(ctx, sel.metricsQuery())
		if err == nil {
			v.Waits = waitTables(sel, links, c)
		}
		return err
	})
	return &screen{template: "changes", selection: sel, months: true, body: v, title: lang.T("Perubahan tiap OPD · {1}", v.Region)}, nil
}

// waitTables are the charts under each clock.
func waitTables(sel *selection, links rowLinks, c *metrics.CaseChanges) []changeTable {
	lang := sel.Lang
	var list []changeTable
	for _, clock := range waitClocks(c) {
		t := newChangeTable(sel, links, clock.id, lang.T(clock.words), clock.rows, c.Months, lastOf(c.MonthsAsOf))
		for _, o := range clock.charts {
			t.add(lang, waitChange(o))
		}
		t.order()
		list = append(list, t)
	}
	return list
}

// waitClock is the charts of one clock.
type waitClock struct {
	id, words, rows string
	charts          []metrics.CaseChange
}

func waitClocks(c *metrics.CaseChanges) []waitClock {
	return []waitClock{
		{"perubahan-ppid", "Permohonan PPID", requestRows, c.PPID},
		{"perubahan-tanggapan", "Tanggapan pertama", responseRows, c.FirstResponse},
		{"perubahan-penyelesaian", "Penyelesaian", resolveRows, c.Resolve},
	}
}

// newChangeTable is a table without rows. The figure of the last month leads to
// the rows of that month, as they stood on the as-of day where one is given.
func newChangeTable(sel *selection, links rowLinks, id, title, kind string, months []string, asOf string) changeTable {
	t := changeTable{ID: id, Title: title, query: sel.query(), kind: kind}
	if n := len(months); n > 0 {
		t.Last = sel.Lang.MonthOf(months[n-1])
		if last, err := calendar.ParseMonth(months[n-1]); err == nil {
			t.links, t.months = links.in(sel, last.Period()), links
			if day, err := calendar.ParseDay(asOf); err == nil {
				t.links = links.at(sel, last.Period(), day)
			}
		}
	}
	return t
}

// add takes in the chart of an OPD that has enough months.
func (t *changeTable) add(lang wording.Language, c change) {
	if c.mean == nil {
		t.Few++
		return
	}
	row := changeRow{
		OPD: c.opd, Name: c.name, Signal: c.signal(lang), Line: newSparkline(c),
		Months: t.months.to(monthRows, t.kind, c.opd, c.n),
		Mean:   t.months.basis(monthRows, t.kind, c.opd, c.n, wording.Value(lang.Number(*c.mean, 1))),
		Limits: t.months.basis(monthRows, t.kind, c.opd, c.n, wording.Value(c.usual(lang))),
		Last:   drill{Cell: lang.OptionalNumber(c.last(), c.decimals, c.unknown)},
	}
	switch last := c.last(); {
	case last == nil:
	case c.wait:
		row.Last = t.links.basis(t.kind, cohortPart, c.opd, c.lastCases, row.Last.Cell)
	default:
		row.Last = t.links.cell(t.kind, allRows, c.opd, int(*last), row.Last.Cell)
	}
	switch row.Signal.Direction {
	case figures.Up:
		t.Risen++
	case figures.Down:
		t.Fallen++
	}
	t.Rows = append(t.Rows, row)
}

// lastOf is the last of some texts, empty where there is none.
func lastOf(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[len(texts)-1]
}

// order puts those with a signal first.
func (t *changeTable) order() {
	slices.SortStableFunc(t.Rows, func(x, y changeRow) int { return cmp.Compare(signalRank(x.Signal), signalRank(y.Signal)) })
}

// signalRank puts those that fell first, then those that rose.
func signalRank(s shift) int {
	return slices.Index([]figures.Movement{figures.Down, figures.Up, figures.Same, figures.None}, s.Direction)
}

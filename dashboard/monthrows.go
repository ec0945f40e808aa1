package dashboard

import (
	"context"
	"slices"
	"strconv"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// monthRows are the months of an OPD's chart, the key, in addresses; their
// parts are the charts.
const (
	monthRows      = "bulan"
	monthStories   = storyRows
	monthRequests  = requestRows
	monthResponses = responseRows
	monthResolves  = resolveRows
)

// monthParts are the charts of [changesPage].
var monthParts = []rowPart{
	{name: monthStories, words: "berita"},
	{name: monthRequests, words: "Permohonan PPID"},
	{name: monthResponses, words: "Tanggapan pertama"},
	{name: monthResolves, words: "Penyelesaian"},
}

// monthListing lists the months that a chart counts: what its mean and its
// limits stand on.
func monthListing(lang wording.Language) listing {
	return listing{
		caption: lang.T("Bulan yang dihitung dalam diagram sebuah OPD"),
		heads:   []listHead{{Text: lang.T("Bulan")}, {lang.T("Nilai"), true}, {lang.T("Baris di baliknya"), true}, {Text: lang.T("Keadaan")}},
		keys:    []string{"month", "value", "rows", "month_as_of"},
		read: func(ctx context.Context, s *Server, l *rowList) error {
			if l.ask.part.name == monthStories || l.ask.part.name == allRows {
				return s.storyMonths(ctx, l)
			}
			return s.waitMonths(ctx, l)
		},
	}
}

// storyMonths lists the months of an OPD's chart of stories.
func (s *Server) storyMonths(ctx context.Context, l *rowList) error {
	c, err := s.reports.Changes(ctx, l.sel.whole().metricsQuery())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(c.OPD, func(o metrics.ChangeOPD) bool { return o.OPD == l.ask.key })
	if i < 0 {
		return nil
	}
	for at, n := range c.OPD[i].Points {
		if n == nil {
			continue
		}
		if err := l.putMonth(c.Months[at], l.sel.Lang.Count(*n), *n, storyRows, allRows, ""); err != nil {
			return err
		}
	}
	return nil
}

// waitMonths lists the months of an OPD's chart of waits under a clock.
func (s *Server) waitMonths(ctx context.Context, l *rowList) error {
	c, err := s.reports.CaseChanges(ctx, l.sel.metricsQuery())
	if err != nil {
		return err
	}
	for _, clock := range waitClocks(c) {
		i := slices.IndexFunc(clock.charts, func(o metrics.CaseChange) bool { return o.OPD == l.ask.key })
		if clock.rows != l.ask.part.name || i < 0 {
			continue
		}
		o := clock.charts[i]
		for at, wait := range o.Points {
			if wait == nil {
				continue
			}
			if err := l.putMonth(c.Months[at], l.sel.Lang.Number(*wait, 1), o.Cases[at], clock.rows, cohortPart, c.MonthsAsOf[at]); err != nil {
				return err
			}
		}
	}
	return nil
}

// putMonth takes in a month with its value and the rows it stands on.
func (l *rowList) putMonth(name, value string, n int, kind, part, asOf string) error {
	lang := l.sel.Lang
	month, err := calendar.ParseMonth(name)
	if err != nil {
		return err
	}
	links := l.links.in(l.sel, month.Period())
	seen := ""
	if day, err := calendar.ParseDay(asOf); err == nil {
		links, seen = l.links.at(l.sel, month.Period(), day), lang.T("per {1}", lang.ShortDay(asOf))
	}
	return l.putRow(listRow{
		OPD: l.ask.key, Cells: []listCell{text(lang.MonthOf(name)), text(value), figureOf(links.to(kind, part, l.ask.key, n)), text(seen)},
		values: []string{name, value, strconv.Itoa(n), asOf},
	})
}

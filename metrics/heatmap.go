package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// heatWeeks is how many weeks the week-by-week map reaches back.
const heatWeeks = 26

// HeatMap shows when the OPD of a month published: stories by day of the
// month, and by ISO week over the last half year.
type HeatMap struct {
	Region string    `json:"region"`
	Month  string    `json:"month"`
	AsOf   string    `json:"as_of"`
	Days   []string  `json:"days"`  // dates of the month up to the as-of day
	Weeks  []string  `json:"weeks"` // Mondays of the weeks, the last one being that of the last day
	OPD    []HeatOPD `json:"opd"`
}

// HeatOPD is one OPD's row; rows are in order of name. A cell is nil where the
// OPD did not exist on any of its days, and in weeks before the region's first
// story; 0 means it told no story.
type HeatOPD struct {
	OPD   string `json:"opd"`
	Name  string `json:"name"`
	Days  []*int `json:"days"`
	Weeks []*int `json:"weeks"`
}

// HeatMap counts the stories of every OPD of the month by day and by week. Its
// errors are those of Report.
func (m *Metrics) HeatMap(ctx context.Context, q Query) (*HeatMap, error) {
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	a, err := s.agencies(ctx)
	if err != nil {
		return nil, err
	}
	last := calendar.WeekOf(s.to)
	first := last.Monday.Add(-7 * (heatWeeks - 1))
	days, known, err := s.heat(ctx, "heatDays", s.from, s.to)
	if err != nil {
		return nil, err
	}
	weeks, weeksKnown, err := s.heat(ctx, "heatWeeks", first, min(last.Sunday(), s.asOf))
	if err != nil {
		return nil, err
	}
	out := &HeatMap{Region: q.Region.Code, Month: q.Month.String(), AsOf: s.asOf.String(), Days: []string{}, Weeks: []string{}, OPD: []HeatOPD{}}
	for d := s.from; d <= s.to; d++ {
		out.Days = append(out.Days, d.String())
	}
	for monday := first; monday <= last.Monday; monday = monday.Add(7) {
		out.Weeks = append(out.Weeks, monday.String())
	}
	for _, o := range s.listed(a) {
		out.OPD = append(out.OPD, HeatOPD{
			OPD: o.code, Name: o.name,
			Days:  heatCells(o, days[o.code], s.from, s.to, 1, min(known, s.from)),
			Weeks: heatCells(o, weeks[o.code], first, last.Monday, 7, weeksKnown),
		})
	}
	return out, nil
}

// heat runs a statement that counts stories by OPD and by the first day of a
// cell. known is the first day there is any story on, the day after to where
// there is none.
func (s *snapshot) heat(ctx context.Context, statement string, from, to calendar.Day) (cells map[string]map[calendar.Day]int, known calendar.Day, err error) {
	cells, known = map[string]map[calendar.Day]int{}, to.Add(1)
	err = each(ctx, s.conn, statement, func(r driver.Rows) error {
		var opd string
		var day int32
		var n uint64
		if err := r.Scan(&opd, &day, &n); err != nil {
			return err
		}
		if cells[opd] == nil {
			cells[opd] = map[calendar.Day]int{}
		}
		cells[opd][calendar.Day(day)] = int(n)
		known = min(known, calendar.Day(day))
		return nil
	}, named("region", s.query.Region.Code), named("generation", s.generations[rollupArticles]), named("from", from), named("to", to), named("channel", s.query.Filter.Channel))
	return cells, known, err
}

// heatCells lists the cells of one OPD, each as many days long as step.
func heatCells(o agency, counts map[calendar.Day]int, first, last calendar.Day, step int, known calendar.Day) []*int {
	cells := []*int{}
	for d := first; d <= last; d = d.Add(step) {
		n, counted := counts[d]
		switch {
		case counted, d >= known && o.validIn(d, d.Add(step-1)):
			cells = append(cells, &n)
		default:
			cells = append(cells, nil)
		}
	}
	return cells
}

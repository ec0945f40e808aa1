package metrics

import (
	"context"
	"slices"
	"time"

	"gaung/metrics/stats"
)

// The verdicts about a wait; shorter is better.
const (
	Faster = "lebih cepat"
	Slower = "lebih lambat"
)

// CaseChanges charts the restricted mean wait of every OPD month by month
// (XmR), under each clock, and says where it really changed.
type CaseChanges struct {
	Region string   `json:"region"`
	Month  string   `json:"month"`
	AsOf   string   `json:"as_of"`
	Months []string `json:"months"` // of the points, oldest first; finished months only
	// MonthsAsOf is the day each of the months is looked at on.
	MonthsAsOf    []string     `json:"months_as_of"`
	PPID          []CaseChange `json:"ppid"`
	FirstResponse []CaseChange `json:"first_response"`
	Resolve       []CaseChange `json:"resolve"`
}

// CaseChange is one OPD's chart; charts are in order of name. A point is the
// restricted mean wait of the month's cohort in working days, nil for fewer
// than five cases. Every month is looked at at the same age, five days after
// its end, so that older months are not better known than the last. With fewer
// than twelve points mean, limits and signal are nil.
type CaseChange struct {
	OPD    string     `json:"opd"`
	Name   string     `json:"name"`
	Points []*float64 `json:"points"`
	Cases  []int      `json:"cases"` // of each month
	N      int        `json:"n"`     // points there are
	Mean   *float64   `json:"mean"`
	Low    *float64   `json:"low"`
	High   *float64   `json:"high"`
	// Signal is about the last month: "lebih cepat" below the limits, "lebih
	// lambat" above, "tetap" within; nil as well where that month has no point.
	Signal *string `json:"signal"`
}

// CaseChanges charts the two years up to the month, or to the last month that
// has ended by the as-of day. A month that cannot be counted, for want of a
// calendar or a rule, has no points. Its errors are those of Report.
func (m *Metrics) CaseChanges(ctx context.Context, q Query) (*CaseChanges, error) {
	asOf, err := q.asOf()
	if err != nil {
		return nil, err
	}
	out := &CaseChanges{Region: q.Region.Code, Month: q.Month.String(), AsOf: asOf.String(), Months: []string{}, MonthsAsOf: []string{}}
	if last := q.Month; asOf < last.Last() {
		q = q.inMonth(last.Add(-1))
	}
	if q.AsOfSet {
		// As if asked on that day: months before it keep their own as-of days.
		q.AsOfSet, q.Now = false, asOf.End(q.Region.Zone).Add(-time.Millisecond)
	}
	h, err := m.openMonths(ctx, q, q.Month.Add(1-changeMonths))
	if err != nil {
		return nil, err
	}
	if err := h.readBasis(ctx); err != nil {
		return nil, err
	}
	ppid, response, resolve := make([]tallies, len(h.months)), make([]tallies, len(h.months)), make([]tallies, len(h.months))
	for i, s := range h.months {
		out.Months, out.MonthsAsOf = append(out.Months, s.query.Month.String()), append(out.MonthsAsOf, s.asOf.String())
		if ppid[i], response[i], resolve[i], err = h.cohort(ctx, s); err != nil {
			return nil, err
		}
	}
	out.PPID, out.FirstResponse, out.Resolve = h.charts(ppid), h.charts(response), h.charts(resolve)
	return out, nil
}

// cohort collects the cases of a month by OPD under each clock; nothing where
// they cannot be counted.
func (h *months) cohort(ctx context.Context, s *snapshot) (ppid, response, resolve tallies, err error) {
	c := s.clock(h.basis.rules, h.basis.calendar)
	if ppid, err = s.ppidWaits(ctx, c, &PPID{}, &doubts{}); err == nil {
		response, resolve, err = s.complaintWaits(ctx, c)
	}
	if _, ok := unjudged(err); ok {
		return tallies{}, tallies{}, tallies{}, nil
	}
	return ppid, response, resolve, err
}

// charts makes the chart of every OPD with a case in one of the months.
func (h *months) charts(by []tallies) []CaseChange {
	out := []CaseChange{}
	seen := map[string]bool{}
	for _, t := range by {
		for _, code := range t.codes() {
			if !seen[code] && h.newest().scope.shows(code) {
				seen[code] = true
				out = append(out, caseChart(code, h.agencies.name(code), by))
			}
		}
	}
	slices.SortFunc(out, func(x, y CaseChange) int { return byName(x.Name, x.OPD, y.Name, y.OPD) })
	return out
}

func caseChart(code, name string, by []tallies) CaseChange {
	out := CaseChange{OPD: code, Name: name, Points: make([]*float64, len(by)), Cases: make([]int, len(by))}
	var values []float64
	for i, t := range by {
		if c := t[code]; c != nil {
			out.Cases[i] = c.waits.N()
		}
		if c := t[code]; c != nil && c.waits.N() >= minCases {
			if r, ok := c.waits.RestrictedMean(horizonDays); ok {
				out.Points[i] = &r.Area
				values = append(values, r.Area)
			}
		}
	}
	out.N = len(values)
	c, ok := stats.XmR(values)
	if !ok {
		return out
	}
	low, high := max(c.Low, 0), min(c.High, horizonDays) // no wait counts as longer
	out.Mean, out.Low, out.High = &c.Mean, &low, &high
	if out.Points[len(by)-1] != nil {
		signal := map[int]string{1: Slower, -1: Faster, 0: Steady}[c.Signal(values[len(values)-1])]
		out.Signal = &signal
	}
	return out
}

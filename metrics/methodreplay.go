package metrics

import (
	"cmp"
	"context"
	"slices"

	"gaung/metrics/calendar"
)

// MethodReplay sets a past month as it was measured beside the same month,
// at the same as-of day, measured by what holds today. What the rules did and
// what the data did is told apart: [MethodReplay.Data] has today's data under
// the rules of the time.
type MethodReplay struct {
	Region     string `json:"region"`
	RegionName string `json:"region_name"`
	Month      string `json:"month"`
	AsOf       string `json:"as_of"`
	// Edition is the edition that Then is; nil for a month that is not closed,
	// where Then and Data are the same.
	Edition *Closed `json:"edition"`
	// ThenDefinitions and NowDefinitions number the meaning of the figures.
	ThenDefinitions int `json:"then_definitions_version"`
	NowDefinitions  int `json:"now_definitions_version"`
	// Rules lists the deadlines that differ, Holidays the days off, between
	// the beginning of the month before and the as-of day.
	Rules    []RuleChange    `json:"rules"`
	Holidays []HolidayChange `json:"holidays"`
	// Lines lists the figures that differ.
	Lines []ReplayLine `json:"lines"`

	// Then is the frozen report, or the month under the rules of its days.
	Then *Report `json:"-"`
	// Data is today's data under the rules and days off of the time, with
	// today's definitions.
	Data *Report `json:"-"`
	// Now is today's data under the rules in force today.
	Now *Report `json:"-"`
}

// ReplayLine is one figure that is not the same in the three measurements.
type ReplayLine struct {
	// OPD and Name are empty for a figure of the whole region.
	OPD    string `json:"opd"`
	Name   string `json:"name"`
	Figure string `json:"figure"`         // its path in the report, see [Describe]
	Item   string `json:"item,omitempty"` // as in [Revision]
	Then   int    `json:"then"`
	Data   int    `json:"data"`
	Now    int    `json:"now"`
}

// Replay measures a past month again under what holds today. Errors are those
// of [Metrics.Report].
func (m *Metrics) Replay(ctx context.Context, q Query) (*MethodReplay, error) {
	e, err := m.closed(ctx, q)
	if err != nil {
		return nil, err
	}
	present, err := m.basisOf(ctx, q.Region.Code)
	if err != nil {
		return nil, err
	}
	then := present
	if e != nil {
		if q.AsOf, err = parseAsOf(e.Report); err != nil {
			return nil, err
		}
		if frozen, err := m.frozenBasis(ctx, e); err != nil {
			return nil, err
		} else if frozen != nil {
			then = frozen
		}
	} else if q.AsOf, err = q.asOf(); err != nil {
		return nil, err
	}
	q.AsOfSet = true
	today := calendar.DayOf(q.Now, q.Region.Zone)
	out := &MethodReplay{
		Region: q.Region.Code, RegionName: q.Region.Name, Month: q.Month.String(), AsOf: q.AsOf.String(), NowDefinitions: DefinitionsVersion,
		Rules:    ruleChanges(then, q.Month.First(), present, today),
		Holidays: holidayChanges(then, present, q.Month.Add(-1).First(), q.AsOf),
	}
	err = together(ctx,
		func(ctx context.Context) (err error) { out.Data, err = m.under(ctx, q, then); return err },
		func(ctx context.Context) (err error) { out.Now, err = m.under(ctx, q, present.on(today)); return err },
	)
	if err != nil {
		return nil, err
	}
	if out.Then = out.Data; e != nil {
		out.Then, out.Edition = e.Report, e.Report.Closed
	}
	out.ThenDefinitions = out.Then.DefinitionsVersion
	out.Lines = replayLines(compareReports(out.Then, out.Data), compareReports(out.Then, out.Now))
	return out, nil
}

// under measures a month by today's data under a basis.
func (m *Metrics) under(ctx context.Context, q Query, b *basis) (*Report, error) {
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	s.basis = b
	r, err := s.report(ctx, m)
	if err != nil {
		return nil, forUser(err)
	}
	return r, nil
}

// replayLines joins what the data changed with what data and rules changed.
func replayLines(data, all []Revision) []ReplayLine {
	lines := []ReplayLine{}
	at := map[countKey]int{}
	for _, r := range data {
		at[countKey{r.OPD, r.Figure, r.Item}] = len(lines)
		lines = append(lines, ReplayLine{r.OPD, r.Name, r.Figure, r.Item, r.Frozen, r.Today, r.Frozen})
	}
	for _, r := range all {
		if i, ok := at[countKey{r.OPD, r.Figure, r.Item}]; ok {
			lines[i].Now = r.Today
			continue
		}
		lines = append(lines, ReplayLine{r.OPD, r.Name, r.Figure, r.Item, r.Frozen, r.Frozen, r.Today})
	}
	slices.SortStableFunc(lines, func(a, b ReplayLine) int {
		return cmp.Or(cmp.Compare(min(len(a.OPD), 1), min(len(b.OPD), 1)), cmp.Compare(a.Name, b.Name))
	})
	return lines
}

package metrics

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// defaultTarget is the number of stories a week an OPD is measured by when
// nothing else was agreed.
const defaultTarget = 2.0

// target is a number of stories a week from a day on.
type target struct {
	from    calendar.Day
	perWeek float64
}

// targets are the agreed numbers of each OPD, in order of their day.
type targets map[string][]target

// targets reads what was agreed; a row that names no OPD of the region is
// left out.
func (s *snapshot) targets(ctx context.Context, a *agencies) (targets, error) {
	out := targets{}
	err := s.each(ctx, "targets", "", func(r driver.Rows) error {
		var raw string
		var from int32
		var perWeek float64
		if err := r.Scan(&raw, &from, &perWeek); err != nil {
			return err
		}
		if code := a.resolve(raw); code != "" {
			out[code] = append(out[code], target{calendar.Day(from), perWeek})
		}
		return nil
	})
	for _, list := range out {
		slices.SortStableFunc(list, func(x, y target) int { return int(x.from) - int(y.from) })
	}
	return out, err
}

// in is the target that holds in a week, decided by its Thursday like the
// month it belongs to: the latest agreed one, else the OPD's own, else 2.
func (t targets) in(o agency, w calendar.Week) float64 {
	perWeek := defaultTarget
	if o.target != nil {
		perWeek = *o.target
	}
	for _, agreed := range t[o.code] {
		if agreed.from <= w.Thursday() {
			perWeek = agreed.perWeek
		}
	}
	return perWeek
}

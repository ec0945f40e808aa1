package metrics

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// EventLag says how many calendar days pass between an event and its story:
// the median over the month's stories whose event is known, from the agenda or
// from the date given with the article. Stories written before the event are
// left out. MedianDays is nil where there are none.
type EventLag struct {
	Stories    int           `json:"stories"`
	MedianDays *float64      `json:"median_days"`
	OPD        []EventLagOPD `json:"opd"` // by name
}

// EventLagOPD is one OPD's lag.
type EventLagOPD struct {
	OPD        string   `json:"opd"`
	Name       string   `json:"name"`
	Stories    int      `json:"stories"`
	MedianDays *float64 `json:"median_days"`
}

func (s *snapshot) eventLag(ctx context.Context, a *agencies) (EventLag, error) {
	out := EventLag{OPD: []EventLagOPD{}}
	var all []int32
	err := s.each(ctx, "eventLags", rollupCoverage, func(r driver.Rows) error {
		var opd string
		var lags []int32
		if err := r.Scan(&opd, &lags); err != nil {
			return err
		}
		all = append(all, lags...)
		if opd != "" {
			out.OPD = append(out.OPD, EventLagOPD{OPD: opd, Name: a.name(opd), Stories: len(lags), MedianDays: medianDays(lags)})
		}
		return nil
	}, s.coverage())
	out.Stories, out.MedianDays = len(all), medianDays(all)
	slices.SortFunc(out.OPD, func(x, y EventLagOPD) int { return byName(x.Name, x.OPD, y.Name, y.OPD) })
	return out, err
}

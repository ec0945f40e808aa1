package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
	"gaung/metrics/stats"
)

// Clarifications is the false news spotted in the month and how long it stood
// unanswered: Kaplan–Meier over working days, unanswered pieces censored at
// the as-of day.
type Clarifications struct {
	N        int      `json:"n"`
	Answered int      `json:"answered"`
	Open     int      `json:"open"`
	MedianWD *float64 `json:"median_wd"`
	RMSTWD   *float64 `json:"rmst_wd"`
	// RMSTIsBound says that the true mean is at most RMSTWD.
	RMSTIsBound *bool `json:"rmst_is_bound"`
}

// clarifications measures the false news of the month.
func (s *snapshot) clarifications(ctx context.Context, c clock, doubt *doubts) (*Clarifications, error) {
	out := &Clarifications{}
	var waits stats.Waiting
	err := s.each(ctx, "clarifications", rollupClarifications, func(r driver.Rows) error {
		var id, opd string
		var spotted, answered int32
		if err := r.Scan(&id, &opd, &spotted, &answered); err != nil {
			return err
		}
		if c.unknown != nil {
			return c.unknown
		}
		what := s.follow(calendar.Day(spotted), calendar.Day(answered), never)
		if what.inconsistent() {
			doubt.contradicts(DoubtClarification, opd, id, what.start)
		}
		out.N++
		days := c.between(what.start, what.until)
		if what.outcome == stopped {
			out.Answered++
			waits.AddEvent(days, 1)
		} else {
			out.Open++
			waits.AddCensored(days, 1)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if day, ok := waits.Median(); ok {
		m := float64(day)
		out.MedianWD = &m
	}
	if r, ok := waits.RestrictedMean(horizonDays); ok {
		out.RMSTWD, out.RMSTIsBound = &r.Area, &r.Bound
	}
	return out, nil
}

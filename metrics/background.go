package metrics

import (
	"context"
	"encoding/json"
)

// historyMonths is how many months a trend shows, the report's own included.
const historyMonths = 12

// Background is the months that the month of a report is shown against.
type Background struct {
	// Previous is the month before at the same point of its life; nil where
	// there is no data of it.
	Previous *Report
	// History is the eleven months before, oldest first, each as it was
	// reported; months before the first data are left out.
	History []SeriesMonth
}

// Background measures the months that a report is shown against. Those of a
// closed month are the ones frozen with it, unless the query names an as-of
// day. Errors are those of [Metrics.Report].
func (m *Metrics) Background(ctx context.Context, q Query) (*Background, error) {
	e, err := m.closed(ctx, q)
	if err != nil {
		return nil, err
	}
	if e == nil || !e.hasParts() {
		return m.liveBackground(ctx, q)
	}
	return m.BackgroundOf(ctx, e)
}

// BackgroundOf gives the months that were frozen with an edition; none for an
// edition of before they were frozen.
func (m *Metrics) BackgroundOf(ctx context.Context, e *Edition) (*Background, error) {
	b := &Background{}
	if !e.hasParts() {
		return b, nil
	}
	previous, err := m.frozenReports(ctx, e, sectionPrevious)
	if err != nil {
		return nil, err
	}
	if len(previous) > 0 {
		b.Previous = previous[0]
	}
	err = m.frozen(ctx, e, sectionHistory, nil, func(_ string, line []byte) error {
		var month SeriesMonth
		err := json.Unmarshal(line, &month)
		b.History = append(b.History, month)
		return err
	})
	return b, err
}

func (m *Metrics) liveBackground(ctx context.Context, q Query) (*Background, error) {
	if _, err := q.asOf(); err != nil {
		return nil, err
	}
	data, err := m.DataThrough(ctx, q.Region)
	if err != nil {
		return nil, err
	}
	months := 1
	for months < historyMonths && len(data.Months) > 0 && data.Months[len(data.Months)-1].First() <= q.Month.Add(-months).First() {
		months++
	}
	b := &Background{}
	err = together(ctx,
		func(ctx context.Context) error {
			if months == 1 {
				return nil
			}
			series, err := m.Series(ctx, q, months)
			if err == nil {
				b.History = series.Months[:months-1]
			}
			return err
		},
		func(ctx context.Context) (err error) {
			if months == 1 {
				return nil
			}
			before, err := q.Earlier()
			if err == nil {
				b.Previous, err = m.Report(ctx, before)
			}
			return err
		},
	)
	return b, err
}

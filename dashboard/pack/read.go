package pack

import (
	"context"
	"fmt"

	"gaung/dashboard/export"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// Books is where the months are read from; [metrics.Metrics] is one.
type Books interface {
	// Report measures a month, or gives its newest edition.
	Report(ctx context.Context, q metrics.Query) (*metrics.Report, error)
	// Background gives the months that a month is shown against.
	Background(ctx context.Context, q metrics.Query) (*metrics.Background, error)
	// BackgroundOf gives those that were frozen with an edition.
	BackgroundOf(ctx context.Context, e *metrics.Edition) (*metrics.Background, error)
	// Details gives the rows behind the figures of a month.
	Details(ctx context.Context, q metrics.Query, emit func(metrics.Detail) error, kinds ...metrics.DetailKind) error
	// DetailsOf gives those that were frozen with an edition.
	DetailsOf(ctx context.Context, e *metrics.Edition, emit func(metrics.Detail) error, kinds ...metrics.DetailKind) error
	// YearDetails gives the requests of a month of the query's year.
	YearDetails(ctx context.Context, q metrics.Query, month calendar.Month, emit func(metrics.Detail) error) error
	// Revisions lists what would be different today in a closed month.
	Revisions(ctx context.Context, q metrics.Query) ([]metrics.Revision, error)
}

var _ Books = (*metrics.Metrics)(nil)

// Read measures what a pack of a month is made of: the report, the month
// before, the months of the trend as they were reported, where the rows are,
// and what came in after the closing. Everything of a closed month is what
// was frozen. Errors are those of [metrics.Metrics.Report].
func Read(ctx context.Context, m Books, q metrics.Query) (Source, error) {
	r, err := m.Report(ctx, q)
	if err != nil {
		return Source{}, err
	}
	return ReadFor(ctx, m, q, r)
}

// ReadFor is [Read] for a report that has been measured already.
func ReadFor(ctx context.Context, m Books, q metrics.Query, r *metrics.Report) (Source, error) {
	background, err := m.Background(ctx, q)
	if err != nil {
		return Source{}, err
	}
	s := Source{Report: r, Previous: background.Previous, History: append(background.History, r.InSeries())}
	at := q
	if r.Closed == nil {
		// The same day for everything, also when midnight passes meanwhile.
		if at.AsOf, err = calendar.ParseDay(r.AsOf); err != nil {
			return Source{}, fmt.Errorf("pack: as-of day of the report: %w", err)
		}
		at.AsOfSet = true
	} else if s.Revisions, err = m.Revisions(ctx, q); err != nil {
		return Source{}, err
	}
	s.Rows = func(kinds ...metrics.DetailKind) export.Rows {
		return func(emit func(metrics.Detail) error) error { return m.Details(ctx, at, emit, kinds...) }
	}
	s.Year = func() ([]MonthRows, error) {
		var list []MonthRows
		for month := (calendar.Month{Year: q.Month.Year, Month: 1}); month.First() <= q.Month.First(); month = month.Add(1) {
			list = append(list, MonthRows{Month: month.String(), Rows: func(emit func(metrics.Detail) error) error {
				return m.YearDetails(ctx, at, month, emit)
			}})
		}
		return list, nil
	}
	return s, nil
}

package pack

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"gaung/dashboard/export"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// historyMonths is how many months of trend a pack shows.
const historyMonths = 12

// Read measures what a pack of a month is made of: the report, the month
// before, the months of the trend as they were reported, and where the rows
// are. Months before the first data are left out. Errors are those of
// [metrics.Metrics.Report].
func Read(ctx context.Context, m *metrics.Metrics, q metrics.Query) (Source, error) {
	r, err := m.Report(ctx, q)
	if err != nil {
		return Source{}, err
	}
	asOf, err := calendar.ParseDay(r.AsOf)
	if err != nil {
		return Source{}, fmt.Errorf("pack: as-of day of the report: %w", err)
	}
	data, err := m.DataThrough(ctx, q.Region)
	if err != nil {
		return Source{}, err
	}
	first := q.Month
	if n := len(data.Months); n > 0 && data.Months[n-1].First() < first.First() {
		first = data.Months[n-1]
	}
	s := Source{Report: r}
	at := q
	at.AsOf, at.AsOfSet = asOf, true
	s.Rows = func(kinds ...metrics.DetailKind) export.Rows { return rows(ctx, m, at, kinds...) }
	s.Year = func() ([]MonthRows, error) { return year(ctx, m, at), nil }
	var past []metrics.Query
	for month := q.Month.Add(1 - historyMonths); month.First() < q.Month.First(); month = month.Add(1) {
		if month.First() >= first.First() {
			past = append(past, asReported(q, month))
		}
	}
	if before := q.Month.Add(-1); before.First() >= first.First() {
		earlier := q
		earlier.Month = before
		earlier.AsOf, earlier.AsOfSet = samePoint(q.Month, before, asOf), true
		past = append(past, earlier)
	}
	reports, err := together(ctx, m, past)
	if err != nil {
		return Source{}, err
	}
	if n := len(reports); n > 0 {
		s.Previous, reports = reports[n-1], reports[:n-1]
	}
	s.History = append(reports, r)
	return s, nil
}

// together measures months side by side, two at a time: a pack must not crowd
// out the pages.
func together(ctx context.Context, m *metrics.Metrics, list []metrics.Query) ([]*metrics.Report, error) {
	reports := make([]*metrics.Report, len(list))
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(2)
	for i, q := range list {
		work.Go(func() (err error) {
			reports[i], err = m.Report(ctx, q)
			return err
		})
	}
	return reports, work.Wait()
}

func rows(ctx context.Context, m *metrics.Metrics, q metrics.Query, kinds ...metrics.DetailKind) export.Rows {
	return func(emit func(metrics.Detail) error) error { return m.Details(ctx, q, emit, kinds...) }
}

// year gives the requests of January to the month of q, all of them as they
// stood on the same day.
func year(ctx context.Context, m *metrics.Metrics, q metrics.Query) []MonthRows {
	var list []MonthRows
	for month := (calendar.Month{Year: q.Month.Year, Month: 1}); month.First() <= q.Month.First(); month = month.Add(1) {
		at := q
		at.Month = month
		list = append(list, MonthRows{Month: month.String(), Rows: rows(ctx, m, at, metrics.DetailRequest)})
	}
	return list
}

// asReported asks for a past month as its own report gave it; with an as-of
// day that somebody chose, as it stood on that day.
func asReported(q metrics.Query, month calendar.Month) metrics.Query {
	q.Month = month
	return q
}

// samePoint is the day on which the month before was as old as month is on
// asOf: as many days after its beginning while the month runs, as many after
// its end from then on.
func samePoint(month, before calendar.Month, asOf calendar.Day) calendar.Day {
	if asOf > month.Last() {
		return before.Last().Add(asOf.Sub(month.Last()))
	}
	return min(before.First().Add(asOf.Sub(month.First())), before.Last())
}

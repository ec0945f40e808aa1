package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// lastStories fills in the day of the last story of every OPD by the as-of
// day. Nearly all of them wrote since the month before began, which is little
// to read; the whole past is read for the others alone.
func (s *snapshot) lastStories(ctx context.Context, a *agencies, last map[string]calendar.Day) error {
	recent := s.query.Month.Add(-1).First()
	if err := s.lastStoriesBetween(ctx, recent, s.asOf, nil, last); err != nil {
		return err
	}
	var silent []string
	for _, o := range a.list {
		if _, ok := last[o.code]; !ok {
			silent = append(silent, o.code)
		}
	}
	if len(silent) == 0 {
		return nil
	}
	return s.lastStoriesBetween(ctx, everyDay[0], recent.Add(-1), silent, last)
}

func (s *snapshot) lastStoriesBetween(ctx context.Context, first, until calendar.Day, opds []string, last map[string]calendar.Day) error {
	return s.each(ctx, "lastStories", rollupArticles, func(r driver.Rows) error {
		var opd string
		var day int32
		if err := r.Scan(&opd, &day); err != nil {
			return err
		}
		last[opd] = calendar.Day(day)
		return nil
	}, named("first", first), named("last", until), named("opds", append([]string{}, opds...)))
}

package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// lastStories fills in the day of the last story of every OPD by the as-of
// day. Nearly all of them wrote on the days first to until, whose stories have
// been counted; the whole past is read for the others alone.
func (s *snapshot) lastStories(ctx context.Context, a *agencies, first, until calendar.Day, d publicationData) error {
	last := d.last
	for opd, counts := range d.stories {
		for _, c := range counts {
			if newest, ok := last[opd]; !ok || c.day > newest {
				last[opd] = c.day
			}
		}
	}
	if until < s.asOf {
		if err := s.lastStoriesBetween(ctx, until.Add(1), s.asOf, nil, last); err != nil {
			return err
		}
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
	return s.lastStoriesBetween(ctx, everyDay[0], first.Add(-1), silent, last)
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

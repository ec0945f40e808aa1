package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// holidays reads the calendar of a region: the national list and the region's
// own days off.
func (m *Metrics) holidays(ctx context.Context, region string) (*calendar.Calendar, error) {
	var list []calendar.Holiday
	err := each(ctx, m.conn, "holidays", func(r driver.Rows) error {
		var h calendar.Holiday
		var day int32
		if err := r.Scan(&day, &h.Name, &h.Kind, &h.Decree); err != nil {
			return err
		}
		h.Day = calendar.Day(day)
		list = append(list, h)
		return nil
	}, named("region", region))
	if err != nil {
		return nil, err
	}
	return calendar.New(list)
}

// clock carries what the case questions need to count working days inside the
// engine and to judge them by the rule of the day a case started.
type clock struct {
	rules    ruleBook
	segments []calendar.Day // first day of each stretch of the month with constant rules
	params   []any
	unknown  error // the calendar does not reach from the month to the as-of day
}

// clock prepares the working days from the first of the month to the as-of
// day. A year without holidays on record fails the first case that would have
// to be counted, not a month without cases.
func (s *snapshot) clock(book ruleBook, cal *calendar.Calendar) clock {
	cumulative, err := cal.Prefix(s.from, s.asOf)
	changes := book.changes(s.from, s.to)
	numbers := make([]int32, len(changes))
	for i, d := range changes {
		numbers[i] = int32(d)
	}
	return clock{
		rules:    book,
		segments: append([]calendar.Day{s.from}, changes...),
		params:   []any{named("cumulative", cumulative), named("changes", numbers)},
		unknown:  err,
	}
}

// limit is the limit that holds for cases started in a segment. Every case
// passes here, so this is where a missing calendar comes to light.
func (c clock) limit(name, kind string, segment uint32, extended bool) (int, error) {
	if c.unknown != nil {
		return 0, c.unknown
	}
	r, err := c.rules.at(name, kind, c.segments[segment])
	if err != nil {
		return 0, err
	}
	return r.limitFor(extended), nil
}

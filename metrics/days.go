package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// holidays reads the calendar of a region: the national list and the region's
// own days off.
func (m *Metrics) holidays(ctx context.Context, region string) (*calendar.Calendar, error) {
	list, err := m.holidayList(ctx, region)
	if err != nil {
		return nil, err
	}
	return calendar.New(list)
}

func (m *Metrics) holidayList(ctx context.Context, region string) ([]calendar.Holiday, error) {
	var list []calendar.Holiday
	err := each(ctx, m.conn, "holidays", func(r driver.Rows) error {
		h, err := scanHoliday(r)
		list = append(list, h)
		return err
	}, named("region", region))
	return list, err
}

func scanHoliday(r driver.Rows) (calendar.Holiday, error) {
	var h calendar.Holiday
	var day int32
	err := r.Scan(&day, &h.Name, &h.Kind, &h.Decree)
	h.Day = calendar.Day(day)
	return h, err
}

// clock carries what the case questions need to count working days inside the
// engine and to judge them by the rule of the day a case started.
type clock struct {
	rules    ruleBook
	calendar *calendar.Calendar
	segments []calendar.Day // first day of each stretch of the month with constant rules
	params   []any
	first    calendar.Day // the first of the month
	worked   []int32      // worked[i]: working days from first to i days later
	unknown  error        // the calendar does not reach from the month to the as-of day
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
		calendar: cal,
		segments: append([]calendar.Day{s.from}, changes...),
		first:    s.from,
		worked:   cumulative,
		params:   []any{named("cumulative", cumulative), named("changes", numbers)},
		unknown:  err,
	}
}

// add counts a case in a tally under the rule in force on the day it started.
func (c clock) add(t *tally, what followed, rule, kind string, extended bool) error {
	limit, err := c.limit(rule, kind, c.segment(what.start), extended)
	if err != nil {
		return err
	}
	t.add(what.outcome, c.between(what.start, what.until), limit, 1)
	return nil
}

// between is wd(start, until) of two days from the first of the month to the
// as-of day.
func (c clock) between(start, until calendar.Day) int {
	if until <= start {
		return 0
	}
	return int(c.worked[until.Sub(c.first)] - c.worked[start.Sub(c.first)])
}

// segment numbers the stretch of the month that a day lies in.
func (c clock) segment(start calendar.Day) uint32 {
	n := uint32(0)
	for _, first := range c.segments[1:] {
		if first <= start {
			n++
		}
	}
	return n
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

package metrics

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// CalendarChanges says what the days off that came, or were taken back, after
// an instant do to the cases: which days changed, and which clocks stand
// elsewhere on the as-of day because of it. Reports that were closed keep
// their figures; this is the list to explain the difference.
type CalendarChanges struct {
	Region string      `json:"region"`
	AsOf   string      `json:"as_of"`
	Since  time.Time   `json:"since"`
	Days   []DayChange `json:"days"` // by date
	// Flips are the clocks whose state changed, by the day they started;
	// DueMoved counts all those whose due day did.
	Flips    []StateFlip `json:"flips"`
	DueMoved int         `json:"due_moved"`
}

// DayChange is a day that one calendar works and the other does not. Why is
// the reason under the calendar of now, Before under the one of then.
type DayChange struct {
	Date    string `json:"date"`
	Working bool   `json:"working"` // now
	Before  string `json:"before"`
	Why     string `json:"why"`
}

// StateFlip is a clock that stands elsewhere under the new calendar.
type StateFlip struct {
	CaseRef
	From      string    `json:"from"`
	DueBefore string    `json:"due_before"`
	DueNow    string    `json:"due_now"`
	Before    CaseState `json:"before"`
	Now       CaseState `json:"now"`
}

// CalendarChanges compares the calendar on record at an instant with the
// present one, over the cases as they stand on the as-of day of the query. A
// year that was not on record then is new, not changed. Errors are those of
// [Metrics.Report].
func (m *Metrics) CalendarChanges(ctx context.Context, q Query, since time.Time) (*CalendarChanges, error) {
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	j, err := s.judging(ctx, m)
	if err != nil {
		return nil, err
	}
	before, err := m.holidaysAt(ctx, q.Region.Code, since)
	if err != nil {
		return nil, err
	}
	out := &CalendarChanges{Region: q.Region.Code, AsOf: s.asOf.String(), Since: since.UTC(), Days: []DayChange{}, Flips: []StateFlip{}}
	first, last := out.compare(before, j.calendar)
	if len(out.Days) == 0 {
		return out, nil
	}
	// A clock's due day lies past the day it ran to where it was stopped early,
	// so that every clock started before the last changed day counts.
	clocks, err := s.caseClocks(ctx, everyDay[0], last, false)
	if err != nil {
		return nil, err
	}
	for _, c := range clocks {
		was, errBefore := c.judge(j.book, before)
		is, errNow := c.judge(j.book, j.calendar)
		if err := cmp.Or(errBefore, errNow); err != nil {
			if _, ok := unjudged(err); ok {
				continue // a year that one of them does not know
			}
			return nil, err
		}
		if was.due != is.due {
			out.DueMoved++
		}
		if c.ranTo >= first && was.state != is.state {
			out.Flips = append(out.Flips, StateFlip{
				CaseRef: c.ref(j.agencies), From: c.start.String(), DueBefore: was.due.String(), DueNow: is.due.String(), Before: was.state, Now: is.state,
			})
		}
	}
	slices.SortFunc(out.Flips, func(x, y StateFlip) int {
		return cmp.Or(strings.Compare(x.From, y.From), x.CaseRef.compare(y.CaseRef))
	})
	return out, nil
}

// compare notes the days of the years both calendars know that only one of
// them works, and returns the first and the last.
func (c *CalendarChanges) compare(before, now *calendar.Calendar) (first, last calendar.Day) {
	for _, year := range now.Years() {
		if !slices.Contains(before.Years(), year) {
			continue
		}
		for day := calendar.Date(year, 1, 1); day <= calendar.Date(year, 12, 31); day++ {
			was, whyBefore, errBefore := before.Working(day)
			is, why, errNow := now.Working(day)
			if errBefore != nil || errNow != nil || was == is {
				continue
			}
			if len(c.Days) == 0 {
				first = day
			}
			last = day
			c.Days = append(c.Days, DayChange{Date: day.String(), Working: is, Before: whyBefore, Why: why})
		}
	}
	return first, last
}

// holidaysAt reads the calendar of a region as it was on record at an instant.
func (m *Metrics) holidaysAt(ctx context.Context, region string, at time.Time) (*calendar.Calendar, error) {
	var list []calendar.Holiday
	err := each(ctx, m.conn, "holidayVersions", func(r driver.Rows) error {
		h, err := scanHoliday(r)
		list = append(list, h)
		return err
	}, named("region", region), named("at", instant(at)))
	if err != nil {
		return nil, err
	}
	return calendar.New(list)
}

package delivery

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"gaung/metrics/calendar"
)

// How long after its time a report or digest is still sent when the program
// was not running: a monthly report keeps its worth, Monday's digest does not.
const (
	monthlyCatchUp = 10 * 24 * time.Hour
	weeklyCatchUp  = 3 * 24 * time.Hour
)

// occurrence is one time at which a schedule is due.
type occurrence struct {
	at time.Time
	// until is when it is too late to begin.
	until time.Time
	// next is when the schedule is due again.
	next time.Time
	// month or week is what the message tells of; alerts have neither.
	month calendar.Month
	week  calendar.Week
	// period names it in the natural key; empty for alerts, whose causes have
	// periods of their own.
	period string
}

// last is the latest time the schedule was due at now or before. The days are
// those of the region's zone.
func (s *Schedule) last(now time.Time) occurrence {
	local := now.In(s.Region.Zone)
	switch s.Kind {
	case Monthly:
		m := calendar.MonthOf(calendar.DayOf(now, s.Region.Zone))
		at := s.inMonth(m)
		if at.After(now) {
			m = m.Add(-1)
			at = s.inMonth(m)
		}
		o := occurrence{at: at, until: at.Add(monthlyCatchUp), next: s.inMonth(m.Add(1)), month: m.Add(-1)}
		o.period = o.month.String()
		return o
	case Weekly:
		back := (int(local.Weekday()) - int(s.Weekday) + 7) % 7
		at := s.At.On(local.Year(), local.Month(), local.Day()-back, s.Region.Zone)
		if at.After(now) {
			back += 7
			at = s.At.On(local.Year(), local.Month(), local.Day()-back, s.Region.Zone)
		}
		next := s.At.On(local.Year(), local.Month(), local.Day()-back+7, s.Region.Zone)
		week := calendar.WeekOf(calendar.WeekOf(calendar.DayOf(at, s.Region.Zone)).Monday.Add(-1))
		return occurrence{at: at, until: at.Add(weeklyCatchUp), next: next, week: week, period: weekName(week)}
	}
	return s.lastCheck(now, local)
}

// inMonth is the time the monthly schedule is due in a month; a day the month
// does not have is its last one.
func (s *Schedule) inMonth(m calendar.Month) time.Time {
	day := min(s.Day, m.Last().Sub(m.First())+1)
	return s.At.On(m.Year, m.Month, day, s.Region.Zone)
}

// lastCheck is the latest check of alerts. Before the day's first one it is
// yesterday's last, which it is too late for once the day is over.
func (s *Schedule) lastCheck(now, local time.Time) occurrence {
	day := func(n int) time.Time {
		return s.At.On(local.Year(), local.Month(), local.Day()+n, s.Region.Zone)
	}
	midnight := func(n int) time.Time {
		return Clock(0).On(local.Year(), local.Month(), local.Day()+n, s.Region.Zone)
	}
	first := day(0)
	if first.After(now) {
		return occurrence{at: day(-1), until: midnight(0), next: first}
	}
	o := occurrence{at: first, until: midnight(1), next: day(1)}
	if s.Every > 0 {
		o.at = first.Add(now.Sub(first) / s.Every * s.Every)
		if next := o.at.Add(s.Every); next.Before(o.until) {
			o.next = next
		}
	}
	return o
}

// weekName is the ISO 8601 name of a week: 2026-W45.
func weekName(w calendar.Week) string {
	year, week := w.Thursday().Time(time.UTC).ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// parseWeek reads the name of a week.
func parseWeek(text string) (calendar.Week, error) {
	y, w, found := strings.Cut(text, "-W")
	year, err := strconv.Atoi(y)
	week, err2 := strconv.Atoi(w)
	if !found || err != nil || err2 != nil || week < 1 || week > 53 {
		return calendar.Week{}, fmt.Errorf("delivery: %q is no week", text)
	}
	// 4 January always lies in the first week.
	return calendar.Week{Monday: calendar.WeekOf(calendar.Date(year, time.January, 4)).Monday.Add(7 * (week - 1))}, nil
}

// again is the occurrence a stored period stands for.
func (s *Schedule) again(period string) (o occurrence, err error) {
	o.period = period
	switch s.Kind {
	case Monthly:
		o.month, err = calendar.ParseMonth(period)
	case Weekly:
		o.week, err = parseWeek(period)
	}
	return o, err
}

// Package calendar counts working days. A [Day] is a date without a zone, a
// [Month] a calendar month, and a [Calendar] knows which days a region works:
// Monday to Friday, less national holidays, joint leave (cuti bersama) and the
// region's own holidays (Perpres 21/2023 Pasal 6).
package calendar

import (
	"fmt"
	"time"
)

const secondsPerDay = 24 * 60 * 60

// Day is a calendar date without a zone: days since 1970-01-01.
type Day int32

// Date returns the Day of a date; out-of-range months and days are carried
// over as time.Date does.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// ParseDay reads a date written as 2006-01-02.
func ParseDay(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("calendar: %q is not a date written as YYYY-MM-DD", text)
	}
	return Date(t.Date()), nil
}

// DayOf returns the local day of an instant in a zone.
func DayOf(t time.Time, zone *time.Location) Day {
	return Date(t.In(zone).Date())
}

// String writes the day as 2006-01-02.
func (d Day) String() string { return d.utc().Format(time.DateOnly) }

// Date returns year, month and day of the month.
func (d Day) Date() (year int, month time.Month, day int) { return d.utc().Date() }

// Year returns the calendar year.
func (d Day) Year() int { return d.utc().Year() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// Weekend reports whether the day is a Saturday or a Sunday.
func (d Day) Weekend() bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

// Add returns the day n calendar days later, earlier for a negative n.
func (d Day) Add(n int) Day { return d + Day(n) }

// Sub returns the number of calendar days from o to d.
func (d Day) Sub(o Day) int { return int(d) - int(o) }

// Time returns the first instant of the day in a zone. Where a clock change
// skips midnight it is the first instant that exists.
func (d Day) Time(zone *time.Location) time.Time {
	year, month, day := d.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, zone)
}

// End returns the first instant after the day in a zone.
func (d Day) End(zone *time.Location) time.Time { return d.Add(1).Time(zone) }

func (d Day) utc() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

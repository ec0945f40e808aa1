package calendar

import (
	"fmt"
	"time"
)

// Month is a month of a year.
type Month struct {
	Year  int
	Month time.Month
}

// ParseMonth reads a month written as 2006-01.
func ParseMonth(text string) (Month, error) {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return Month{}, fmt.Errorf("calendar: %q is not a month written as YYYY-MM", text)
	}
	return Month{t.Year(), t.Month()}, nil
}

// MonthOf returns the month a day lies in.
func MonthOf(d Day) Month {
	year, month, _ := d.Date()
	return Month{year, month}
}

// String writes the month as 2006-01.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, int(m.Month)) }

// First returns the first day of the month.
func (m Month) First() Day { return Date(m.Year, m.Month, 1) }

// Last returns the last day of the month.
func (m Month) Last() Day { return Date(m.Year, m.Month+1, 0) }

// Add returns the month n months later, earlier for a negative n.
func (m Month) Add(n int) Month { return MonthOf(Date(m.Year, m.Month+time.Month(n), 1)) }

// After reports whether m is later than o.
func (m Month) After(o Month) bool { return m.First() > o.First() }

// Contains reports whether the day lies in the month.
func (m Month) Contains(d Day) bool { return d >= m.First() && d <= m.Last() }

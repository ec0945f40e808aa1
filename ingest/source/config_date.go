package source

import (
	"fmt"
	"time"
)

// Date is a calendar day without a zone. The zero Date is no day.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// IsZero says whether no day is set.
func (d Date) IsZero() bool { return d == Date{} }

// String gives "2025-05-01", and "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Before gives the day before.
func (d Date) Before() Date {
	year, month, day := time.Date(d.Year, d.Month, d.Day-1, 0, 0, 0, 0, time.UTC).Date()
	return Date{Year: year, Month: month, Day: day}
}

// UnmarshalText reads "2025-05-01".
func (d *Date) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("source: parse date: %w", err)
	}
	year, month, day := t.Date()
	*d = Date{Year: year, Month: month, Day: day}
	return nil
}

// MarshalText is the inverse of UnmarshalText.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

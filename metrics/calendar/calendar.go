package calendar

import (
	"fmt"
	"slices"
	"strings"
)

// The kinds of day off, as the decrees name them.
const (
	National   = "libur nasional"
	JointLeave = "cuti bersama"
	Regional   = "libur daerah"
)

// kindOrder is the order in which several reasons of one day are named.
var kindOrder = [...]string{National, JointLeave, Regional}

// Holiday is a day off by decree.
type Holiday struct {
	Day    Day
	Name   string
	Kind   string // National, JointLeave or Regional
	Decree string
}

// YearUnknownError says that a year has no national holiday on record, so
// that nothing can be counted in it. A guess would move due dates silently.
type YearUnknownError struct{ Year int }

// Error says which year is missing and how to import it.
func (e *YearUnknownError) Error() string {
	return fmt.Sprintf("hari libur nasional tahun %d belum ada; impor dahulu daftar hari libur tahun itu (gaung import holidays FILE)", e.Year)
}

// Calendar answers which days are worked. It is safe for concurrent use.
type Calendar struct {
	first    Day              // 1 January of the first year on record
	working  []int32          // working[i]: working days from first to first+i-1
	year0    int              // year of first
	unknown  []int32          // unknown[i]: years without data among the first i years
	holidays map[Day][]string // reasons of each day off, "kind: name"
}

// New builds the calendar of one region from the national list and the
// region's own days together. Several holidays may fall on one date. A kind
// it does not know is an error.
func New(holidays []Holiday) (*Calendar, error) {
	c := &Calendar{holidays: make(map[Day][]string, len(holidays))}
	known := map[int]bool{}
	byKind := slices.Clone(holidays)
	for _, h := range byKind {
		if !slices.Contains(kindOrder[:], h.Kind) {
			return nil, fmt.Errorf("calendar: holiday %s %q has the unknown kind %q", h.Day, h.Name, h.Kind)
		}
		if h.Kind == National {
			known[h.Day.Year()] = true
		}
	}
	slices.SortFunc(byKind, compareHolidays)
	for _, h := range byKind {
		why := h.Kind + ": " + h.Name
		if !slices.Contains(c.holidays[h.Day], why) {
			c.holidays[h.Day] = append(c.holidays[h.Day], why)
		}
	}
	c.count(known)
	return c, nil
}

// count fills the prefix sums over every year between the first and the last
// one known.
func (c *Calendar) count(known map[int]bool) {
	c.unknown, c.working = []int32{0}, []int32{0}
	if len(known) == 0 {
		return
	}
	first, last := 0, 0
	for year := range known {
		if first == 0 || year < first {
			first = year
		}
		last = max(last, year)
	}
	c.year0, c.first = first, Date(first, 1, 1)
	for year := first; year <= last; year++ {
		missing := c.unknown[len(c.unknown)-1]
		if !known[year] {
			missing++
		}
		c.unknown = append(c.unknown, missing)
	}
	var sum int32
	for d := c.first; d <= Date(last, 12, 31); d++ {
		if !d.Weekend() && len(c.holidays[d]) == 0 {
			sum++
		}
		c.working = append(c.working, sum)
	}
}

// Working reports whether the day is worked, and why (not), in Indonesian:
// "hari kerja", "akhir pekan (Sabtu)", "libur nasional: …", several reasons
// joined by "; ". The error is a *YearUnknownError.
func (c *Calendar) Working(d Day) (working bool, why string, err error) {
	if err := c.require(d.Year(), d.Year()); err != nil {
		return false, "", err
	}
	var reasons []string
	if d.Weekend() {
		reasons = append(reasons, "akhir pekan ("+WeekdayName(d.Weekday())+")")
	}
	reasons = append(reasons, c.holidays[d]...)
	if len(reasons) == 0 {
		return true, "hari kerja", nil
	}
	return false, strings.Join(reasons, "; "), nil
}

// Holiday reports whether a decree takes the day off, on a weekend too.
func (c *Calendar) Holiday(d Day) bool { return len(c.holidays[d]) > 0 }

// Between is wd(a, b): the number of working days d with a < d ≤ b, and 0 if
// b is a or an earlier day. The error is a *YearUnknownError for the first
// year in that span without data.
func (c *Calendar) Between(a, b Day) (int, error) {
	if b <= a {
		return 0, nil
	}
	if err := c.require(a.Add(1).Year(), b.Year()); err != nil {
		return 0, err
	}
	return int(c.sum(b) - c.sum(a)), nil
}

// Due returns the day d with wd(from, d) = limit that is itself worked: day
// one is the first working day after from. A limit of 0 or less is due on
// from itself. The error is a *YearUnknownError when the days run into a year
// without data.
func (c *Calendar) Due(from Day, limit int) (Day, error) {
	if limit <= 0 {
		return from, nil
	}
	start := from.Add(1)
	for year := start.Year(); ; year++ {
		if err := c.require(year, year); err != nil {
			return 0, err
		}
		target := c.sum(from) + int32(limit)
		end := Date(year, 12, 31)
		if c.sum(end) < target {
			continue
		}
		i, _ := slices.BinarySearch(c.working, target)
		return c.first.Add(i - 1), nil
	}
}

// Prefix returns wd(from, from+i) for i = 0 … to-from. The error is a
// *YearUnknownError as for Between.
func (c *Calendar) Prefix(from, to Day) ([]int32, error) {
	if to < from {
		return nil, fmt.Errorf("calendar: prefix from %s to the earlier %s", from, to)
	}
	out := make([]int32, to.Sub(from)+1)
	if to == from {
		return out, nil
	}
	if err := c.require(from.Add(1).Year(), to.Year()); err != nil {
		return nil, err
	}
	base := c.sum(from)
	for i := range out {
		out[i] = c.sum(from.Add(i)) - base
	}
	return out, nil
}

// Years lists the years that have national holidays on record.
func (c *Calendar) Years() []int {
	var years []int
	for i := 1; i < len(c.unknown); i++ {
		if c.unknown[i] == c.unknown[i-1] {
			years = append(years, c.year0+i-1)
		}
	}
	return years
}

// sum is the number of working days from the first day on record to d. The
// day before the record has the sum 0.
func (c *Calendar) sum(d Day) int32 { return c.working[max(d.Sub(c.first)+1, 0)] }

// require fails for the first year of a span that has no data.
func (c *Calendar) require(from, to int) error {
	last := c.year0 + len(c.unknown) - 2
	if len(c.unknown) == 1 || from < c.year0 || from > last {
		return &YearUnknownError{from}
	}
	until := min(to, last)
	if c.unknown[until-c.year0+1] != c.unknown[from-c.year0] {
		for year := from; ; year++ {
			if c.unknown[year-c.year0+1] != c.unknown[year-c.year0] {
				return &YearUnknownError{year}
			}
		}
	}
	if to > last {
		return &YearUnknownError{last + 1}
	}
	return nil
}

func compareHolidays(a, b Holiday) int {
	if a.Kind != b.Kind {
		return slices.Index(kindOrder[:], a.Kind) - slices.Index(kindOrder[:], b.Kind)
	}
	return strings.Compare(a.Name, b.Name)
}

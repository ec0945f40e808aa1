package calendar

import "time"

// Period is a stretch of days, both ends included.
type Period struct{ First, Last Day }

// Period returns the days of the month.
func (m Month) Period() Period { return Period{m.First(), m.Last()} }

// Days is the number of calendar days.
func (p Period) Days() int { return p.Last.Sub(p.First) + 1 }

// Contains reports whether the day lies in the period.
func (p Period) Contains(d Day) bool { return d >= p.First && d <= p.Last }

// Month returns the month that is exactly the period; ok is false for a period
// that is anything else.
func (p Period) Month() (m Month, ok bool) {
	m = MonthOf(p.First)
	return m, m.Period() == p
}

// String writes a whole month as 2006-01, anything else as both days with two
// dots between them.
func (p Period) String() string {
	if m, ok := p.Month(); ok {
		return m.String()
	}
	return p.First.String() + ".." + p.Last.String()
}

// Weeks returns the ISO weeks that belong to the period: those whose Thursday
// lies in it, in order. A short period may have none.
func (p Period) Weeks() []Week {
	w := WeekOf(p.First)
	if w.Thursday() < p.First {
		w.Monday = w.Monday.Add(7)
	}
	var weeks []Week
	for ; w.Thursday() <= p.Last; w.Monday = w.Monday.Add(7) {
		weeks = append(weeks, w)
	}
	return weeks
}

// Before is the period of the same length that ends where this one begins.
// Whole months have as many whole months before them, however long these are.
func (p Period) Before() Period {
	if n := p.wholeMonths(); n > 0 {
		return Period{MonthOf(p.First).Add(-n).First(), p.First.Add(-1)}
	}
	return Period{p.First.Add(-p.Days()), p.First.Add(-1)}
}

// YearBefore is the period between the same calendar days of the year before;
// 28 February stands in for a 29th that year does not have. Whole months have
// the same whole months of the year before them.
func (p Period) YearBefore() Period {
	if n := p.wholeMonths(); n > 0 {
		first := MonthOf(p.First).Add(-12)
		return Period{first.First(), first.Add(n - 1).Last()}
	}
	return Period{yearBefore(p.First), yearBefore(p.Last)}
}

// wholeMonths is how many whole months the period is, 0 when it is not.
func (p Period) wholeMonths() int {
	first, last := MonthOf(p.First), MonthOf(p.Last)
	if p.First != first.First() || p.Last != last.Last() {
		return 0
	}
	return (last.Year-first.Year)*12 + int(last.Month-first.Month) + 1
}

func yearBefore(d Day) Day {
	year, month, day := d.Date()
	if month == time.February && day == 29 {
		day = 28
	}
	return Date(year-1, month, day)
}

package calendar

import "time"

// Week is an ISO 8601 week, named by its Monday.
type Week struct{ Monday Day }

// WeekOf returns the ISO week a day lies in.
func WeekOf(d Day) Week {
	return Week{d.Add(-((int(d.Weekday()) + 6) % 7))}
}

// Thursday is the day that decides to which month and year a week belongs.
func (w Week) Thursday() Day { return w.Monday.Add(3) }

// Sunday is the last day of the week.
func (w Week) Sunday() Day { return w.Monday.Add(6) }

// Weeks returns the ISO weeks that belong to the month: those whose Thursday
// lies in it, four or five of them, in order. Every week belongs to exactly
// one month.
func (m Month) Weeks() []Week {
	w := WeekOf(m.First())
	if MonthOf(w.Thursday()) != m {
		w.Monday = w.Monday.Add(7)
	}
	weeks := make([]Week, 0, 5)
	for ; MonthOf(w.Thursday()) == m; w.Monday = w.Monday.Add(7) {
		weeks = append(weeks, w)
	}
	return weeks
}

// WeekdayName is the Indonesian name of a day of the week.
func WeekdayName(w time.Weekday) string {
	return [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}[w]
}

package dashboard

import (
	"slices"

	"gaung/metrics/calendar"
)

// opening is the period of an address that names none.
type opening int

const (
	// openDays is what pages open with: the last days up to yesterday. Today is
	// never among them, since it would always look like a fall.
	openDays opening = iota
	// openMonth is what files and the API open with: a whole month.
	openMonth
)

// openingDays is how many days a page opens with: whole weeks, so that every
// weekday counts as often.
const openingDays = 28

// open shows the period of an address that names none. Days without any data
// give way to the newest month that has some.
func (sel *selection) open(with opening) {
	if sel.NoData {
		sel.show(calendar.MonthOf(sel.today()).Period())
		return
	}
	days := lastDays(sel.today(), openingDays)
	if with == openDays && sel.Through.Days.First <= days.Last && sel.Through.Days.Last >= days.First {
		sel.show(days)
		return
	}
	sel.show(defaultMonth(sel.Through.Months, sel.today()).Period())
	sel.Instead = with == openDays
}

// undated is the query part of a page that is to move on with the days: without
// a period where the chosen one is what pages open with today.
func (sel *selection) undated() string {
	a := sel.address()
	if sel.Instead || sel.Period == lastDays(sel.today(), openingDays) {
		a.Month, a.From, a.To = "", "", ""
	}
	return a.query()
}

// span names the chosen days. Those that a preset leads to are said by their
// number.
func (sel *selection) span() string {
	for _, days := range presetDays {
		if sel.Period == lastDays(sel.today(), days) {
			return sel.Lang.T("{1} hari sampai {2}", days, sel.Lang.Day(sel.Period.Last.String()))
		}
	}
	return sel.Lang.Span(sel.Period)
}

// lastDays is the period of so many days that ended yesterday.
func lastDays(today calendar.Day, days int) calendar.Period {
	return calendar.Period{First: today.Add(-days), Last: today.Add(-1)}
}

// defaultMonth is the newest month with data that had ended by yesterday, else
// the newest month with data. Months are newest first.
func defaultMonth(months []calendar.Month, today calendar.Day) calendar.Month {
	for _, m := range months {
		if m.Last() < today {
			return m
		}
	}
	return months[0]
}

// whole is the selection about the month that pages of whole months show: for
// days that are no month the one the last day lies in or, while that one still
// runs, the month with data before it.
func (sel *selection) whole() *selection {
	of := *sel
	if _, whole := sel.Period.Month(); whole {
		return &of
	}
	month := sel.Month
	if before := month.Add(-1); month.Last() >= sel.today() && slices.Contains(sel.Through.Months, before) {
		month = before
	}
	of.show(month.Period())
	return &of
}

// finished is the newest month with data that has ended; ok is false while
// there is none.
func (sel *selection) finished() (m calendar.Month, ok bool) {
	if sel.NoData {
		return m, false
	}
	m = defaultMonth(sel.Through.Months, sel.today())
	return m, m.Last() < sel.today()
}

package metrics

import (
	"gaung/metrics/calendar"
)

// DayKind says what a day of a ledger is.
type DayKind string

// The kinds of day in a ledger.
const (
	DayCounted  DayKind = "counted"  // a working day within the limit
	DayExtended DayKind = "extended" // a working day that the extension allows
	DayOverdue  DayKind = "overdue"  // a working day past the limit
	DayWeekend  DayKind = "weekend"
	DayHoliday  DayKind = "holiday" // a day off by decree, on a weekend too
	DayWaiting  DayKind = "waiting" // the clock has not started: the papers are not complete
)

// LedgerEntry is one calendar day of a ledger: whether it counted as a working
// day, what it is, and why it did (not) count, in Indonesian.
type LedgerEntry struct {
	Date    string  `json:"date"`
	Counted bool    `json:"counted"`
	Kind    DayKind `json:"kind"`
	Why     string  `json:"why"`
}

// ledger has one line for each calendar day after from, to until.
func ledger(cal *calendar.Calendar, r rule, extended bool, from, until calendar.Day) ([]LedgerEntry, error) {
	lines, count, limit := []LedgerEntry{}, 0, r.limitFor(extended)
	for day := from.Add(1); day <= until; day++ {
		working, why, err := cal.Working(day)
		if err != nil {
			return nil, err
		}
		entry := LedgerEntry{Date: day.String(), Counted: working, Kind: DayHoliday, Why: why}
		switch {
		case working:
			count++
			switch {
			case count > limit:
				entry.Kind, entry.Why = DayOverdue, why+" (lewat tenggat)"
			case count > r.limit:
				entry.Kind, entry.Why = DayExtended, why+" (perpanjangan)"
			default:
				entry.Kind = DayCounted
			}
		case !cal.Holiday(day):
			entry.Kind = DayWeekend
		}
		lines = append(lines, entry)
	}
	return lines, nil
}

// waiting has one line for each calendar day after received, to the day the
// papers were complete and the clock started.
func waiting(received, complete calendar.Day) []LedgerEntry {
	lines := []LedgerEntry{}
	for day := received.Add(1); day <= complete; day++ {
		lines = append(lines, LedgerEntry{Date: day.String(), Kind: DayWaiting, Why: "menunggu kelengkapan berkas"})
	}
	return lines
}

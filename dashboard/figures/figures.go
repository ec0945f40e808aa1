// Package figures reads the key figures out of a monthly report. Page and
// workbook both take them from here, so the sums behind a card exist once.
package figures

import (
	"strconv"
	"time"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// Movement is the direction of a figure against the month before.
type Movement string

// The directions. None means that there is nothing to compare with.
const (
	Up   Movement = "up"
	Down Movement = "down"
	Same Movement = "same"
	None Movement = ""
)

// Figure is one key figure with everything that is needed to read it fairly.
type Figure struct {
	// ID names the figure in markup and tests: stories, targets, ppid, complaints.
	ID    string
	Title string
	// Number is the figure itself: a count, or a share from 0 to 1 when Share
	// is set; nil when there is none.
	Number *float64
	Share  bool
	// Cases is the number of cases behind a share; it decides its precision.
	Cases int
	// Value is how Number is shown, and Of what it is part of ("dari 38 OPD").
	Value wording.Cell
	Of    string
	// Movement and Compare set the figure beside the month before.
	Movement Movement
	Compare  string
	Target   string
	// N says how many cases or OPD the figure stands on.
	N string
	// Rows is the address of the rows that the figure counts, RowsN how many
	// they are; a page sets both where it has them.
	Rows  string
	RowsN int
	// AsOf says at the end of which day the world was looked at.
	AsOf string
}

// Key lists the four key figures of a report. The previous report may be nil;
// it should be the month before, as of the same point in its life.
func Key(lang wording.Language, r, previous *metrics.Report) []Figure {
	return finish(lang, r, previous, stories(lang, r, previous), targets(lang, r, previous), requests(lang, r, previous), complaints(lang, r, previous))
}

// AsOf says at the end of which day a report looks at the world: "per 5
// November 2026 WIB".
func AsOf(lang wording.Language, r *metrics.Report) string { return AsOfDay(lang, r.AsOf, r.Timezone) }

// AsOfDay is AsOf for a day, YYYY-MM-DD, in a zone.
func AsOfDay(lang wording.Language, day, timezone string) string {
	return lang.T("per {1} {2}", lang.Day(day), zoneLabel(timezone))
}

// ZoneLabel is the label of the report's zone; a zone that this machine does
// not know is shown by its own name.
func ZoneLabel(r *metrics.Report) string { return zoneLabel(r.Timezone) }

func zoneLabel(timezone string) string {
	zone, err := time.LoadLocation(timezone)
	if err != nil {
		return timezone
	}
	return wording.ZoneLabel(zone)
}

// RunningOn reports whether the figures of a month, YYYY-MM, are those of a part
// of it: it was not over on the as-of day, or is not over today. Days are
// YYYY-MM-DD.
func RunningOn(month, asOf, today string) bool {
	first, err := time.Parse("2006-01", month)
	if err != nil {
		return false
	}
	last := first.AddDate(0, 1, -1).Format(time.DateOnly)
	return asOf < last || today <= last
}

// compare words a count against the one before.
func compare(lang wording.Language, now, before int, previous *metrics.Report) (Movement, string) {
	words := lang.Count(before) + " (" + period(lang, previous) + ")"
	switch d := now - before; {
	case d > 0:
		return Up, lang.T("naik {1} dari {2}", lang.Count(d), words)
	case d < 0:
		return Down, lang.T("turun {1} dari {2}", lang.Count(-d), words)
	}
	return Same, lang.T("sama dengan {1}", words)
}

// compareShares words a share of n cases against the one before, in points
// of the precision that both are shown with.
func compareShares(lang wording.Language, now, before *float64, n, beforeN int, previous *metrics.Report) (Movement, string) {
	if before == nil {
		return None, lang.T("belum ada angka untuk {1}", period(lang, previous))
	}
	words := lang.Percent(*before, beforeN) + " (" + period(lang, previous) + ")"
	if now == nil {
		return None, words
	}
	shown, shownBefore := lang.Percent(*now, n), lang.Percent(*before, beforeN)
	switch {
	case shown == shownBefore:
		return Same, lang.T("sama dengan {1}", words)
	case *now > *before:
		return Up, lang.T("naik dari {1}", words)
	}
	return Down, lang.T("turun dari {1}", words)
}

// period names the period of a report, and the day when it was not over. Days
// of the year in which they were measured need no year.
func period(lang wording.Language, r *metrics.Report) string {
	if Running(r) {
		return lang.ShortDay(r.AsOf)
	}
	if p, ok := Days(r); ok {
		if year := r.GeneratedAt.Year(); p.First.Year() == year && p.Last.Year() == year {
			return lang.SpanWithin(p)
		}
		return lang.ShortSpan(p)
	}
	return lang.ShortMonthOf(r.Month)
}

func float(n int) *float64 {
	v := float64(n)
	return &v
}

// opdCount writes "1 OPD", "38 OPD".
func opdCount(lang wording.Language, n int) string { return lang.T("{1} OPD", strconv.Itoa(n)) }

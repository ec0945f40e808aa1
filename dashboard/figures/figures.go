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
	// AsOf says at the end of which day the world was looked at.
	AsOf string
}

// Key lists the four key figures of a report. The previous report may be nil;
// it should be the month before, as of the same point in its life.
func Key(r, previous *metrics.Report) []Figure {
	return finish(r, previous, stories(r, previous), targets(r, previous), requests(r, previous), complaints(r, previous))
}

// AsOf says at the end of which day a report looks at the world: "per 5
// November 2026 WIB".
func AsOf(r *metrics.Report) string { return AsOfDay(r.AsOf, r.Timezone) }

// AsOfDay is AsOf for a day, YYYY-MM-DD, in a zone.
func AsOfDay(day, timezone string) string {
	return "per " + wording.Day(day) + " " + zoneLabel(timezone)
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

// Running reports whether the as-of day lies before the last day of the month,
// so that the month's figures are those of a part of it.
func Running(r *metrics.Report) bool { return RunningOn(r.Month, r.AsOf) }

// RunningOn is Running for a month, YYYY-MM, and an as-of day, YYYY-MM-DD.
func RunningOn(month, asOf string) bool {
	first, err := time.Parse("2006-01", month)
	if err != nil {
		return false
	}
	return asOf < first.AddDate(0, 1, -1).Format(time.DateOnly)
}

// compare words a count against the one before.
func compare(now, before int, previous *metrics.Report) (Movement, string) {
	words := wording.Count(before) + " (" + period(previous) + ")"
	switch d := now - before; {
	case d > 0:
		return Up, "naik " + wording.Count(d) + " dari " + words
	case d < 0:
		return Down, "turun " + wording.Count(-d) + " dari " + words
	}
	return Same, "sama dengan " + words
}

// compareShares words a share of n cases against the one before, in points
// of the precision that both are shown with.
func compareShares(now, before *float64, n, beforeN int, previous *metrics.Report) (Movement, string) {
	if before == nil {
		return None, "belum ada angka untuk " + period(previous)
	}
	words := wording.Percent(*before, beforeN) + " (" + period(previous) + ")"
	if now == nil {
		return None, words
	}
	shown, shownBefore := wording.Percent(*now, n), wording.Percent(*before, beforeN)
	switch {
	case shown == shownBefore:
		return Same, "sama dengan " + words
	case *now > *before:
		return Up, "naik dari " + words
	}
	return Down, "turun dari " + words
}

// period names the month of a report, and the day when it was not over.
func period(r *metrics.Report) string {
	if Running(r) {
		return wording.ShortDay(r.AsOf)
	}
	return wording.ShortMonthOf(r.Month)
}

func float(n int) *float64 {
	v := float64(n)
	return &v
}

// opdCount writes "1 OPD", "38 OPD".
func opdCount(n int) string { return strconv.Itoa(n) + " OPD" }

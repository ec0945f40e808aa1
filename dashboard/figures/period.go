package figures

import (
	"time"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// Days is the period of a report; ok is false for a report that names none.
func Days(r *metrics.Report) (p calendar.Period, ok bool) {
	if m, err := calendar.ParseMonth(r.Month); err == nil {
		return m.Period(), true
	}
	p, err := r.Period.Days()
	return p, err == nil
}

// Period is what a report is about, for titles and captions: its month or days,
// and what it is restricted to.
func Period(lang wording.Language, r *metrics.Report) string {
	text := Span(lang, r)
	if only := lang.Restricted(r.Filters); only != "" {
		text += " · " + only
	}
	return text
}

// Span is the month or the days of a report.
func Span(lang wording.Language, r *metrics.Report) string {
	if p, ok := Days(r); ok {
		return lang.Span(p)
	}
	return r.Month
}

// PeriodCode is the period for files and columns: 2026-10, or both days.
func PeriodCode(r *metrics.Report) string {
	if p, ok := Days(r); ok {
		return p.String()
	}
	return r.Month
}

// Running reports whether the figures are those of a part of the period: it
// was not over on the as-of day, or its last day was still going on when they
// were measured.
func Running(r *metrics.Report) bool {
	p, ok := Days(r)
	if !ok {
		return false
	}
	asOf, err := calendar.ParseDay(r.AsOf)
	if err != nil || asOf < p.Last {
		return err == nil
	}
	zone, err := time.LoadLocation(r.Timezone)
	return err == nil && asOf == p.Last && calendar.DayOf(r.GeneratedAt, zone) == asOf
}

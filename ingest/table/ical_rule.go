package table

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// recurrence is a rule of RFC 5545, section 3.3.10, of the kinds an office's
// agenda has: every n days or weeks, on given weekdays.
type recurrence struct {
	weekly   bool
	interval int
	count    int // 0: no limit
	until    *stamp
	weekdays []time.Weekday
	first    time.Weekday // of the week
}

const (
	// maxOccurrences bounds one event: daily over eight years.
	maxOccurrences = 3000
	// plainHorizon is how far rules without an end go when the caller set no
	// limit.
	plainHorizon = 2 * 366
	// firstYear is the first in which a rule may begin: nothing an office
	// still announces is older.
	firstYear = 1990
)

var weekdayNames = map[string]time.Weekday{
	"SU": time.Sunday, "MO": time.Monday, "TU": time.Tuesday, "WE": time.Wednesday, "TH": time.Thursday, "FR": time.Friday, "SA": time.Saturday,
}

const unsupportedRule = "pengulangan ini belum didukung, hanya acara pertama yang dibaca; tulis acara berikutnya satu per satu"

// parseRule reads a rule; ok is false for one that is not supported.
func parseRule(text string) (recurrence, bool) {
	r := recurrence{interval: 1, first: time.Monday}
	frequency := false
	for part := range strings.SplitSeq(strings.ToUpper(strings.TrimSpace(text)), ";") {
		key, value, _ := strings.Cut(part, "=")
		switch key {
		case "":
		case "FREQ":
			r.weekly, frequency = value == "WEEKLY", value == "WEEKLY" || value == "DAILY"
		case "INTERVAL", "COUNT":
			n, err := strconv.Atoi(value)
			if err != nil || n < 1 || n > 100_000 {
				return r, false
			}
			if key == "COUNT" {
				r.count = n
			} else {
				r.interval = n
			}
		case "UNTIL":
			s := property{value: value}.stamp()
			if s.at.IsZero() {
				return r, false
			}
			r.until = &s
		case "BYDAY":
			for name := range strings.SplitSeq(value, ",") {
				day, ok := weekdayNames[name]
				if !ok {
					return r, false // the second Tuesday of a month
				}
				r.weekdays = append(r.weekdays, day)
			}
		case "WKST":
			day, ok := weekdayNames[value]
			if !ok {
				return r, false
			}
			r.first = day
		default:
			return r, false
		}
	}
	return r, frequency
}

// expand gives the occurrences of a recurring event up to the calendar's
// horizon, and words when not all of them are meant.
func (e *event) expand(c *calendar) (times []stamp, words string) {
	if e.start.at.IsZero() {
		return []stamp{e.start}, ""
	}
	r, ok := parseRule(e.rule)
	if !ok || e.start.at.Year() < firstYear {
		return []stamp{e.start}, unsupportedRule
	}
	horizon := c.limits.Until
	if horizon.IsZero() {
		horizon = e.start.at.AddDate(0, 0, plainHorizon)
	}
	met := 0
	r.walk(e.start.at, horizon, func(at time.Time) bool {
		s := e.start
		s.at = at
		if r.until != nil && r.past(s, c) || r.count > 0 && met >= r.count {
			return false
		}
		if met++; met > maxOccurrences {
			words = "pengulangannya terlalu banyak, sisanya dilewati; beri tanggal akhir"
			return false
		}
		times = append(times, s)
		return true
	})
	return times, words
}

// walk calls visit for every occurrence from start to horizon, in order,
// until it returns false. The start is an occurrence whatever the rule says.
func (r recurrence) walk(start, horizon time.Time, visit func(time.Time) bool) {
	if !visit(start) {
		return
	}
	if !r.weekly {
		for at := start.AddDate(0, 0, r.interval); !at.After(horizon); at = at.AddDate(0, 0, r.interval) {
			if len(r.weekdays) > 0 && !slices.Contains(r.weekdays, at.Weekday()) {
				continue
			}
			if !visit(at) {
				return
			}
		}
		return
	}
	days := r.weekdays
	if len(days) == 0 {
		days = []time.Weekday{start.Weekday()}
	}
	back := (int(start.Weekday()) - int(r.first) + 7) % 7
	for week := start.AddDate(0, 0, -back); !week.After(horizon); week = week.AddDate(0, 0, 7*r.interval) {
		for offset := range 7 {
			at := week.AddDate(0, 0, offset)
			if !at.After(start) || at.After(horizon) || !slices.Contains(days, at.Weekday()) {
				continue
			}
			if !visit(at) {
				return
			}
		}
	}
}

// past reports whether an occurrence lies beyond the end of the rule.
func (r recurrence) past(s stamp, c *calendar) bool {
	switch {
	case r.until.isDate:
		return s.day() > r.until.day()
	case r.until.utc && !s.utc && !s.isDate:
		if zone := c.zoneOf(s.tzid); zone != nil {
			return wall(s.at, zone).After(r.until.at)
		}
		// The event has the region's clock, which is ahead of Greenwich by at
		// most nine hours: an end within its day counts as that day.
		return s.at.After(r.until.at.Add(9 * time.Hour))
	}
	return s.at.After(r.until.at)
}

package table

import (
	"strings"
	"time"
)

// stamp is a date or an instant as a calendar writes it.
type stamp struct {
	raw    string
	at     time.Time // wall clock in loc; zero when raw cannot be read
	isDate bool
	utc    bool
	tzid   string
}

const (
	calendarDate = "20060102"
	calendarTime = "20060102T150405"
)

// stamp reads a DATE or DATE-TIME value.
func (p property) stamp() stamp {
	s := stamp{raw: strings.TrimSpace(p.value), tzid: p.tzid}
	if at, err := time.Parse(calendarDate, s.raw); err == nil {
		s.at, s.isDate = at, true
		return s
	}
	text, utc := strings.CutSuffix(s.raw, "Z")
	if at, err := time.Parse(calendarTime, text); err == nil {
		s.at, s.utc = at, utc
		if p.isDate {
			s.isDate, s.utc = true, false
		}
	}
	return s
}

// windowsZones are the names Outlook gives the zones of Indonesia.
var windowsZones = map[string]string{
	"SE Asia Standard Time": "Asia/Jakarta", "Singapore Standard Time": "Asia/Makassar", "Tokyo Standard Time": "Asia/Jayapura",
	"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura",
}

// zoneOf finds the zone of a TZID; nil means the region's own: no TZID, or
// one that nobody knows.
func (c *calendar) zoneOf(tzid string) *time.Location {
	if tzid == "" {
		return nil
	}
	name := strings.TrimPrefix(tzid, "/")
	if full, ok := windowsZones[name]; ok {
		name = full
	}
	// A path or "Local" would mean something of this machine.
	if name != "Local" && !strings.Contains(name, "..") && strings.Contains(name, "/") || name == "UTC" {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone
		}
	}
	return c.zones[tzid]
}

// text is the stamp as the importer reads it: a day, a wall clock of the
// region, or an instant with its zone. What cannot be read stays as it came,
// to be rejected with its text.
func (s stamp) text(c *calendar) string {
	switch {
	case s.at.IsZero():
		return s.raw
	case s.isDate:
		return s.at.Format(time.DateOnly)
	case s.utc:
		return s.at.Format(time.RFC3339)
	}
	if zone := c.zoneOf(s.tzid); zone != nil {
		return wall(s.at, zone).Format(time.RFC3339)
	}
	return s.at.Format(time.DateTime)
}

// day is the day of the stamp on its own wall clock.
func (s stamp) day() string {
	if s.at.IsZero() {
		return s.raw
	}
	return s.at.Format(time.DateOnly)
}

func wall(at time.Time, zone *time.Location) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, zone)
}

// parseOffset reads +0700 or +07:00 as seconds east of Greenwich.
func parseOffset(text string) (int, bool) {
	text = strings.ReplaceAll(strings.TrimSpace(text), ":", "")
	if len(text) != 5 || text[0] != '+' && text[0] != '-' {
		return 0, false
	}
	at, err := time.Parse("1504", text[1:])
	if err != nil {
		return 0, false
	}
	seconds := at.Hour()*3600 + at.Minute()*60
	if text[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

package table

import "strings"

// event is a VEVENT, reduced to what an agenda needs. Who is invited and what
// it is about is never read.
type event struct {
	line      int // of its BEGIN
	uid       string
	title     string
	venue     string
	start     stamp
	rule      string
	except    map[string]bool // days
	instead   *stamp          // RECURRENCE-ID: the occurrence that it replaces
	cancelled bool
	moreDates bool // RDATE
	sequence  string
}

// take reads one property of an event. Of most, the first counts.
func (e *event) take(p property) {
	switch p.name {
	case "UID":
		e.uid = p.text()
	case "SUMMARY":
		e.title = p.text()
	case "LOCATION":
		e.venue = p.text()
	case "DTSTART":
		e.start = p.stamp()
	case "RRULE":
		e.rule = p.value
	case "SEQUENCE":
		e.sequence = p.value
	case "STATUS":
		e.cancelled = strings.EqualFold(p.value, "CANCELLED")
	case "RDATE":
		e.moreDates = true
	case "RECURRENCE-ID":
		at := p.stamp()
		e.instead = &at
	case "EXDATE":
		for part := range strings.SplitSeq(p.value, ",") {
			if len(e.except) < maxOccurrences {
				if e.except == nil {
					e.except = map[string]bool{}
				}
				one := p
				one.value = part
				e.except[one.stamp().day()] = true
			}
		}
	}
}

// replaced are the occurrences that an event of their own stands for, a
// cancelled one too.
func (c *calendar) replaced() map[string]bool {
	ids := map[string]bool{}
	for i := range c.events {
		if e := &c.events[i]; e.instead != nil {
			ids[occurrenceID(e.uid, *e.instead)] = true
		}
	}
	return ids
}

// occurrenceID is the id of one occurrence: the event's and the day.
func occurrenceID(uid string, at stamp) string {
	if uid == "" {
		return ""
	}
	return uid + "/" + at.day()
}

func compareSequence(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func cut(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}

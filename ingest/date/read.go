package date

import "strings"

// reading collects the parts of a date while its tokens are consumed.
type reading struct {
	tokens []token
	pos    int

	hasDate            bool
	year, month, day   int
	yearFirst, numeric bool
	zeroDate           bool

	hasTime                     bool
	hour, minute, second, nanos int

	hasZone bool
	offset  int // seconds east of UTC

	hasWeekday bool
	weekday    int

	// monthDay: month and day are known and the year stands at the end, as in
	// asctime's "Thu Jan  3 10:00:00 2019".
	monthDay bool
}

// read consumes all tokens. It returns a reason, or "" when every token has
// its place and a date was found.
func (r *reading) read() string {
	for r.pos < len(r.tokens) {
		if reason := r.step(); reason != "" {
			return reason
		}
	}
	if !r.hasDate {
		return ReasonUnreadable
	}
	return ""
}

// step consumes one part of the text.
func (r *reading) step() string {
	t := r.tokens[r.pos]
	switch t.kind {
	case word:
		return r.word(t)
	case number:
		return r.number()
	}
	switch {
	case t.text == "(" && r.hasZone:
		return r.comment()
	case (t.text == "+" || t.text == "-") && r.hasTime && !r.hasZone && r.offsetAt(r.pos):
		return ""
	case t.text == "-" && r.zeroYear():
		return ""
	case strings.Contains(",|()[]/-.;:•·@~*", t.text):
		r.pos++
		return ""
	}
	return ReasonUnreadable
}

// word consumes a weekday, a zone, a month-first date or a filler.
func (r *reading) word(t token) string {
	if !r.hasDate && !r.monthDay {
		if month, ok := months[t.text]; ok {
			return r.monthFirst(int(month))
		}
	}
	if day, ok := weekdays[t.text]; ok && !r.hasWeekday && !r.hasDate {
		r.hasWeekday, r.weekday = true, int(day)
		r.pos++
		return ""
	}
	if offset, ok := zones[t.text]; ok && r.hasTime && !r.hasZone {
		r.hasZone, r.offset = true, offset
		r.pos++
		// "GMT+7" and "UTC+07:00" say the offset behind the name.
		if offset == 0 && t.text != "z" && r.pos < len(r.tokens) {
			if next := r.tokens[r.pos]; next.glued && (next.text == "+" || next.text == "-") {
				r.hasZone = false
				if !r.offsetAt(r.pos) {
					return ReasonUnreadable
				}
			}
		}
		return ""
	}
	if (t.text == "am" || t.text == "pm") && r.hasTime && !r.hasZone {
		return r.halfDay(t.text)
	}
	if fillers[t.text] {
		r.pos++
		return ""
	}
	if t.text == "t" && t.glued && r.hasDate && !r.hasTime && r.yearFirst && r.at(1).kind == number {
		r.pos++
		return ""
	}
	return ReasonUnreadable
}

// number consumes a date, a time, or the year that ends asctime.
func (r *reading) number() string {
	if r.monthDay && !r.hasDate {
		if t := r.tokens[r.pos]; len(t.text) == 4 {
			r.year, r.hasDate = t.value, true
			r.pos++
			return ""
		}
	}
	if !r.hasDate && !r.monthDay {
		ok, reason := r.dateAt()
		if ok || reason != "" {
			return reason
		}
	}
	if !r.hasTime {
		return r.timeAt()
	}
	return ReasonUnreadable
}

// comment skips what stands in brackets behind a zone, as RFC 822 allows:
// "+0700 (WIB)", "GMT+0700 (Western Indonesia Time)". A zone name in it that
// contradicts the offset makes the text unreadable: one of the two is wrong.
func (r *reading) comment() string {
	for i := r.pos + 1; i < len(r.tokens); i++ {
		t := r.tokens[i]
		if t.text == ")" {
			r.pos = i + 1
			return ""
		}
		if offset, ok := zones[t.text]; ok && offset != r.offset {
			return ReasonUnreadable
		}
		if t.kind == number {
			return ReasonUnreadable
		}
	}
	return ReasonUnreadable
}

// at returns the token n places on, or an empty mark.
func (r *reading) at(n int) token {
	if r.pos+n < len(r.tokens) {
		return r.tokens[r.pos+n]
	}
	return token{kind: mark}
}

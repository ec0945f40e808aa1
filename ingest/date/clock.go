package date

// timeAt reads "10:00", "10.00", "10:00:30", "10:00:30.123".
func (r *reading) timeAt() string {
	hour, sep, minute := r.at(0), r.at(1), r.at(2)
	if len(hour.text) > 2 || sep.kind != mark || !(sep.text == ":" || sep.text == ".") ||
		minute.kind != number || len(minute.text) != 2 {
		return ReasonUnreadable
	}
	r.hour, r.minute, r.hasTime = hour.value, minute.value, true
	r.pos += 3
	if r.at(0).text != sep.text || r.at(1).kind != number || len(r.at(1).text) != 2 {
		return r.checkTime()
	}
	r.second = r.at(1).value
	r.pos += 2
	if dot := r.at(0).text; (dot == "." || dot == ",") && r.at(1).kind == number && r.at(1).glued && sep.text == ":" {
		r.nanos = nanos(r.at(1).text)
		r.pos += 2
	}
	return r.checkTime()
}

// nanos reads a decimal fraction of a second.
func nanos(digits string) int {
	n := 0
	for i := range 9 {
		n *= 10
		if i < len(digits) {
			n += int(digits[i] - '0')
		}
	}
	return n
}

func (r *reading) checkTime() string {
	if r.hour > 23 || r.minute > 59 || r.second > 59 {
		return ReasonImpossible
	}
	return ""
}

// halfDay applies "am" or "pm".
func (r *reading) halfDay(half string) string {
	if r.hour < 1 || r.hour > 12 {
		return ReasonImpossible
	}
	r.hour %= 12
	if half == "pm" {
		r.hour += 12
	}
	r.pos++
	return ""
}

// offsetAt reads a numeric zone at the token: +0700, +07:00, +07, and +7 behind
// "GMT". It consumes nothing and returns false when it is none.
//
// "10:00-12:00" is a span of time on an Indonesian page: the colon form with a
// minus is an offset only behind a year-first date, as RFC 3339 writes it.
func (r *reading) offsetAt(pos int) bool {
	sign := r.tokens[pos]
	r.pos = pos
	digits := r.at(1)
	if digits.kind != number || !digits.glued {
		return false
	}
	named := pos > 0 && r.tokens[pos-1].kind == word
	hours, minutes, n := 0, 0, 2
	switch {
	case len(digits.text) == 4:
		hours, minutes = digits.value/100, digits.value%100
	case len(digits.text) == 2 || named && len(digits.text) == 1:
		hours = digits.value
		if m := r.at(3); r.at(2).text == ":" && m.kind == number && len(m.text) == 2 {
			minutes = m.value
			n = 4
		}
		if sign.text == "-" && !r.yearFirst && !named {
			return false
		}
	default:
		return false
	}
	if hours > 14 || minutes > 59 {
		return false
	}
	r.offset = hours*3600 + minutes*60
	if sign.text == "-" {
		r.offset = -r.offset
	}
	r.hasZone = true
	r.pos += n
	return true
}

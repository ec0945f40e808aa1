package date

// dateAt reads a date that begins with the number at the position. ok is false
// with an empty reason when the number begins no date (it may begin a time).
func (r *reading) dateAt() (ok bool, reason string) {
	first, sep, second := r.at(0), r.at(1), r.at(2)
	if month, n := r.monthWord(1); n > 0 && len(first.text) <= 2 {
		return r.dayMonthWord(first.value, month, n)
	}
	if sep.kind != mark || second.kind != number || !(sep.text == "-" || sep.text == "/" || sep.text == ".") {
		return false, ""
	}
	third := r.at(4)
	if r.at(3).text != sep.text || r.at(3).kind != mark || third.kind != number {
		return false, ""
	}
	switch {
	case len(first.text) == 4 && len(second.text) <= 2 && len(third.text) <= 2:
		r.year, r.month, r.day = first.value, second.value, third.value
		r.yearFirst = true
	case len(third.text) == 4 && len(first.text) <= 2 && len(second.text) <= 2:
		r.day, r.month, r.year = first.value, second.value, third.value
		r.numeric = true
	default:
		// A two-digit year, or a number that is no date.
		return false, ReasonUnreadable
	}
	r.hasDate = true
	r.pos += 5
	return true, ""
}

// monthWord finds a month's name from offset n on, behind at most one joining
// mark; it returns the month and how many tokens on it ends, 0 if there is none.
func (r *reading) monthWord(n int) (month, end int) {
	t := r.at(n)
	if t.kind == mark && (t.text == "-" || t.text == "/" || t.text == "." || t.text == ",") {
		n++
		t = r.at(n)
	}
	// "1st January 2019", "3rd of January" is not written on Indonesian sites.
	if t.kind == word && t.glued && (t.text == "st" || t.text == "nd" || t.text == "rd" || t.text == "th") {
		n++
		t = r.at(n)
	}
	if t.kind != word {
		return 0, 0
	}
	m, ok := months[t.text]
	if !ok {
		return 0, 0
	}
	return int(m), n + 1
}

// dayMonthWord reads the year behind "3 Januari".
func (r *reading) dayMonthWord(day, month, n int) (bool, string) {
	for k := 0; k < 2 && r.at(n).kind == mark; k++ { // "Agst. 2019", "Jan-2019", "Januari, 2019"
		switch r.at(n).text {
		case ".", ",", "-", "/":
			n++
		}
	}
	if year := r.at(n); year.kind == number && len(year.text) == 4 {
		r.day, r.month, r.year, r.hasDate = day, month, year.value, true
		r.pos += n + 1
		return true, ""
	}
	return false, ReasonUnreadable
}

// monthFirst reads "January 3, 2019", "Januari 3 2019" and asctime's "Jan 3".
func (r *reading) monthFirst(month int) string {
	n := 1
	if r.at(n).text == "." {
		n++
	}
	day := r.at(n)
	if day.kind != number || len(day.text) > 2 {
		return ReasonUnreadable
	}
	n++
	if t := r.at(n); t.kind == word && t.glued && (t.text == "st" || t.text == "nd" || t.text == "rd" || t.text == "th") {
		n++
	}
	if r.at(n).text == "," {
		n++
	}
	r.month, r.day = month, day.value
	if year := r.at(n); year.kind == number && len(year.text) == 4 {
		r.year, r.hasDate = year.value, true
		r.pos += n + 1
		return ""
	}
	r.monthDay = true
	r.pos += n
	return ""
}

// zeroYear reads PHP's and Drupal's zero date, "-0001-11-30".
func (r *reading) zeroYear() bool {
	if r.hasDate || r.at(1).text != "0001" || !r.at(1).glued {
		return false
	}
	r.pos++
	ok, _ := r.dateAt()
	r.zeroDate = ok
	return ok
}

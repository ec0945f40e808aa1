package date

// iso reads the forms that files of programs use, 2006-01-02 with or without
// " 15:04" or " 15:04:05": they are most of a large import, and need none of
// the care that printed dates do. Anything that is not a real day and time is
// left to the general reading, which knows why.
func iso(text string) (r reading, ok bool) {
	switch len(text) {
	case len("2006-01-02"):
	case len("2006-01-02 15:04"), len("2006-01-02 15:04:05"):
		if text[10] != ' ' || text[13] != ':' || len(text) == 19 && text[16] != ':' {
			return r, false
		}
		r.hasTime = true
	default:
		return r, false
	}
	if text[4] != '-' || text[7] != '-' {
		return r, false
	}
	good := true
	digits := func(from, to int) int {
		n := 0
		for _, c := range []byte(text[from:to]) {
			good = good && c >= '0' && c <= '9'
			n = n*10 + int(c-'0')
		}
		return n
	}
	r.hasDate, r.yearFirst = true, true
	r.year, r.month, r.day = digits(0, 4), digits(5, 7), digits(8, 10)
	if r.hasTime {
		r.hour, r.minute = digits(11, 13), digits(14, 16)
	}
	if len(text) == 19 {
		r.second = digits(17, 19)
	}
	// Days of which every month has one; the few others take the long way.
	good = good && r.year >= minYear && r.month >= 1 && r.month <= 12 && r.day >= 1 && r.day <= 28
	return r, good && r.hour <= 23 && r.minute <= 59 && r.second <= 59
}

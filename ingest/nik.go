package ingest

import (
	"time"

	"gaung/warehouse/region"
)

// holdsNIK reports whether a text holds a NIK: 16 digits that begin with the
// code of a province and have the day (women: plus 40) and month of a birth at
// the seventh (UU 23/2006 Pasal 13 and its explanation; PP 40/2019 Pasal 10). A
// number of another meaning, as a time stamp with its year in front, is none.
func holdsNIK(text string) bool {
	if countDigits(text) < nikDigits {
		return false
	}
	for i := 0; i < len(text); i++ {
		if !digit(text[i]) {
			continue
		}
		end, count := digitRun(text, i)
		if count == nikDigits && isNIK(text[i:end]) {
			return true
		}
		i = end
	}
	return false
}

// isNIK judges a number of 16 digits, with what parts them.
func isNIK(number string) bool {
	digits := make([]byte, 0, nikDigits)
	for i := range len(number) {
		if digit(number[i]) {
			digits = append(digits, number[i])
		}
	}
	pair := func(at int) int { return int(digits[at]-'0')*10 + int(digits[at+1]-'0') }
	day, month, year := pair(6), pair(8), pair(10)
	if day > 40 {
		day -= 40
	}
	// Of two centuries the year of 1900 or 2000 decides 29 February only.
	born := time.Date(2000+year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || day < 1 || born.Day() != day {
		return false
	}
	_, err := region.Builtin().Find(string(digits[:2]))
	return err == nil
}

// caseNumber is the number of a citizen's case. One that is the citizen's own
// number would be kept, shown and printed as it is, so it is refused.
func (r *record) caseNumber(column string) string {
	no := r.text(column)
	if holdsNIK(no) {
		r.reject(column, "berisi NIK warga, yang tidak boleh disimpan; isi dengan nomor register")
	}
	return no
}

package delivery

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unprintable matches what has no place in a subject, a name or a setting:
// control characters, and the marks that reverse or hide text.
func unprintable(r rune) bool {
	switch {
	case unicode.IsControl(r), r == utf8.RuneError, r == '\u2028', r == '\u2029':
		return true
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f', r == '\u061c', r == '\ufeff':
		return true
	}
	return false
}

// oneLine makes text from outside fit for one line: no control characters, no
// runs of spaces, at most limit letters.
func oneLine(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		if unprintable(r) {
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:limit-1])) + "…"
}

package ingest

import (
	"encoding/binary"
	"strings"
	"unicode"
)

// clean makes one line of a cell: control and invisible characters go, every
// run of white space becomes one space.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case invisible(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isClean reports whether a text is printable ASCII without outer or double
// spaces, as most cells are.
func isClean(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return before != ' ' || s == ""
}

// cleanText is clean for texts of several lines: line breaks stay.
func cleanText(s string) string {
	if isPlain(s) {
		return strings.TrimSpace(s)
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case invisible(r):
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
	return strings.TrimSpace(s)
}

// isPlain reports whether a text is printable ASCII, tabs and line breaks. It
// looks at eight characters at a time, as whole texts come through here and few
// have anything else.
func isPlain(s string) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for i := 0; i < len(s); {
		// The high bit of a byte shows that it is below a space, is DEL, or is
		// no ASCII (H. Warren, Hacker's Delight, 2nd ed., section 6-1).
		if i+8 <= len(s) {
			x := binary.LittleEndian.Uint64([]byte(s[i : i+8]))
			if (x|(x-ones*' ')|(x+ones))&high == 0 {
				i += 8
				continue
			}
		}
		if c := s[i]; (c < ' ' || c > '~') && c != '\n' && c != '\t' {
			return false
		}
		i++
	}
	return true
}

// invisible reports control characters and the zero-width marks that web
// pages and word processors leave behind.
func invisible(r rune) bool {
	switch r {
	case '\u00AD', '\u200B', '\u200C', '\u200D', '\u200E', '\u200F', '\u2060', '\uFEFF', unicode.ReplacementChar:
		return true
	}
	return unicode.IsControl(r)
}

// truncate cuts s after max runes.
func truncate(s string, max int) string {
	if len(s) <= max {
		return s
	}
	n := 0
	for i := range s {
		if n == max {
			return s[:i]
		}
		n++
	}
	return s
}

// label makes header texts and names of values comparable: lower case, with
// every run of anything but letters and digits as one space.
func label(s string) string {
	if isLabel(s) {
		return s
	}
	var b strings.Builder
	space := false
	for _, r := range strings.ToLower(s) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isLabel reports whether a text is one word as [label] writes it, as many are.
func isLabel(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

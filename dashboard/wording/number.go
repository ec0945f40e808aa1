// Package wording puts figures into the words and numerals that people read:
// 1.234,5 and 3 Mei 2026, "belum matang" and "sumber gagal" in Indonesian, and
// the same in every other [Language]. Page and workbook use the same words for
// the same state. The examples of this package are Indonesian.
package wording

import (
	"math"
	"strconv"
	"strings"
)

// Minus is the sign of a negative number; it is as wide as the plus sign.
const Minus = "−"

// Number writes v with the given number of decimals, with a point between
// thousands and a comma before the decimals: 1.234,5. A value that is not a
// number is [Unknown].
func (l Language) Number(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Unknown
	}
	text := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, fraction, hasFraction := strings.Cut(text, ".")
	var b strings.Builder
	if v < 0 && strings.Trim(text, "0.") != "" {
		b.WriteString(Minus)
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(l.thousands())
		}
		b.WriteRune(digit)
	}
	if hasFraction {
		b.WriteByte(l.decimal())
		b.WriteString(fraction)
	}
	return b.String()
}

// Count writes a whole number: 1.234.
func (l Language) Count(n int) string { return l.Number(float64(n), 0) }

// Trim writes v with at most the given number of decimals and no trailing
// zeros: 2 and 2,5.
func (l Language) Trim(v float64, decimals int) string {
	text := l.Number(v, decimals)
	if mark := string(l.decimal()); strings.Contains(text, mark) {
		text = strings.TrimRight(strings.TrimRight(text, "0"), mark)
	}
	return text
}

// ShareDecimals is the number of decimals of a percentage of n cases: below
// 100 cases one case is worth more than a point, so none; from 100 on, one.
func ShareDecimals(n int) int {
	if n >= 100 {
		return 1
	}
	return 0
}

// Percent writes a share (0–1) of n cases as a percentage.
func (l Language) Percent(share float64, n int) string {
	return l.Number(share*100, ShareDecimals(n)) + "%"
}

// Signed writes a difference with its sign: +14, −3, and 0 without one.
func (l Language) Signed(n int) string {
	if n > 0 {
		return "+" + l.Count(n)
	}
	return l.Count(n)
}

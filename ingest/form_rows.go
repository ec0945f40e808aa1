package ingest

import (
	"strconv"
	"strings"

	"gaung/ingest/table"
)

// notAnEntry knows the lines between and below the entries of a register: the
// name of a month, totals, the signature.
func notAnEntry(l *layout, rec *record, row table.Row) bool {
	filled := 0
	for _, cell := range row.Cells {
		if clean(cell) != "" {
			filled++
		}
	}
	return filled == 1 || rec.empty(l.form.must[0]) && rec.empty(l.form.must[1])
}

// totalWords begin the row that adds up the entries above it.
var totalWords = map[string]bool{"jumlah": true, "total": true, "subtotal": true, "jml": true}

// isTotal knows such a row by its first filled cell, where an entry has its
// number or its date.
func isTotal(cells []string) bool {
	for _, cell := range cells {
		if cell = clean(cell); cell == "" {
			continue
		}
		first, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(label(cell), "sub "), "grand "), " ")
		return totalWords[first]
	}
	return false
}

// someNumbers lists the first of many numbers.
func someNumbers(all []int) string {
	const some = 5
	var texts []string
	for i, n := range all {
		if i == some {
			texts = append(texts, "…")
			break
		}
		texts = append(texts, strconv.Itoa(n))
	}
	return strings.Join(texts, ", ")
}

package byline

import (
	"slices"
	"strings"
)

const (
	// headLines is how many lines at the head may hold the byline: title,
	// date, credits.
	headLines = 6
	// tailLines is how many lines at the tail may.
	tailLines = 16
	// looseLines is how many short lines that are no byline may stand behind
	// one: footnotes, the address of the office.
	looseLines = 3
)

// found is a byline read from consecutive lines.
type found struct {
	credits []credit
	rows    []int
	strong  bool
}

// readAt reads a byline at the n-th of the open lines, with its value on the
// next line where the label stands alone.
func (a *article) readAt(rows []int, n int) (found, bool) {
	i := rows[n]
	line, ok := a.line(i)
	if !ok {
		return found{}, false
	}
	f := found{credits: slices.Clone(line.credits), rows: []int{i}, strong: line.strong}
	if line.open != 0 {
		value, strong, ok := a.valueBelow(rows, n, line)
		switch {
		case ok:
			f.credits = append(f.credits, credit{roles: line.open, value: value})
			f.rows = append(f.rows, rows[n+1])
			f.strong = strong
		case len(line.credits) == 0 && !line.strong:
			return found{}, false // a heading such as "Editor"
		}
	}
	for k := range f.credits {
		f.credits[k].line = i
	}
	return f, true
}

// valueBelow reads the value of a label from the line under it.
func (a *article) valueBelow(rows []int, n int, line lineCredits) (value string, strong, ok bool) {
	if n+1 >= len(rows) {
		return "", false, false
	}
	next := a.lines[rows[n+1]]
	colon := strings.HasPrefix(next, ":") || strings.HasPrefix(next, "：")
	if _, credits := a.line(rows[n+1]); credits && !colon {
		return "", false, false
	}
	value = cleanValue(next)
	if value == "" || !plausible(value, line.open) || len(strings.Fields(value)) > proseLength {
		return "", false, false
	}
	strong = line.strong || colon
	if !strong && !isProper(value) {
		return "", false, false
	}
	if line.open&roleSumber == 0 && len(strings.Fields(value)) > 8 && !strings.Contains(value, ",") {
		return "", false, false
	}
	return value, strong, true
}

// readHead takes the bylines of the first lines. One without a colon counts
// only above everything else, with dates around it at most.
func (a *article) readHead() {
	rows := a.open()
	clean := true
	for n := 0; n < min(headLines, len(rows)); n++ {
		if a.used[rows[n]] {
			continue
		}
		if isStamp(a.lines[rows[n]]) {
			a.used[rows[n]] = true
			continue
		}
		f, ok := a.readAt(rows, n)
		if ok && (f.strong || clean) {
			a.take(f, ruleHead)
			continue
		}
		clean = clean && n == 0 && !isProse(a.lines[rows[n]]) // a title may stand first
		if isProse(a.lines[rows[n]]) {
			return
		}
	}
}

// readTail takes the bylines of the last lines, unless a paragraph follows
// them.
func (a *article) readTail() {
	rows := a.open()
	start := max(0, len(rows)-tailLines)
	var hits []found
	at := make(map[int]bool)
	for n := start; n < len(rows); n++ {
		f, ok := a.readAt(rows, n)
		if !ok {
			continue
		}
		hits = append(hits, f)
		for _, row := range f.rows {
			at[row] = true
		}
		n += len(f.rows) - 1
	}
	for k := len(hits) - 1; k >= 0; k-- {
		last := hits[k].rows[len(hits[k].rows)-1]
		loose := 0
		prose := false
		for _, row := range rows {
			if row > last && !at[row] {
				loose++
				prose = prose || isProse(a.lines[row])
			}
		}
		if prose || loose > looseLines || (loose > 0 && !hits[k].strong) {
			return // whatever stands higher has even more below it
		}
		a.take(hits[k], ruleTail)
	}
}

func (a *article) take(f found, rule string) {
	for _, row := range f.rows {
		a.used[row] = true
	}
	a.credits = append(a.credits, f.credits...)
	if len(f.credits) > 0 {
		a.rule(rule)
	}
}

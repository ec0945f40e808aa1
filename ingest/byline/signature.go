package byline

import (
	"strings"
	"unicode/utf8"
)

// maxBracket is the longest signature in brackets, in bytes.
const maxBracket = 100

// signatureBrackets are the pairs that a signature stands in.
var signatureBrackets = []struct{ open, close string }{{"(", ")"}, {"[", "]"}, {"{", "}"}}

// bracketed finds a bracket at the very end: "… katanya. (Humas/Rina)".
func bracketed(line string) (before, inside string, ok bool) {
	for _, b := range signatureBrackets {
		rest, ok := strings.CutSuffix(strings.TrimRight(line, " .*"), b.close)
		if !ok {
			continue
		}
		open := strings.LastIndex(rest, b.open)
		if open < 0 || len(rest)-open > maxBracket || strings.Contains(rest[open:], b.close) {
			return "", "", false
		}
		return strings.TrimSpace(rest[:open]), strings.TrimSpace(rest[open+1:]), true
	}
	return "", "", false
}

// endsSentence reports whether the text is empty or ends as a sentence does.
func endsSentence(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return text == "" || strings.ContainsRune(".!?\"”’)*", last)
}

// readLastLine reads what is printed behind the last sentence, on its line or
// as a line without a label: labels, a bracketed signature, "Kominfotik
// JP/Day".
func (a *article) readLastLine() {
	for range 3 { // "(Rina/Humas) Editor: Budi", one after the other
		rows := a.open()
		if len(rows) == 0 {
			return
		}
		i := rows[len(rows)-1]
		line := cutEndMark(a.lines[i])
		a.lines[i] = line
		switch {
		case line == "":
			a.used[i] = true
		case a.inlineLabels(i, line), a.bracketSignature(i, line), a.bareSignature(i, line):
		default:
			return
		}
		if a.lines[i] == "" {
			a.used[i] = true
		}
	}
}

// inlineLabels reads "… tutupnya. Penulis: Rina | Editor: Budi".
func (a *article) inlineLabels(i int, line string) bool {
	for _, s := range findLabels(line) {
		before := strings.TrimRight(line[:s.start], " (|-–—[")
		if before == "" || !endsSentence(before) {
			continue
		}
		rest, ok := parseLine(line[s.start:])
		if !ok || len(rest.credits) == 0 || moreWords(line[s.start:], 24) {
			continue
		}
		for _, c := range rest.credits {
			c.line = i
			a.credits = append(a.credits, c)
		}
		a.rule(ruleInline)
		a.lines[i] = before
		return true
	}
	return false
}

// bracketSignature reads a bracket that stands alone or behind a sentence. One
// inside a sentence explains a word ("… (PPID)."), unless a slash shows it to
// be a signature.
func (a *article) bracketSignature(i int, line string) bool {
	before, inside, ok := bracketed(line)
	if !ok || !isSignature(inside) {
		return false
	}
	dotted := strings.HasSuffix(strings.TrimRight(line, " *"), ".")
	if !endsSentence(before) && (!strings.Contains(inside, "/") || dotted && !isSigned(inside)) {
		return false
	}
	if credits, ok := parseLine(inside); ok {
		for _, c := range credits.credits {
			c.line = i
			a.credits = append(a.credits, c)
		}
		a.rule(ruleInline)
	} else {
		a.sign(inside)
	}
	a.lines[i] = before
	return true
}

// bareSignature reads a short last line "Kominfotik JP/Day", "rina/humas": a
// slash with a unit on one side.
func (a *article) bareSignature(i int, line string) bool {
	line = strings.Trim(line, " -–—*")
	if moreWords(line, 8) || !strings.Contains(line, "/") || !isSignature(line) || !isSigned(line) {
		return false
	}
	a.sign(line)
	a.lines[i] = ""
	return true
}

// isSigned reports whether one side of a slash names a unit.
func isSigned(text string) bool {
	for part := range strings.SplitSeq(text, "/") {
		if isUnitName(part) {
			return true
		}
	}
	return false
}

// isSignature reports whether a text can be names and units only.
func isSignature(text string) bool {
	words := strings.Fields(text)
	if len(words) > 10 || strings.ContainsAny(text, "0123456789%=?!;") || strings.Contains(text, "://") {
		return false
	}
	return plausible(text, roleAuthor)
}

// pressCodes mark paid or received texts and stand for nobody.
var pressCodes = wordSet(`adv advertorial ril rls rilis release red ist ant`)

// sign keeps the names of a signature.
func (a *article) sign(text string) {
	a.rule(ruleSignature)
	for _, n := range SplitNames(strings.ReplaceAll(text, "-", "/")) {
		if !pressCodes[strings.ToLower(n)] {
			a.signed = append(a.signed, n)
		}
	}
}

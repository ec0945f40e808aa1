// Package byline finds who wrote, edited and photographed an article, which
// agency it names as its source, and where it happened, in the text itself:
// Indonesian government sites print this at the head or the tail of the body,
// in many forms, and rarely anywhere else.
//
// Only whole lines, segments of such lines, and a signature after the last
// sentence are read; a word like "sumber" or "oleh" inside prose never is.
package byline

import (
	"slices"
	"strings"
)

// Byline is what an article says about its own making. Names are as printed;
// who or which agency they mean is decided elsewhere.
type Byline struct {
	// Sumber is the agency or medium that the article names as its origin. A
	// photo credit ("Sumber Foto") is never a Sumber.
	Sumber string
	// Authors, Editors and Photographers are in the order printed, without
	// repetition. A name here may be a unit; see [IsUnknownAuthor].
	Authors, Editors, Photographers []string
	// Place is the place of the dateline, in the capitals it is printed in.
	Place string
	// Rule names the forms that matched, joined by "+": head-label,
	// tail-label, inline-label, signature, dateline. It is empty if none did.
	Rule string
}

// Names of the rules, in the order they stand in [Byline.Rule].
const (
	ruleHead      = "head-label"
	ruleTail      = "tail-label"
	ruleInline    = "inline-label"
	ruleSignature = "signature"
	ruleDateline  = "dateline"
)

// maxText bounds the text looked at, in bytes: far more than an article has.
const maxText = 1 << 20

// Parse reads the byline of a plain text (see [PlainText]). body is the text
// without the lines of the byline, the dateline and what sites put between and
// behind the paragraphs: "Baca juga" links, share bars, tags, "(***)".
func Parse(text string) (b Byline, body string) {
	t := newArticle(text)
	t.dropResidue()
	t.readHead()
	t.readTail()
	t.readLastLine()
	t.readDateline()
	return t.byline(), t.body()
}

// article is a text being read: its lines, and which of them are used up.
type article struct {
	lines   []string
	used    []bool
	read    []readLine // by line: rules ask for the same lines
	credits []credit
	signed  []string // names of the signature
	place   string
	rules   []string
}

// credit is one label with its value, in the order of the text.
type credit struct {
	line  int
	roles role
	value string
}

func newArticle(text string) *article {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	a := &article{lines: make([]string, 0, strings.Count(text, "\n")+1)}
	for more := true; more; {
		var line string
		line, text, more = strings.Cut(text, "\n")
		if line = tidy(line); line != "" {
			a.lines = append(a.lines, line)
		}
	}
	a.used = make([]bool, len(a.lines))
	a.read = make([]readLine, len(a.lines))
	return a
}

// readLine is what parseLine made of a text.
type readLine struct {
	text    string
	credits lineCredits
	ok      bool
}

// line is parseLine of the i-th line, as it now is.
func (a *article) line(i int) (lineCredits, bool) {
	r := &a.read[i]
	if r.text != a.lines[i] {
		r.text = a.lines[i]
		r.credits, r.ok = parseLine(r.text)
		r.credits.credits = slices.Clip(r.credits.credits)
	}
	return r.credits, r.ok
}

// open lists the lines not used up.
func (a *article) open() []int {
	var rows []int
	for i := range a.lines {
		if !a.used[i] {
			rows = append(rows, i)
		}
	}
	return rows
}

func (a *article) rule(name string) {
	if !slices.Contains(a.rules, name) {
		a.rules = append(a.rules, name)
	}
}

// byline sorts the credits into their roles.
func (a *article) byline() Byline {
	b := Byline{Place: a.place}
	slices.SortStableFunc(a.credits, func(x, y credit) int { return x.line - y.line })
	for _, c := range a.credits {
		if c.roles&roleSumber != 0 && b.Sumber == "" {
			b.Sumber = c.value
		}
		if c.roles&^roleSumber == 0 {
			continue
		}
		names := SplitNames(c.value)
		if c.roles&roleAuthor != 0 {
			b.Authors = addNames(b.Authors, names)
		}
		if c.roles&roleEditor != 0 {
			b.Editors = addNames(b.Editors, names)
		}
		if c.roles&rolePhoto != 0 {
			b.Photographers = addNames(b.Photographers, names)
		}
	}
	// A signature says who wrote it only where no label does: initials behind
	// "Penulis: Rina Sari" are her own.
	if len(a.signed) > 0 && !slices.ContainsFunc(b.Authors, func(n string) bool { return !IsUnknownAuthor(n) }) {
		b.Authors = addNames(b.Authors, a.signed)
	}
	var rules []string
	for _, name := range []string{ruleHead, ruleTail, ruleInline, ruleSignature, ruleDateline} {
		if slices.Contains(a.rules, name) {
			rules = append(rules, name)
		}
	}
	b.Rule = strings.Join(rules, "+")
	return b
}

// body joins the lines that are left.
func (a *article) body() string {
	var lines []string
	for _, i := range a.open() {
		if line := strings.TrimSpace(a.lines[i]); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// addNames appends names that are not there yet, whatever their capitals.
func addNames(list, names []string) []string {
	for _, n := range names {
		if !slices.ContainsFunc(list, func(have string) bool { return strings.EqualFold(have, n) }) {
			list = append(list, n)
		}
	}
	return list
}

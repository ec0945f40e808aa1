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
	"sync"
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
	a := articles.Get().(*article)
	defer articles.Put(a)
	return a.parse(text)
}

func (a *article) parse(text string) (Byline, string) {
	a.load(text)
	a.dropResidue()
	a.readHead()
	a.readTail()
	a.readLastLine()
	a.readDateline()
	return a.byline(), a.body()
}

// article is a text being read: its lines, and which of them are used up.
type article struct {
	text    string
	lines   []string
	starts  []int // by line: where in the text it begins, -1 if it does not stand there as it was read
	used    []bool
	read    []readLine // by line: rules ask for the same lines
	credits []credit
	signed  []string // names of the signature
	place   string
	rules   []string
	rows    []int // what open last listed
	memory  memory
}

// articles are reused: every article of an import is read.
var articles = sync.Pool{New: func() any { return &article{memory: newMemory()} }}

// credit is one label with its value, in the order of the text.
type credit struct {
	line  int
	roles role
	value string
}

// load begins with another text.
func (a *article) load(text string) {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	*a = article{
		text: text, lines: a.lines[:0], starts: a.starts[:0], used: a.used[:0], read: a.read[:0], credits: a.credits[:0],
		rules: a.rules[:0], rows: a.rows, memory: a.memory,
	}
	for from := 0; from <= len(text); {
		size := strings.IndexByte(text[from:], '\n')
		if size < 0 {
			size = len(text) - from
		}
		raw := text[from : from+size]
		if line := tidy(raw); line != "" {
			start := -1
			if strings.HasPrefix(raw, line) {
				start = from
			}
			a.lines, a.starts = append(a.lines, line), append(a.starts, start)
		}
		from += size + 1
	}
	a.used = append(a.used, make([]bool, len(a.lines))...)
	a.read = append(a.read, make([]readLine, len(a.lines))...)
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
		*r = a.memory.line(a.lines[i])
	}
	return r.credits, r.ok
}

// open lists the lines not used up, until it is asked again.
func (a *article) open() []int {
	a.rows = a.rows[:0]
	for i := range a.lines {
		if !a.used[i] {
			a.rows = append(a.rows, i)
		}
	}
	return a.rows
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
		names := a.memory.splitNames(c.value)
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
	if body, ok := a.stretch(); ok {
		return body
	}
	var lines []string
	for _, i := range a.open() {
		if line := strings.TrimSpace(a.lines[i]); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// stretch is the body where it is a stretch of the text as it stands, as most
// often, and need not be copied.
func (a *article) stretch() (body string, ok bool) {
	begin, end := -1, 0
	for _, i := range a.open() {
		line, start := a.lines[i], a.starts[i]
		if start < 0 || line == "" || line[len(line)-1] == ' ' || !strings.HasPrefix(a.text[start:], line) || begin >= 0 && start != end+1 {
			return "", false
		}
		if begin < 0 {
			begin = start
		}
		end = start + len(line)
	}
	if begin < 0 {
		return "", true
	}
	return a.text[begin:end], true
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

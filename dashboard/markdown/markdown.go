// Package markdown renders the documents of the program: headings,
// paragraphs, lists, quotes, tables, fenced code and the usual inline marks.
// It is not a general Markdown converter: what it does not know stays visible
// text. Everything is escaped, raw HTML included, and a link may only lead to
// a heading of the same document, so that a document cannot bring a script or
// a foreign address into a page.
package markdown

import (
	"html"
	"html/template"
	"strconv"
	"strings"
	"unicode"
)

// Heading is one heading of a document.
type Heading struct {
	Level int // 1 to 6
	ID    string
	Text  string // without marks
}

// Document is a rendered document.
type Document struct {
	HTML     template.HTML
	Headings []Heading
}

// Render renders a document. Every text is a document: there are no errors.
func Render(text string) Document {
	r := &renderer{ids: map[string]int{}}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	r.blocks(lines, 0)
	// Every piece of the output is escaped by this package.
	return Document{HTML: template.HTML(r.out.String()), Headings: r.headings}
}

// nestingLimit bounds quotes inside lists inside quotes; deeper ones are text.
const nestingLimit = 8

type renderer struct {
	out      strings.Builder
	headings []Heading
	ids      map[string]int
	tables   int
}

// blocks renders lines; each case takes the lines that belong to it.
func (r *renderer) blocks(lines []string, depth int) {
	for i := 0; i < len(lines); {
		line := lines[i]
		rest := lines[i:]
		switch {
		case strings.TrimSpace(line) == "":
			i++
		case strings.HasPrefix(line, "```"):
			i += r.fence(rest)
		case headingLevel(line) > 0:
			r.heading(line)
			i++
		case isTable(rest):
			i += r.table(rest)
		case strings.HasPrefix(line, ">") && depth < nestingLimit:
			i += r.quote(rest, depth)
		case itemIndent(line) > 0 && depth < nestingLimit:
			i += r.list(rest, depth)
		default:
			i += r.paragraph(rest)
		}
	}
}

// headingLevel is the number of # that begin a heading, 0 for other lines.
func headingLevel(line string) int {
	n := len(line) - len(strings.TrimLeft(line, "#"))
	if n < 1 || n > 6 || !strings.HasPrefix(line[n:], " ") {
		return 0
	}
	return n
}

func (r *renderer) heading(line string) {
	level := headingLevel(line)
	source := strings.TrimSpace(line[level:])
	h := Heading{Level: level, ID: r.id(source), Text: plain(source)}
	r.headings = append(r.headings, h)
	tag := "h" + strconv.Itoa(level)
	r.out.WriteString("<" + tag + ` id="` + html.EscapeString(h.ID) + `">` + inline(source) + "</" + tag + ">\n")
}

// id makes the anchor of a heading the way the forges do, so that links in the
// document work in both places: lower case, spaces to dashes, punctuation gone.
func (r *renderer) id(text string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(plain(text)) {
		switch {
		case unicode.IsLetter(c), unicode.IsDigit(c), c == '-', c == '_':
			b.WriteRune(c)
		case c == ' ':
			b.WriteByte('-')
		}
	}
	id := b.String()
	n := r.ids[id]
	r.ids[id]++
	if n > 0 {
		id += "-" + strconv.Itoa(n)
	}
	return id
}

func (r *renderer) fence(lines []string) int {
	end := 1
	for end < len(lines) && !strings.HasPrefix(lines[end], "```") {
		end++
	}
	r.out.WriteString("<pre tabindex=\"0\"><code>" + html.EscapeString(strings.Join(lines[1:min(end, len(lines))], "\n")) + "</code></pre>\n")
	return min(end+1, len(lines))
}

func (r *renderer) quote(lines []string, depth int) int {
	n := 0
	var inner []string
	for ; n < len(lines) && strings.HasPrefix(lines[n], ">"); n++ {
		inner = append(inner, strings.TrimPrefix(strings.TrimPrefix(lines[n], ">"), " "))
	}
	r.out.WriteString("<blockquote>\n")
	r.blocks(inner, depth+1)
	r.out.WriteString("</blockquote>\n")
	return n
}

// itemIndent is the width of a list marker with its space, 0 for other lines.
func itemIndent(line string) int {
	if strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") {
		return 2
	}
	digits := 0
	for digits < len(line) && line[digits] >= '0' && line[digits] <= '9' {
		digits++
	}
	if digits > 0 && digits < 4 && strings.HasPrefix(line[digits:], ". ") {
		return digits + 2
	}
	return 0
}

// list renders a list: an item takes the following lines that are indented,
// and those that continue its paragraph without being so.
func (r *renderer) list(lines []string, depth int) int {
	tag := "ul"
	if c := lines[0][0]; c >= '0' && c <= '9' {
		tag = "ol"
	}
	r.out.WriteString("<" + tag + ">\n")
	n := 0
	for n < len(lines) && itemIndent(lines[n]) > 0 {
		indent := itemIndent(lines[n])
		item := []string{lines[n][indent:]}
		for n++; n < len(lines); n++ {
			line := lines[n]
			if strings.HasPrefix(line, strings.Repeat(" ", min(indent, 2))) {
				item = append(item, strings.TrimPrefix(line, strings.Repeat(" ", indent)))
				continue
			}
			if strings.TrimSpace(line) == "" || !continues(lines[n:]) {
				break
			}
			item = append(item, line)
		}
		r.out.WriteString("<li>")
		if len(item) == 1 || !hasBlocks(item) {
			r.out.WriteString(inline(strings.Join(trimmed(item), " ")))
		} else {
			r.blocks(item, depth+1)
		}
		r.out.WriteString("</li>\n")
	}
	r.out.WriteString("</" + tag + ">\n")
	return n
}

// hasBlocks reports whether an item holds more than one paragraph.
func hasBlocks(item []string) bool {
	for i := range item[1:] {
		if !continues(item[i+1:]) {
			return true
		}
	}
	return false
}

// continues reports whether the first of the lines can be part of a paragraph
// that began before it.
func continues(lines []string) bool {
	line := lines[0]
	return strings.TrimSpace(line) != "" && headingLevel(line) == 0 && itemIndent(line) == 0 &&
		!strings.HasPrefix(line, ">") && !strings.HasPrefix(line, "```") && !isTable(lines)
}

func (r *renderer) paragraph(lines []string) int {
	n := 1
	for n < len(lines) && continues(lines[n:]) {
		n++
	}
	r.out.WriteString("<p>" + inline(strings.Join(trimmed(lines[:n]), " ")) + "</p>\n")
	return n
}

func trimmed(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = strings.TrimSpace(line)
	}
	return out
}

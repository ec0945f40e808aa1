package markdown

import (
	"html"
	"strconv"
	"strings"
)

// isTable reports whether the lines begin with a header row and the row of
// dashes under it.
func isTable(lines []string) bool {
	if len(lines) < 2 || !strings.HasPrefix(strings.TrimSpace(lines[0]), "|") {
		return false
	}
	under := strings.TrimSpace(lines[1])
	return strings.HasPrefix(under, "|") && strings.Contains(under, "---") && strings.Trim(under, "|-: ") == ""
}

// table renders a table in a region that scrolls by itself, so that a wide one
// does not widen the page.
func (r *renderer) table(lines []string) int {
	r.tables++
	label := "Tabel " + strconv.Itoa(r.tables)
	if n := len(r.headings); n > 0 {
		label += ": " + r.headings[n-1].Text
	}
	header := cells(lines[0])
	r.out.WriteString(`<div class="scroll" role="region" aria-label="` + html.EscapeString(label) + "\" tabindex=\"0\">\n<table>\n<thead><tr>")
	for _, c := range header {
		r.out.WriteString(`<th scope="col">` + inline(c) + "</th>")
	}
	r.out.WriteString("</tr></thead>\n<tbody>\n")
	n := 2
	for ; n < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[n]), "|"); n++ {
		row := cells(lines[n])
		r.out.WriteString("<tr>")
		for i := range header {
			text := ""
			if i < len(row) {
				text = row[i]
			}
			r.out.WriteString("<td>" + inline(text) + "</td>")
		}
		r.out.WriteString("</tr>\n")
	}
	r.out.WriteString("</tbody>\n</table>\n</div>\n")
	return n
}

// cells splits a row at its bars; a bar in code or after a backslash is text.
func cells(line string) []string {
	line = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), "|"), "|")
	var out []string
	var cell strings.Builder
	code := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && i+1 < len(line) && line[i+1] == '|':
			cell.WriteByte('|')
			i++
		case c == '|' && !code:
			out = append(out, strings.TrimSpace(cell.String()))
			cell.Reset()
		default:
			if c == '`' {
				code = !code
			}
			cell.WriteByte(c)
		}
	}
	return append(out, strings.TrimSpace(cell.String()))
}

package markdown

import (
	"html"
	"strings"
)

// inline renders the marks inside a line: code, bold, italics and links to
// headings. A mark without its end is text.
func inline(text string) string {
	var b strings.Builder
	for text != "" {
		i := strings.IndexAny(text, "`*[")
		if i < 0 {
			b.WriteString(html.EscapeString(text))
			break
		}
		b.WriteString(html.EscapeString(text[:i]))
		text = text[i:]
		tag, inner, rest, ok := marked(text)
		if !ok {
			b.WriteString(html.EscapeString(text[:1]))
			text = text[1:]
			continue
		}
		b.WriteString(tag + inner + closing(tag))
		text = rest
	}
	return b.String()
}

// marked reads the mark that text begins with; inner is rendered already.
func marked(text string) (tag, inner, rest string, ok bool) {
	switch {
	case text[0] == '`':
		body, rest, ok := strings.Cut(text[1:], "`")
		return "<code>", html.EscapeString(body), rest, ok && body != ""
	case strings.HasPrefix(text, "**"):
		body, rest, ok := strings.Cut(text[2:], "**")
		return "<strong>", inline(body), rest, ok && tight(body)
	case text[0] == '*':
		body, rest, ok := strings.Cut(text[1:], "*")
		return "<em>", inline(body), rest, ok && tight(body)
	}
	label, rest, ok := strings.Cut(text[1:], "](")
	if !ok || strings.ContainsAny(label, "[]") {
		return "", "", "", false
	}
	target, rest, ok := strings.Cut(rest, ")")
	if !ok {
		return "", "", "", false
	}
	if !strings.HasPrefix(target, "#") {
		// An address outside the document is not followed from a page.
		return "<span>", inline(label), rest, true
	}
	return `<a href="` + html.EscapeString(target) + `">`, inline(label), rest, true
}

// tight reports whether a text may stand between marks: not empty, no space at
// its ends.
func tight(body string) bool { return body != "" && strings.TrimSpace(body) == body }

func closing(tag string) string {
	name, _, _ := strings.Cut(strings.Trim(tag, "<>"), " ")
	return "</" + name + ">"
}

// plain is a line without its marks.
func plain(text string) string {
	text = strings.NewReplacer("**", "", "`", "", "*", "").Replace(text)
	for {
		before, rest, ok := strings.Cut(text, "[")
		label, after, closed := strings.Cut(rest, "](")
		_, after, ended := strings.Cut(after, ")")
		if !ok || !closed || !ended {
			return text
		}
		text = before + label + after
	}
}

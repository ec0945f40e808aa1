package byline

import (
	"html"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	nethtml "golang.org/x/net/html"
)

// skipped elements hold no text of the article.
var skipped = wordSet(`script style noscript template svg math iframe object embed applet canvas audio video head title select button
	textarea input form nav #comment`)

// blocks begin and end on a line of their own.
var blocks = wordSet(`address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
	footer h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody tfoot thead tr ul`)

// maxHTML bounds the markup looked at, in bytes.
const maxHTML = 8 << 20

// PlainText turns HTML into plain text: one line for each block element or line
// break, white space collapsed, entities decoded; scripts, styles, forms and
// navigation dropped. A text without tags keeps its own lines.
func PlainText(markup string) string {
	if len(markup) > maxHTML {
		markup = strings.ToValidUTF8(markup[:maxHTML], "")
	}
	if !strings.Contains(markup, "<") {
		return joinLines(html.UnescapeString(markup))
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(markup))
	if err != nil {
		// The parser refuses markup nested past reason. What it says can still
		// be compared, without its lines.
		return joinLines(html.UnescapeString(anyTag.ReplaceAllString(markup, "\n")))
	}
	var b strings.Builder
	b.Grow(len(markup))
	for _, n := range doc.Nodes {
		writeText(&b, n)
	}
	return joinLines(b.String())
}

var (
	anyTag = regexp.MustCompile(`<[^>]*>?`)
	// lineBreaks: a line break in the source of a page is a space.
	lineBreaks = strings.NewReplacer("\n", " ", "\r", " ")
)

// writeText writes the text under a node; the parser bounds the depth.
func writeText(b *strings.Builder, parent *nethtml.Node) {
	for n := parent.FirstChild; n != nil; n = n.NextSibling {
		switch {
		case n.Type == nethtml.TextNode:
			writeLine(b, n.Data)
		case n.Type != nethtml.ElementNode || skipped[n.Data]:
		case n.Data == "br":
			b.WriteByte('\n')
		case blocks[n.Data]:
			b.WriteByte('\n')
			writeText(b, n)
			b.WriteByte('\n')
		case n.Data == "td" || n.Data == "th":
			writeText(b, n)
			b.WriteByte(' ')
		default:
			writeText(b, n)
		}
	}
}

// writeLine writes a text whose line breaks are spaces: the source of a page
// is wrapped anywhere.
func writeLine(b *strings.Builder, text string) {
	if strings.ContainsAny(text, "\r\n") {
		text = lineBreaks.Replace(text)
	}
	b.WriteString(text)
}

// joinLines tidies every line and drops the empty ones.
func joinLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = tidy(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

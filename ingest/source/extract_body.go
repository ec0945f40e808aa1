package source

import (
	"html"
	"regexp"
	"strings"

	"codeberg.org/readeck/go-readability"
	"github.com/PuerkitoBio/goquery"
	nethtml "golang.org/x/net/html"

	"gaung/ingest/byline"
)

// body is the main text of the page as HTML: the configured place, else what
// the reader finds, else the text in linked data, else the description. It
// changes the document.
func (x *extraction) body() string {
	if x.rules.Body != "" {
		var parts []string
		x.doc.Find(x.rules.Body).EachWithBreak(func(i int, s *goquery.Selection) bool {
			if s.ParentsFiltered(x.rules.Body).Length() > 0 {
				return i < 100 // part of another one already
			}
			if markup, err := goquery.OuterHtml(s); err == nil && strings.TrimSpace(s.Text()) != "" {
				parts = append(parts, markup)
			}
			return i < 100
		})
		return strings.Join(parts, "\n")
	}
	if len(x.doc.Nodes) > 0 {
		x.dropFrame()
		// A stamp on a line of its own is not text.
		x.doc.Find("time").Each(func(_ int, s *goquery.Selection) {
			if s.Closest("p").Length() == 0 {
				s.Remove()
			}
		})
		parser := readability.NewParser()
		parser.MaxElemsToParse = maxPageElements
		// Linked data was read already, with more patience.
		parser.DisableJSONLD = true
		article, err := parser.ParseAndMutate(x.doc.Nodes[0], x.page)
		if err == nil && article.Node != nil && strings.TrimSpace(article.TextContent) != "" {
			return article.Content
		}
	}
	for _, text := range []string{x.linked.body, x.meta["og:description"], x.meta["description"]} {
		if text != "" {
			return "<p>" + html.EscapeString(text) + "</p>"
		}
	}
	return ""
}

// dropFrame takes the page's header, menus, sidebars and footer out of the
// document: the reader leaves them in where the text is short. What holds the
// title is no frame.
func (x *extraction) dropFrame() {
	var parts []*nethtml.Node
	for n := range x.doc.Nodes[0].Descendants() {
		if n.Type == nethtml.ElementNode && isNamedFrame(n) && !holds(n, x.titleNode) {
			parts = append(parts, n)
		}
	}
	for _, n := range parts {
		n.Parent.RemoveChild(n)
	}
}

// holds says whether a node is another's ancestor.
func holds(n, other *nethtml.Node) bool {
	for ; other != nil; other = other.Parent {
		if other == n {
			return true
		}
	}
	return false
}

var (
	// creditLabel matches the beginning of a line that names who made the
	// article (the labels of byline lines).
	creditLabel = regexp.MustCompile(`(?i)^\s*(?:sumber|penulis|reporter|kontributor|editor|redaktur|pewarta|foto(?:grafer)?|sumber\s+(?:foto|gambar)|dok\.?)\s*:`)
	// creditBare is the form without a colon; it must end in more than a word
	// of a sentence.
	creditBare = regexp.MustCompile(`^\s*Oleh\s*:?\s+[A-Z]`)
)

const (
	// maxCredit is the length in bytes beyond which a line is no credit.
	maxCredit = 250
	// maxCredits bounds the lines kept beside the text.
	maxCredits = 8
	// creditsAfter is how many lines after a title are searched for a credit
	// without a colon.
	creditsAfter = 8
)

// creditLines are the lines of the page, outside its frame, that credit
// people: "Penulis: Huzari", also with the name on the next line. Readers of
// articles drop them as clutter.
func (x *extraction) creditLines() []string {
	var credits []string
	for i := 0; i < len(x.lines) && len(credits) < maxCredits; i++ {
		line := x.lines[i]
		if line.chrome || len(line.text) > maxCredit {
			continue
		}
		switch {
		case creditLabel.MatchString(line.text):
			if strings.HasSuffix(strings.TrimSpace(line.text), ":") && i+1 < len(x.lines) && len(x.lines[i+1].text) <= 100 && !creditLabel.MatchString(x.lines[i+1].text) {
				i++
				credits = append(credits, line.text+" "+x.lines[i].text)
				continue
			}
			credits = append(credits, line.text)
		case x.rules.Author == "" && x.titleLine >= 0 && i > x.titleLine && i <= x.titleLine+creditsAfter && creditBare.MatchString(line.text):
			credits = append(credits, line.text)
		}
	}
	return credits
}

// withCredits appends the credits that the body lacks.
func withCredits(body string, credits []string) string {
	if len(credits) == 0 || body == "" {
		return body
	}
	text := squeeze(byline.PlainText(body))
	var b strings.Builder
	b.WriteString(body)
	for _, credit := range credits {
		if !strings.Contains(text, squeeze(credit)) {
			b.WriteString("\n<p>")
			b.WriteString(html.EscapeString(credit))
			b.WriteString("</p>")
		}
	}
	return b.String()
}

// squeeze drops all white space, so that line breaks do not matter.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

package source

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// findTitle sets the title, the lines of the page and the title's place among
// them.
//
// The heading that the page's own title element (or og:title) repeats is the
// title: themes use h1 for the logo as often as for the article, and add the
// name of the site to the title element.
func (x *extraction) findTitle() {
	var node *html.Node
	if x.rules.Title != "" {
		if s := x.doc.Find(x.rules.Title).First(); s.Length() > 0 {
			x.title, node = cleanLine(s.AttrOr("content", s.Text()), maxTitle), s.Nodes[0]
		}
	}
	if node == nil || x.title == "" {
		heading, text := x.heading()
		if x.title == "" {
			x.title = text
		}
		node = heading
	}
	if x.title == "" {
		x.title = x.linked.headline
	}
	if x.title == "" {
		x.title = withoutSite(x.meta["og:title"], x.meta["og:site_name"])
	}
	if x.title == "" {
		x.title = withoutSite(x.headTitle(), x.meta["og:site_name"])
	}
	x.titleNode, x.titleLine = node, -1
	if len(x.doc.Nodes) > 0 {
		x.lines, x.titleLine = readLines(x.doc.Nodes[0], node)
	}
}

func (x *extraction) headTitle() string {
	return cleanLine(x.doc.Find("head title").First().Text(), maxTitle)
}

// heading finds the heading that holds the title.
func (x *extraction) heading() (*html.Node, string) {
	claims := []string{fold(x.linked.headline), fold(x.meta["og:title"]), fold(x.meta["twitter:title"]), fold(x.headTitle())}
	site := fold(x.meta["og:site_name"])
	var best, fallback *html.Node
	var bestText, fallbackText string
	x.doc.Find("h1, h2, h3, h4, [itemprop~=headline]").EachWithBreak(func(i int, s *goquery.Selection) bool {
		text := cleanLine(s.Text(), maxTitle)
		folded := fold(text)
		if folded == "" || folded == site {
			return i < 500
		}
		for _, claim := range claims {
			if claim != "" && len(folded) >= 8 && strings.Contains(claim, folded) && len(text) > len(bestText) {
				best, bestText = s.Nodes[0], text
			}
		}
		if fallback == nil && goquery.NodeName(s) == "h1" && !inFrame(s.Nodes[0]) {
			fallback, fallbackText = s.Nodes[0], text
		}
		return i < 500
	})
	if best != nil {
		return best, bestText
	}
	return fallback, fallbackText
}

func inFrame(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && isFrame(n) {
			return true
		}
	}
	return false
}

// fold makes titles comparable.
func fold(s string) string { return strings.ToLower(cleanLine(s, maxTitle)) }

// separators stand between a title and the name of the site.
var separators = []string{" | ", " – ", " — ", " - ", " » ", " :: "}

// withoutSite cuts the name of the site from a title: the named one, else
// nothing.
func withoutSite(title, site string) string {
	for _, separator := range separators {
		if head, tail, ok := cutLast(title, separator); ok && site != "" && fold(tail) == fold(site) {
			return head
		}
	}
	return title
}

func cutLast(s, separator string) (head, tail string, ok bool) {
	at := strings.LastIndex(s, separator)
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+len(separator):], true
}

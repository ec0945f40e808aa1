package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// pageLine is one line of text as a reader of the page sees it.
type pageLine struct {
	text string
	// chrome marks lines of the page's frame: header, menus, clock, sidebar,
	// footer.
	chrome bool
}

var (
	// silent elements hold no text of the page.
	silent = wordSet("script", "style", "noscript", "template", "svg", "math", "iframe", "head", "select", "textarea", "button", "object")
	// inline elements do not begin a line of their own.
	inline = wordSet("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "del", "kbd", "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "wbr")
	// frames are the elements of a page's frame by their name.
	frames = wordSet("header", "footer", "nav", "aside", "marquee")
	// frameClass are the words in class and id that name parts of the frame.
	frameClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:top-?bar|nav(?:bar|igation)?|site-?header|header-?top|masthead|foot(?:er)?|side-?bar|widget|bread-?crumbs?|clock|jam|today|hari-?ini|hijri(?:ah|yah)?|ticker|running-?text|related|terkait|populer|popular|terbaru|comments?|komentar|copyright)(?:$|[\s_-])`)
)

func wordSet(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, word := range words {
		set[word] = true
	}
	return set
}

// lineReader collects the lines of a page.
type lineReader struct {
	// keep are the title's ancestors: what holds the title is no frame.
	keep  map[*html.Node]bool
	lines []pageLine
	open  strings.Builder
	frame bool
	// titled is the line in which the title's text begins, -1 before.
	title  *html.Node
	titled int
}

// maxPageLines bounds the lines kept; a date beside the title comes early.
const maxPageLines = 5000

// readLines gives the lines of a page in order, and the place of the line with
// the title node, -1 without.
func readLines(root, title *html.Node) ([]pageLine, int) {
	r := &lineReader{keep: make(map[*html.Node]bool), title: title, titled: -1}
	for n := title; n != nil; n = n.Parent {
		r.keep[n] = true
	}
	r.walk(root, false)
	r.flush()
	return r.lines, r.titled
}

func (r *lineReader) flush() {
	if text := cleanLine(r.open.String(), 2000); text != "" && len(r.lines) < maxPageLines {
		r.lines = append(r.lines, pageLine{text: text, chrome: r.frame})
	}
	r.open.Reset()
}

// walk descends; the parser bounds the depth.
func (r *lineReader) walk(n *html.Node, frame bool) {
	switch n.Type {
	case html.TextNode:
		r.frame = frame
		r.open.WriteString(n.Data)
		return
	case html.ElementNode:
		if silent[n.Data] {
			return
		}
		if !frame && !r.keep[n] && isFrame(n) {
			frame = true
		}
	case html.CommentNode, html.DoctypeNode:
		return
	}
	block := n.Type == html.ElementNode && !inline[n.Data]
	if block || r.frame != frame {
		r.flush()
	}
	if n == r.title {
		r.flush()
		r.titled = len(r.lines)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c, frame)
	}
	if block || n == r.title {
		r.flush()
	}
}

// isFrame says whether an element belongs to the page's frame. The header of
// an article is none.
func isFrame(n *html.Node) bool {
	if frames[n.Data] {
		return isNamedFrame(n)
	}
	if n.Data == "html" || n.Data == "body" || n.Data == "main" || n.Data == "article" {
		return false
	}
	for _, a := range n.Attr {
		if (a.Key == "class" || a.Key == "id") && len(a.Val) < 1000 && frameClass.MatchString(a.Val) {
			return true
		}
	}
	return false
}

// isNamedFrame says whether an element belongs to the page's frame by its name,
// which is surer than a class: "widget" may be what holds the text.
func isNamedFrame(n *html.Node) bool {
	if n.Data == "header" || n.Data == "footer" {
		for p := n.Parent; p != nil; p = p.Parent {
			if p.Type == html.ElementNode && (p.Data == "article" || p.Data == "main") {
				return false
			}
		}
	}
	return frames[n.Data]
}

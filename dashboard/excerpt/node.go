package excerpt

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// each calls visit for every element below n, n included; it does not look
// inside one for which visit gives false.
func each(n *html.Node, visit func(*html.Node) bool) {
	if n.Type == html.ElementNode && !visit(n) {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, visit)
	}
}

func attribute(n *html.Node, name string) (value string, ok bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func has(n *html.Node, name string) bool {
	_, ok := attribute(n, name)
	return ok
}

func classes(n *html.Node) []string {
	list, _ := attribute(n, "class")
	return strings.Fields(list)
}

func hasClass(n *html.Node, class string) bool { return slices.Contains(classes(n), class) }

// hidden reports what no reader sees.
func hidden(n *html.Node) bool { return has(n, "hidden") || hasClass(n, "unseen") }

// first is the first element of a name below n, n included.
func first(n *html.Node, name string) (found *html.Node) {
	each(n, func(e *html.Node) bool {
		if found == nil && e.Data == name {
			found = e
		}
		return found == nil
	})
	return found
}

// firstElement is the first child that is an element.
func firstElement(n *html.Node) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			return c
		}
	}
	return nil
}

// hasAncestor reports whether n stands in an element of a name below top.
func hasAncestor(n, top *html.Node, name string) bool {
	for p := n.Parent; p != nil && p != top; p = p.Parent {
		if p.Data == name {
			return true
		}
	}
	return false
}

// text is what a reader sees of an element, without the parts of some classes.
func text(n *html.Node, without ...string) string {
	var b strings.Builder
	gather(&b, n, func(e *html.Node) bool {
		return hidden(e) || hasClass(e, "help") || slices.ContainsFunc(without, func(c string) bool { return hasClass(e, c) })
	})
	return fold(b.String())
}

// spoken is what a reader hears of an element.
func spoken(n *html.Node, without ...string) string {
	var b strings.Builder
	gather(&b, n, func(e *html.Node) bool {
		silent, _ := attribute(e, "aria-hidden")
		return silent == "true" || slices.ContainsFunc(without, func(c string) bool { return hasClass(e, c) })
	})
	return fold(b.String())
}

// gather collects the texts below n but in the elements that skip names.
func gather(b *strings.Builder, n *html.Node, skip func(*html.Node) bool) {
	switch n.Type {
	case html.TextNode:
		b.WriteString(n.Data)
		return
	case html.ElementNode:
		if n.Data == "script" || n.Data == "style" || n.Data == "svg" || skip(n) {
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		gather(b, c, skip)
	}
}

// fold writes a text on one line.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

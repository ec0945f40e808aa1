// Package excerpt reads the cards of a page of ours back from its HTML. A
// picture and a CSV file of a card are made of what it reads, so that neither
// can say anything that the page does not say; there is no second way to a
// figure.
//
// A card is the element around its save buttons: the parent of the element
// with the attribute data-save, whose value names the card on its page.
package excerpt

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"gaung/dashboard/cards"
)

// ErrNoCard is the error for a card that a page does not have.
var ErrNoCard = errors.New("excerpt: no such card")

// saveAttribute marks the save buttons of a card and names it.
const saveAttribute = "data-save"

// Head is what the head of a page says.
type Head struct {
	Title string // without the period
	// AsOf is the first sentence of the stamp, without its full stop; empty for
	// a stamp that names no day.
	AsOf string
}

// Words names the columns of lists that have none on the page.
type Words struct{ Term, Value, Sentence, Count, Name string }

// IDs lists the cards of a page in its order.
func IDs(page []byte) ([]string, error) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, fmt.Errorf("excerpt: read page: %w", err)
	}
	var ids []string
	each(doc, func(n *html.Node) bool {
		if id, ok := attribute(n, saveAttribute); ok {
			ids = append(ids, id)
		}
		return true
	})
	return ids, nil
}

// Find reads a card of a page. The error is [ErrNoCard] where the page has
// none of that name.
func Find(page []byte, id string, words Words) (*cards.Content, Head, error) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, Head{}, fmt.Errorf("excerpt: read page: %w", err)
	}
	var card *html.Node
	each(doc, func(n *html.Node) bool {
		if got, ok := attribute(n, saveAttribute); ok && got == id && card == nil {
			card = n.Parent
		}
		return card == nil
	})
	if card == nil {
		return nil, Head{}, fmt.Errorf("%w: %q", ErrNoCard, id)
	}
	content, err := read(card, words)
	if err != nil {
		return nil, Head{}, fmt.Errorf("excerpt: card %s: %w", id, err)
	}
	return content, readHead(doc), nil
}

// Alone reads a page that has nothing but words, such as one that says that
// there is no data: its heading and its first sentences.
func Alone(page []byte) (*cards.Content, error) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, fmt.Errorf("excerpt: read page: %w", err)
	}
	c := &cards.Content{}
	each(doc, func(n *html.Node) bool {
		switch {
		case n.Data == "h1" && c.Title == "":
			c.Title = text(n)
		case n.Data == "p" && len(c.Caption) == 0:
			c.Caption = append(c.Caption, text(n))
		}
		return true
	})
	return c, nil
}

// readHead reads the head of the page.
func readHead(doc *html.Node) (h Head) {
	each(doc, func(n *html.Node) bool {
		switch {
		case n.Data == "h1" && h.Title == "":
			h.Title = text(n, "period")
		case hasClass(n, "stamp") && h.AsOf == "":
			from := n
			if first := firstElement(n); first != nil && first.Data == "span" {
				from = first
			}
			h.AsOf, _, _ = strings.Cut(text(from)+" ", ". ")
			if h.AsOf = strings.TrimSuffix(strings.TrimSpace(h.AsOf), "."); !strings.ContainsAny(h.AsOf, "0123456789") {
				h.AsOf = ""
			}
		}
		return true
	})
	return h
}

// read reads what a card shows.
func read(card *html.Node, words Words) (*cards.Content, error) {
	c := &cards.Content{Title: heading(card)}
	c.N, _ = attribute(card, "data-n")
	var option *html.Node
	partial := false
	var lists []*html.Node
	var tables []*html.Node
	each(card, func(n *html.Node) bool {
		partial = partial || has(n, "data-partial")
		switch {
		case n.Data == "script":
			if kind, _ := attribute(n, "type"); kind == "application/json" {
				option = n
			}
		case has(n, saveAttribute), hidden(n):
			return false
		case n.Data == "table":
			tables = append(tables, n)
			return false
		case hasClass(n, "kpi"):
			c.Figures = append(c.Figures, readFigure(n))
			return false
		case n.Data == "dl", hasClass(n, "attention"), hasClass(n, "counts"), hasClass(n, "columns"):
			lists = append(lists, n)
			return false
		case n.Data == "p" && !hasClass(n, "heat-legend"):
			if n.Parent != card && hasAncestor(n, card, "details") {
				return false
			}
			if t := text(n); t != "" && len(tables) == 0 && len(lists) == 0 {
				c.Caption = append(c.Caption, t)
			}
			return false
		}
		return true
	})
	switch {
	case len(tables) > 0:
		c.Table = readTable(tables[0])
		caption := first(tables[0], "caption")
		if caption != nil && (c.Title == "" || card.Data != "section" && !hasClass(caption, "unseen")) {
			c.Title = text(caption)
		} else if caption != nil && !hasClass(caption, "unseen") {
			c.Caption = append(c.Caption, sentence(text(caption)))
		}
	case len(lists) > 0:
		c.Table = readLists(lists, words)
	}
	if option != nil && option.FirstChild != nil {
		chart, err := cards.ReadChart([]byte(option.FirstChild.Data))
		if err != nil {
			return nil, err
		}
		chart.Partial = partial
		c.Chart = chart
	}
	return c, nil
}

// sentence ends a text as a sentence.
func sentence(text string) string {
	if text == "" || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// heading is the heading of a card: its own, or that of the part of the page
// it stands in, or its label.
func heading(card *html.Node) string {
	for n := card; n != nil; n = n.Parent {
		for _, level := range []string{"h1", "h2", "h3"} {
			if h := first(n, level); h != nil && (n == card || n.Data == "section") && !insideOther(h, n) {
				return headingText(h)
			}
		}
		if label, ok := attribute(n, "aria-label"); ok && label != "" {
			return label
		}
		if n.Data == "section" {
			break
		}
	}
	return ""
}

// headingText is a heading; what it says in a lighter weight comes after a colon.
func headingText(h *html.Node) string {
	title, rest := text(h, "period"), ""
	each(h, func(n *html.Node) bool {
		if hasClass(n, "period") {
			rest = text(n)
		}
		return true
	})
	if rest == "" || title == "" {
		return title + rest
	}
	return title + ": " + rest
}

// insideOther reports whether a heading belongs to a part of the card rather
// than to the card: one of its key figures.
func insideOther(h, card *html.Node) bool {
	for n := h.Parent; n != nil && n != card; n = n.Parent {
		if n.Data == "article" {
			return true
		}
	}
	return false
}

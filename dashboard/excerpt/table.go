package excerpt

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"gaung/dashboard/cards"
	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
)

// readTable reads a table: the rows that a search has left on the page.
func readTable(table *html.Node) *cards.Table {
	t := &cards.Table{}
	each(table, func(n *html.Node) bool {
		switch n.Data {
		case "caption":
			return false
		case "thead":
			each(n, func(h *html.Node) bool {
				if h.Data == "th" {
					t.Columns = append(t.Columns, readColumn(h))
					return false
				}
				return true
			})
			return false
		case "tr":
			if !hidden(n) {
				t.Rows = append(t.Rows, readRow(n))
			}
			return false
		}
		return true
	})
	return t
}

func readColumn(h *html.Node) cards.Column {
	c := cards.Column{Title: text(h, "unit", "sort-mark", "heat-month"), Spoken: spoken(h, "unit"), Figure: hasClass(h, "figure")}
	each(h, func(n *html.Node) bool {
		if hasClass(n, "unit") || hasClass(n, "heat-month") {
			c.Unit = text(n)
		}
		return true
	})
	if c.Title == "" && c.Spoken != "" {
		// A column whose head only readers of the text hear draws, and says nothing.
		c.Spoken = ""
	}
	return c
}

func readRow(tr *html.Node) cards.Row {
	row := cards.Row{Total: tr.Parent != nil && tr.Parent.Data == "tfoot"}
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
			row.Cells = append(row.Cells, readCell(c))
		}
	}
	return row
}

// mostSpan is more columns than a table of ours has.
const mostSpan = 100

// cellReader gathers what stands in a cell: its text, and what stands below or
// beside that in small letters.
type cellReader struct {
	cards.Cell
	main, small strings.Builder
}

func readCell(td *html.Node) cards.Cell {
	r := &cellReader{}
	if span, ok := attribute(td, "colspan"); ok {
		r.Span, _ = strconv.Atoi(span) // one column where it is no number
		r.Span = min(max(r.Span, 0), mostSpan)
	}
	for _, class := range classes(td) {
		if level, ok := strings.CutPrefix(class, "heat-"); ok && level != "running" {
			r.Heat = level
		}
		r.Running = r.Running || class == "heat-running"
		r.Figure = r.Figure || class == "figure" || class == "number" || class == "heat"
	}
	for c := td.FirstChild; c != nil; c = c.NextSibling {
		r.read(c, &r.main)
	}
	r.Text, r.Small = fold(r.main.String()), fold(r.small.String())
	if r.Text == "" && r.Small != "" && r.Tier == "" {
		r.Text, r.Small = r.Small, ""
	}
	return r.Cell
}

// read reads a part of the cell into one of its texts.
func (r *cellReader) read(n *html.Node, into *strings.Builder) {
	if n.Type == html.TextNode {
		into.WriteString(n.Data)
		return
	}
	if n.Type != html.ElementNode || hidden(n) || n.Data == "script" {
		return
	}
	for _, class := range classes(n) {
		switch class {
		case "unit", "muted", "shift", "move":
			into = &r.small
			into.WriteByte(' ')
		case "badge":
			r.Badge = max(r.Badge, cards.Quiet)
		case "badge-failed":
			r.Badge = cards.Alarming
		case "state-failed":
			r.Strong = true
		case "state-absent":
			r.Absent = into == &r.main && fold(r.main.String()) == ""
		case "tier":
			r.Tier = text(n)
			return
		case "span", "spark":
			r.Strip = readStrip(n)
			return
		case "arrow":
			into.WriteString(readArrow(n))
			return
		}
	}
	if n.Data == "strong" {
		r.Strong = true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.read(c, into)
	}
	if into == &r.small {
		into.WriteByte(' ')
	}
}

// The arrows of the page by the path that draws them.
var arrows = map[string]string{"M5 1 9 8H1z": "▲ ", "M5 9 1 2h8z": "▼ "}

func readArrow(svg *html.Node) string {
	path := first(svg, "path")
	if path == nil {
		return ""
	}
	d, _ := attribute(path, "d")
	return arrows[d]
}

// readStrip reads the bars and lines of a small drawing.
func readStrip(svg *html.Node) *cards.Strip {
	s := &cards.Strip{High: 8}
	if view, ok := attribute(svg, "viewbox"); ok {
		s.High = viewHeight(view, s.High)
	} else if view, ok := attribute(svg, "viewBox"); ok {
		s.High = viewHeight(view, s.High)
	}
	each(svg, func(n *html.Node) bool {
		switch n.Data {
		case "rect":
			b := cards.StripBar{X: number(n, "x"), Y: number(n, "y"), W: number(n, "width"), H: number(n, "height")}
			for _, class := range classes(n) {
				_, b.Kind, _ = strings.Cut(class, "-")
			}
			s.Bars = append(s.Bars, b)
		case "polyline":
			points, _ := attribute(n, "points")
			var line [][2]float64
			for _, pair := range strings.Fields(points) {
				x, y, _ := strings.Cut(pair, ",")
				line = append(line, [2]float64{parse(x), parse(y)})
			}
			s.Lines = append(s.Lines, line)
		}
		return true
	})
	return s
}

func viewHeight(view string, otherwise float64) float64 {
	parts := strings.Fields(view)
	if len(parts) != 4 {
		return otherwise
	}
	return max(parse(parts[3]), 1)
}

func number(n *html.Node, name string) float64 {
	v, _ := attribute(n, name)
	return parse(v)
}

// parse reads a coordinate of ours; anything else stands at the edge.
func parse(text string) float64 {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return 0
	}
	return v
}

// readFigure reads a key figure.
func readFigure(n *html.Node) figures.Figure {
	f := figures.Figure{}
	f.ID, _ = attribute(n, "data-kpi")
	each(n, func(e *html.Node) bool {
		part, _ := attribute(e, "data-part")
		switch {
		case e.Data == "h2":
			f.Title = text(e)
		case hasClass(e, "kpi-number"):
			f.Value = wording.Value(text(e))
		case hasClass(e, "kpi-of"):
			f.Of = text(e)
		case part == "compare":
			f.Compare = text(e)
			if svg := first(e, "svg"); svg != nil {
				f.Movement = map[string]figures.Movement{"▲ ": figures.Up, "▼ ": figures.Down}[readArrow(svg)]
			}
		case part == "target":
			f.Target = text(e)
		case part == "n":
			f.N = text(e)
		case part == "as-of":
			f.AsOf = text(e)
		}
		return true
	})
	return f
}

// readLists reads lists of facts, counts, sentences or names as a table.
func readLists(lists []*html.Node, words Words) *cards.Table {
	t := &cards.Table{}
	for _, list := range lists {
		switch {
		case list.Data == "dl":
			t.Columns = []cards.Column{{Title: words.Term}, {Title: words.Value}}
			var term cards.Cell
			each(list, func(n *html.Node) bool {
				switch n.Data {
				case "dt":
					term = cards.Cell{Text: text(n)}
				case "dd":
					t.Rows = append(t.Rows, cards.Row{Cells: []cards.Cell{term, readCell(n)}})
				}
				return true
			})
		case hasClass(list, "counts"):
			t.Columns = []cards.Column{{Title: words.Count, Figure: true}, {Title: words.Term}}
			items(list, func(li *html.Node) {
				var count, rest cards.Cell
				each(li, func(n *html.Node) bool {
					if hasClass(n, "count") {
						count = readCell(n)
						count.Strong, count.Figure = true, true
						return false
					}
					if n.Data == "span" && rest.Text == "" {
						rest = readCell(n)
						return false
					}
					return true
				})
				t.Rows = append(t.Rows, cards.Row{Cells: []cards.Cell{count, rest}})
			})
		default:
			// The heading of the card says what its list is of.
			t.Columns = []cards.Column{{Spoken: words.Name}}
			if hasClass(list, "attention") {
				t.Columns[0].Spoken = words.Sentence
			}
			items(list, func(li *html.Node) {
				from := li
				if hasClass(list, "attention") && first(li, "span") != nil {
					from = first(li, "span") // without the link behind it
				}
				t.Rows = append(t.Rows, cards.Row{Cells: []cards.Cell{{Text: text(from)}}})
			})
		}
	}
	return t
}

func items(list *html.Node, visit func(*html.Node)) {
	each(list, func(n *html.Node) bool {
		if n.Data == "li" {
			visit(n)
			return false
		}
		return true
	})
}

package cards

import (
	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
)

// Content is one card of a page as its reader sees it: figures, a table or a
// chart under a heading. Its texts are the page's own, so that a picture of it
// cannot say anything else.
type Content struct {
	Title   string   // the heading of the card
	Caption []string // the sentences under it: measure, period, finding
	Figures []figures.Figure
	Table   *Table
	Chart   *Chart
	// N is what the card stands on, as the page words it; empty lets the rows
	// speak for themselves.
	N string
}

// Table is a table of a page. Every row has a cell for every column, or one
// that spans several.
type Table struct {
	Columns []Column
	Rows    []Row
}

// Column is the head of a column.
type Column struct {
	Title string
	Unit  string // written small below the title
	// Spoken is the title in full where the page shows a shorter one.
	Spoken string
	Figure bool // numbers, which stand at the right edge
}

// Row is a row of a table.
type Row struct {
	Cells []Cell
	Total bool // the sum below the others
}

// Cell is a cell of a table. Its text is what the page writes there.
type Cell struct {
	Text   string
	Small  string // what stands below or beside it in small letters
	Strong bool
	Figure bool   // a number, for programs
	Absent bool   // there is no value, and the text is the sign for that
	Tier   string // A, B, C
	Badge  Badge  // the text stands in a frame
	Heat   string // the shade of the cell: 0 to 4; empty for none
	// Running marks a cell of a map whose week is not over.
	Running bool
	Strip   *Strip // a small drawing below the text
	Span    int    // how many columns the cell takes; 0 is one
}

// Badge is the frame around a text.
type Badge uint8

// The frames.
const (
	Plain Badge = iota // none
	Quiet
	Alarming
)

// Strip is a drawing in a cell, a hundred wide and High high.
type Strip struct {
	High  float64
	Bars  []StripBar
	Lines [][][2]float64 // points of x and y
}

// StripBar is a bar of a strip; Kind is track, range, point or band.
type StripBar struct {
	Kind       string
	X, Y, W, H float64
}

// Stamp is what a picture says about itself, in whole words.
type Stamp struct {
	Place   string // region
	Period  string // month or days
	Subject string // the page
	Mark    string // "DATA CONTOH"; empty for real figures
	AsOf    string
	Basis   string // n and filter
	Source  string // where the figures can be looked up
	Code    string
	Note    string // what came in after the month was closed; empty for nothing
	// RowsLeft says how many rows found no room, ColumnsLeft which columns;
	// Nothing is said where there is nothing to show.
	RowsLeft    func(n int) string
	ColumnsLeft func(titles string) string
	Nothing     string
}

// DrawContent draws a card of a page in a size, one of [Slide] and [Portrait].
// Numbers that a chart writes are in the language.
func DrawContent(lang wording.Language, content *Content, stamp Stamp, size Size) *Scene {
	c := newCard(nil, size, Options{})
	c.lang, c.stamp = lang, stamp
	title, lines := 46.0, 2
	if c.upright {
		title = 42
	}
	area := c.stamped(content.Title, title, lines)
	area = c.caption(area, content.Caption)
	switch {
	case len(content.Figures) > 0:
		columns := 2
		if n := len(content.Figures); n == 1 || n == 3 {
			if columns = n; c.upright {
				columns = 1
			}
		}
		c.tiles(area, content.Figures, columns, true)
	case content.Chart != nil && content.Chart.known():
		c.chart(area, content.Chart)
	case content.Table != nil && len(content.Table.Rows) > 0:
		c.table(area, content.Table)
	case len(content.Caption) == 0 || content.Table != nil || content.Chart != nil:
		c.scene.block(area.x, area.y+50, area.w, regular(30), muted, stamp.Nothing, 2, 1.3)
	}
	return c.scene
}

// caption writes the sentences under the heading and returns the room below.
func (c *card) caption(area box, sentences []string) box {
	f, most := regular(25), 2
	if c.upright {
		most = 3
	}
	text := ""
	for _, s := range sentences {
		if s = clean(s); s == "" {
			continue
		}
		if text != "" {
			text += " "
		}
		text += s
	}
	if text == "" {
		return area
	}
	y := c.scene.block(area.x, area.y+20, area.w, f, muted, text, most, 1.28)
	used := y - f.size*0.55 - area.y
	return box{area.x, area.y + used, area.w, area.h - used}
}

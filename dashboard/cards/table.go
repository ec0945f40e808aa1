package cards

import (
	"image/color"
	"strings"
)

// The sizes of the letters in a table, in pixels: as large as all rows allow,
// and no smaller than is readable on a phone.
const (
	largestLetters  = 34.0
	cutLetters      = 21.0 // while rows are left out
	smallestLetters = 17.0
	nameLines       = 3 // of a text in a cell, at most
)

// grid is a table being laid out.
type grid struct {
	*card
	size    float64 // of the letters
	columns []gridColumn
	gap     float64
}

// gridColumn is a column with its place on the drawing.
type gridColumn struct {
	Column
	index          int
	x, width       float64
	least, natural float64
	heat           bool
}

func (g *grid) text(strong bool) face { return face{bold: strong, size: g.size} }
func (g *grid) small() face           { return regular(max(g.size*0.76, 14)) }
func (g *grid) head() face            { return bold(max(g.size*0.78, 14)) }

// table draws a table with as many rows as find room.
func (c *card) table(area box, t *Table) {
	g, left := c.fit(area, t)
	if left != "" {
		area.h -= 34
	}
	y := g.titles(area)
	bottom, floor := area.y+area.h, area.y+area.h
	heights, total := make([]float64, len(t.Rows)), 0.0
	for i, row := range t.Rows {
		heights[i] = g.height(row)
		total += heights[i]
	}
	shown := len(t.Rows)
	air := 1.0
	if total > bottom-y {
		room := bottom - y - 36
		for total, shown = 0.0, 0; shown < len(heights) && total+heights[shown] <= room; shown++ {
			total += heights[shown]
		}
		bottom = y + room
	}
	if total > 0 {
		air = min((bottom-y)/total, 1.35)
	}
	for i, row := range t.Rows[:shown] {
		tall := heights[i] * air
		g.row(row, y, tall)
		y += tall
		if i < shown-1 && !g.isMap() {
			c.scene.across(area.x, y, g.right()-area.x, 1, faint)
		}
	}
	note := regular(23)
	if rest := len(t.Rows) - shown; rest > 0 {
		c.scene.fitted(area.x, y+30, area.w, note, start, muted, c.stamp.RowsLeft(rest))
	}
	if left != "" {
		c.scene.fitted(area.x, floor+28, area.w, note, start, muted, c.stamp.ColumnsLeft(left))
	}
}

func (t *Table) isMap() bool {
	return len(t.Rows) > 0 && len(t.Rows[0].Cells) > 1 && t.Rows[0].Cells[1].Heat != ""
}

// isMap reports whether the table is shaded cells side by side.
func (g *grid) isMap() bool { return len(g.columns) > 0 && g.columns[len(g.columns)-1].heat }

func (g *grid) right() float64 {
	last := g.columns[len(g.columns)-1]
	return last.x + last.width
}

// fit lays a table out in the largest letters in which all rows find room, or
// in the largest in which its columns do. Columns without room are left out
// from the right; their titles are named.
func (c *card) fit(area box, t *Table) (g *grid, left string) {
	most := largestLetters
	if c.upright {
		most = 31
	}
	for columns := len(t.Columns); ; columns-- {
		var widest *grid
		for size := most; size >= smallestLetters; size-- {
			g := c.lay(area, t, columns, size)
			if g == nil {
				continue
			}
			if (size <= cutLetters && !g.isMap() || size == smallestLetters) && widest == nil {
				widest = g
			}
			if g.tall(t) <= area.h {
				return g, leftOut(t.Columns[columns:])
			}
		}
		if widest != nil {
			return widest, leftOut(t.Columns[columns:])
		}
		if columns <= 2 {
			g := c.lay(box{area.x, area.y, 1e6, area.h}, t, columns, smallestLetters)
			g.squeeze(area.w)
			return g, leftOut(t.Columns[columns:])
		}
	}
}

func leftOut(columns []Column) string {
	var titles []string
	for _, c := range columns {
		titles = append(titles, c.Title)
	}
	return strings.Join(titles, ", ")
}

// lay places the columns in letters of a size; nil where they have no room.
func (c *card) lay(area box, t *Table, columns int, size float64) *grid {
	g := &grid{card: c, size: size, gap: size * 0.9}
	if c.upright {
		g.gap = size * 0.65
	}
	least, natural := 0.0, 0.0
	for i, column := range t.Columns[:columns] {
		gc := g.measure(t, column, i)
		if gc.heat && i > 0 {
			g.gap = 4
		}
		g.columns = append(g.columns, gc)
		least, natural = least+gc.least, natural+gc.natural
	}
	room := area.w - g.gap*float64(columns-1)
	if least > room {
		return nil
	}
	// What is left goes to those who need it, and then to all alike.
	extra, need := room-least, natural-least
	share := 1.0
	if need > extra {
		share = extra / need
	}
	spread := min(max(room-natural, 0)/float64(columns), 150)
	if g.isMap() {
		spread = 0
	}
	x := area.x
	for i := range g.columns {
		col := &g.columns[i]
		col.x, col.width = x, col.least+(col.natural-col.least)*share+spread
		x += col.width + g.gap
	}
	return g
}

// squeeze gives every column its share of a width that is too small.
func (g *grid) squeeze(width float64) {
	total := g.right() - g.columns[0].x
	x := g.columns[0].x
	for i := range g.columns {
		g.columns[i].x, g.columns[i].width = x, g.columns[i].width*width/total
		x += g.columns[i].width + g.gap*width/total
	}
}

// measure finds how wide a column has to be, and how wide it wants to be.
func (g *grid) measure(t *Table, column Column, index int) gridColumn {
	gc := gridColumn{Column: column, index: index}
	for _, row := range t.Rows {
		cell, ok := row.at(index)
		if !ok || cell.Span > 1 {
			continue
		}
		gc.heat = gc.heat || cell.Heat != ""
		lead := g.lead(cell)
		wide := lead + g.text(cell.Strong || row.Total).width(clean(cell.Text))
		narrow := wide
		// Short texts, such as days, and framed ones stay on one line.
		if !column.Figure && !gc.heat && cell.Badge == Plain && wide-lead > g.size*6.5 {
			narrow = lead + max(g.longestWord(g.text(cell.Strong), cell.Text), min(wide-lead, (wide-lead)*1.15/nameLines+g.size))
		}
		if small := clean(cell.Small); small != "" {
			wide, narrow = max(wide, g.small().width(small)), max(narrow, min(g.small().width(small), g.size*8))
		}
		if cell.Strip != nil {
			wide, narrow = max(wide, 150), max(narrow, 90)
		}
		gc.natural, gc.least = max(gc.natural, wide), max(gc.least, narrow)
	}
	if gc.heat {
		gc.least = max(gc.least, g.size*1.35)
		gc.natural = max(gc.least, g.size*2.2)
		return gc
	}
	if index == 0 && t.isMap() {
		// The cells of a map tell more than the end of a name.
		gc.least = min(gc.least, g.size*13)
	}
	head := g.head()
	need := max(g.longestWord(head, column.Title), min(g.small().width(column.Unit), g.size*6))
	for len(wrap(head, column.Title, need, 9)) > 3 {
		need += 10
	}
	gc.least = max(gc.least, need)
	gc.natural = max(gc.natural, gc.least, min(head.width(column.Title), g.size*7))
	if !column.Figure && len(t.Columns) > 1 {
		gc.natural = min(gc.natural, max(gc.least, g.width*0.55))
	}
	return gc
}

// longestWord is the width of the longest word of a text, within reason.
func (g *grid) longestWord(f face, text string) float64 {
	wide := 0.0
	for _, word := range strings.Fields(clean(text)) {
		wide = max(wide, f.width(word))
	}
	return min(wide, g.size*14)
}

// lead is the room before the text of a cell: its tier, the edge of its badge.
func (g *grid) lead(cell Cell) float64 {
	switch {
	case cell.Tier != "":
		return g.size * 1.75
	case cell.Badge != Plain:
		return g.size * 0.35
	}
	return 0
}

// at is the cell of a column.
func (r Row) at(index int) (Cell, bool) {
	at := 0
	for _, cell := range r.Cells {
		if at == index {
			return cell, true
		}
		if at += max(cell.Span, 1); at > index {
			return Cell{}, false
		}
	}
	return Cell{}, false
}

// tall is the height of the whole table.
func (g *grid) tall(t *Table) float64 {
	total := g.titleHeight()
	for _, row := range t.Rows {
		total += g.height(row)
	}
	return total
}

// titleLines are the most lines that a title takes, units apart.
func (g *grid) titleLines() (lines int, units bool) {
	for _, col := range g.columns {
		lines = max(lines, len(wrap(g.head(), col.Title, col.width, 3)))
		units = units || col.Unit != ""
	}
	return lines, units
}

func (g *grid) titleHeight() float64 {
	lines, units := g.titleLines()
	if lines == 0 && !units {
		return 0
	}
	tall := float64(lines)*g.head().size*1.15 + 14
	if units {
		tall += g.small().size * 1.15
	}
	return tall
}

// titles draws the heads of the columns, standing on one line.
func (g *grid) titles(area box) float64 {
	lines, units := g.titleLines()
	if lines == 0 && !units {
		return area.y
	}
	bottom := area.y + g.titleHeight()
	f := g.head()
	for _, col := range g.columns {
		y := bottom - 14
		if col.heat {
			// A map names the month above the day.
			g.scene.text(col.x+col.width/2, y, f, middle, muted, ellipsis(f, col.Title, col.width+g.gap))
			g.scene.text(col.x+col.width/2, y-f.size*1.15, g.small(), middle, muted, col.Unit)
			continue
		}
		list := wrap(f, col.Title, col.width, 3)
		if col.Unit != "" {
			y -= g.small().size * 1.15
		}
		for i, l := range list {
			g.put(col, y-float64(len(list)-1-i)*f.size*1.15, f, muted, l)
		}
		if col.Unit != "" {
			g.put(col, bottom-14, g.small(), muted, ellipsis(g.small(), col.Unit, col.width))
		}
	}
	g.scene.across(area.x, bottom, g.right()-area.x, 2, grey)
	return bottom
}

// put writes a line at the edge of its column.
func (g *grid) put(col gridColumn, y float64, f face, fill color.NRGBA, text string) {
	if col.Figure {
		g.scene.text(col.x+col.width, y, f, end, fill, text)
		return
	}
	g.scene.text(col.x, y, f, start, fill, text)
}

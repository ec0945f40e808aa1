package cards

import "image/color"

// The shades of a map of weeks, as on the page.
var heatShades = map[string]struct{ fill, letter color.NRGBA }{
	"1": {color.NRGBA{227, 238, 246, 255}, ink},
	"2": {color.NRGBA{181, 212, 234, 255}, ink},
	"3": {color.NRGBA{47, 120, 173, 255}, paper},
	"4": {navy, paper},
}

// lines is a cell broken into lines.
type lines struct {
	text, small []string
	strip       bool
}

// breakCell breaks a cell into lines of a width.
func (g *grid) breakCell(cell Cell, col gridColumn, strong bool) lines {
	l := lines{strip: cell.Strip != nil}
	most := nameLines
	if col.Figure || col.heat {
		most = 1
	}
	l.text = wrap(g.text(strong), cell.Text, max(col.width-g.lead(cell), 1), most)
	if cell.Small != "" {
		l.small = wrap(g.small(), cell.Small, col.width, 2)
	}
	return l
}

func (g *grid) tallOf(l lines) float64 {
	tall := float64(len(l.text))*g.size*1.16 + float64(len(l.small))*g.small().size*1.16
	if l.strip {
		tall += g.size * 0.6
	}
	return tall
}

// spanning is the column that a cell takes, which may be several.
func (g *grid) spanning(index int, cell Cell) (col gridColumn, ok bool) {
	if index >= len(g.columns) {
		return col, false
	}
	col = g.columns[index]
	if last := index + max(cell.Span, 1) - 1; last > index {
		to := g.columns[min(last, len(g.columns)-1)]
		col.width, col.Figure = to.x+to.width-col.x, false
	}
	return col, true
}

// height is how tall a row has to be.
func (g *grid) height(row Row) float64 {
	tall, index := g.size*1.16, 0
	for _, cell := range row.Cells {
		if col, ok := g.spanning(index, cell); ok {
			tall = max(tall, g.tallOf(g.breakCell(cell, col, cell.Strong || row.Total)))
		}
		index += max(cell.Span, 1)
	}
	if g.isMap() {
		return tall + g.size*0.3
	}
	return tall + g.size*0.62
}

// row draws a row between y and y+tall.
func (g *grid) row(row Row, y, tall float64) {
	index := 0
	for _, cell := range row.Cells {
		if col, ok := g.spanning(index, cell); ok {
			g.cell(cell, col, cell.Strong || row.Total, y, tall)
		}
		index += max(cell.Span, 1)
	}
}

// cell draws a cell in the middle of its row.
func (g *grid) cell(cell Cell, col gridColumn, strong bool, y, tall float64) {
	s, f := g.scene, g.text(strong)
	fill := ink
	if cell.Absent {
		fill = muted
	}
	if col.heat {
		if shade, ok := heatShades[cell.Heat]; ok {
			s.rect(col.x, y+2, col.width, tall-4, shade.fill)
			fill = shade.letter
		}
		if cell.Running {
			x, y, w, h := col.x+1, y+3, col.width-2, tall-6
			s.dashes([]point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}}, 2, 5, 4, muted)
		}
		if cell.Heat != "" {
			s.text(col.x+col.width/2, y+tall/2+f.size*0.35, f, middle, fill, ellipsis(f, cell.Text, col.width+g.gap))
			return
		}
	}
	l := g.breakCell(cell, col, strong)
	line := y + (tall-g.tallOf(l))/2 + f.size*0.93
	lead := g.lead(cell)
	at := col
	at.x, at.width = col.x+lead, col.width-lead
	if col.Figure {
		at = col
	}
	if cell.Badge == Alarming {
		fill = color.NRGBA{127, 53, 0, 255}
	}
	for i, text := range l.text {
		if i == 0 {
			g.ornament(cell, col, f, line, text)
		}
		g.put(at, line, f, fill, text)
		line += f.size * 1.16
	}
	if len(l.text) == 0 && cell.Tier != "" {
		g.ornament(cell, col, f, line, "")
		line += f.size * 1.16
	}
	line += g.small().size*1.16 - f.size*1.16 + f.size*0.14
	for _, text := range l.small {
		g.put(col, line, g.small(), muted, text)
		line += g.small().size * 1.16
	}
	if cell.Strip != nil {
		g.strip(cell.Strip, col, line-g.small().size*0.8)
	}
}

// ornament draws what stands before or around the first line of a cell.
func (g *grid) ornament(cell Cell, col gridColumn, f face, line float64, text string) {
	s := g.scene
	switch {
	case cell.Tier != "":
		colour, letter := tierColour(&cell.Tier)
		side := f.size * 1.2
		s.rect(col.x, line-f.size*0.95, side, side, colour)
		s.text(col.x+side/2, line, bold(f.size*0.9), middle, letter, cell.Tier)
	case cell.Badge != Plain:
		back := panel
		if cell.Badge == Alarming {
			back = color.NRGBA{253, 240, 230, 255}
		}
		wide := f.width(text) + f.size*0.7
		x := col.x + g.lead(cell) - f.size*0.35
		if col.Figure {
			x = col.x + col.width - wide + f.size*0.35
		}
		s.rect(x, line-f.size*0.98, wide, f.size*1.3, back)
	}
}

// strip draws a small drawing below the text of a cell.
func (g *grid) strip(st *Strip, col gridColumn, y float64) {
	wide := min(col.width, 190)
	x := col.x
	if col.Figure {
		x = col.x + col.width - wide
	}
	high := g.size * 0.42
	if len(st.Lines) > 0 {
		y, high = y-g.size*0.9, g.size*1.1
	}
	sx, sy := wide/100, high/max(st.High, 1)
	for _, b := range st.Bars {
		fill := mild
		switch b.Kind {
		case "track":
			fill = faint
		case "band":
			fill = colourOf("--mark-soft")
		case "point":
			fill = blue
		case "bar":
			fill = blue
		}
		g.scene.rect(x+b.X*sx, y+b.Y*sy, max(b.W*sx, 2), b.H*sy, fill)
	}
	for _, l := range st.Lines {
		var points []point
		for _, p := range l {
			points = append(points, point{x + p[0]*sx, y + p[1]*sy})
		}
		g.scene.path(points, 2, blue)
	}
}

package cards

import (
	"math"
	"slices"
)

// plot turns values into places on the drawing.
type plot struct {
	*card
	ch           *Chart
	area         box
	left, right  float64 // the values at both ends
	bottom, most float64
	taken        []box // where labels already stand
}

// lines draws lines over names, or lines and points on two scales.
func (c *card) lines(area box, ch *Chart) {
	p := &plot{card: c, ch: ch}
	p.scale()
	ticks := niceTicks(p.bottom, p.most)
	f := regular(22)
	margin := 0.0
	for _, v := range ticks {
		margin = max(margin, f.width(c.lang.Trim(v, 2)))
	}
	top := area.y + 18
	if slices.ContainsFunc(ch.Series, func(s Series) bool { return s.Labels && !s.Dots }) {
		top += 26 // for the label of the highest point
	}
	if ch.YTitle != "" {
		c.scene.fitted(area.x, top+14, area.w, f, start, muted, ch.YTitle)
		top += 34
	}
	below := 78.0
	if ch.XTitle != "" {
		below = 88
	}
	p.area = box{area.x + margin + 18, top + 18, area.w - margin - 18 - 20, area.y + area.h - below - top - 18}
	for _, v := range ticks {
		y := p.y(v)
		c.scene.across(p.area.x, y, p.area.w, 1, faint)
		c.scene.text(p.area.x-12, y+7, f, end, muted, c.lang.Trim(v, 2))
	}
	c.scene.across(p.area.x, p.y(p.bottom), p.area.w, 2, grey)
	p.axis(f)
	// Lines lie below points, and labels come last.
	for _, s := range ch.Series {
		if !s.Dots {
			p.line(s)
		}
	}
	for _, s := range ch.Series {
		p.marks(s)
	}
	for _, s := range ch.Series {
		if s.Labels {
			p.labels(s)
		}
	}
}

// scale finds the ends of both scales.
func (p *plot) scale() {
	p.left, p.right, p.most = 0, float64(len(p.ch.Names)-1), 0
	if len(p.ch.Names) == 0 {
		p.right = 1
	}
	for _, s := range p.ch.Series {
		for _, point := range s.Points {
			if point.Known {
				p.most, p.bottom = max(p.most, point.Y), min(p.bottom, point.Y)
				if len(p.ch.Names) == 0 {
					p.right = max(p.right, point.X)
				}
			}
		}
	}
	if p.ch.Most != nil {
		p.most = *p.ch.Most
	}
	if p.most <= p.bottom {
		p.most = p.bottom + 1
	}
	if p.ch.Most == nil {
		ticks := niceTicks(p.bottom, p.most)
		p.most = max(p.most, ticks[len(ticks)-1])
	}
}

func (p *plot) x(v float64) float64 {
	if len(p.ch.Names) > 0 {
		// Names stand in the middle of their part of the axis.
		return p.area.x + p.area.w*(v+0.5)/float64(len(p.ch.Names))
	}
	return p.area.x + p.area.w*(v-p.left)/(p.right-p.left)
}

func (p *plot) y(v float64) float64 {
	return p.area.y + p.area.h*(1-(v-p.bottom)/(p.most-p.bottom))
}

// axis names the places below the drawing: all names, or every second, third …
// where they have no room, the last always.
func (p *plot) axis(f face) {
	y := p.area.y + p.area.h + 32
	if n := len(p.ch.Names); n > 0 {
		room := p.area.w / float64(n)
		every := max(1, int(math.Ceil(86/room)))
		for i, name := range p.ch.Names {
			if (n-1-i)%every != 0 {
				continue
			}
			for k, l := range wrap(f, name, room*float64(every)-10, 2) {
				p.scene.text(p.x(float64(i)), y+float64(k)*f.size*1.15, f, middle, ink, l)
			}
		}
		return
	}
	for _, v := range niceTicks(p.left, p.right) {
		if v == math.Trunc(v) && v <= p.right {
			p.scene.text(p.x(v), y, f, middle, muted, p.lang.Trim(v, 0))
		}
	}
	p.scene.text(p.area.x+p.area.w/2, y+34, f, middle, muted, ellipsis(f, p.ch.XTitle, p.area.w))
}

// niceTicks are three to six round values from one end to about the other.
func niceTicks(from, to float64) []float64 {
	raw := (to - from) / 4
	if raw <= 0 || math.IsInf(raw, 0) || math.IsNaN(raw) {
		return []float64{from}
	}
	unit := math.Pow(10, math.Floor(math.Log10(raw)))
	step := unit * 10
	for _, m := range []float64{1, 2, 2.5, 5} {
		if unit*m >= raw*0.999 {
			step = unit * m
			break
		}
	}
	var list []float64
	for i := math.Floor(from / step); ; i++ {
		v := i * step
		if v > to+step*0.999 || len(list) > 8 {
			return list
		}
		if v >= from-step*0.001 {
			list = append(list, v)
		}
	}
}

// line draws a series, with gaps where there is no value.
func (p *plot) line(s Series) {
	var piece []point
	flush := func() {
		p.stroke(piece, s)
		piece = nil
	}
	for _, v := range s.Points {
		if !v.Known {
			flush()
			continue
		}
		at := point{p.x(v.X), p.y(v.Y)}
		if s.Step && len(piece) > 0 {
			piece = append(piece, point{at.x, piece[len(piece)-1].y})
		}
		piece = append(piece, at)
	}
	flush()
}

func (p *plot) marks(s Series) {
	radius := 9.0
	if len(s.Points) > 40 {
		radius = 7
	}
	for _, v := range s.Points {
		if v.Known && (s.Dots || v.Symbol != "" && v.Symbol != "none") {
			x, y := p.x(v.X), p.y(v.Y)
			p.mark(x, y, radius, v.Symbol, colourOf(s.Colour))
			p.taken = append(p.taken, box{x - radius, y - radius, 2 * radius, 2 * radius})
		}
	}
}

// labels writes the value above every point, or the name beside it; where one
// would stand in another, it is left out.
func (p *plot) labels(s Series) {
	f := bold(25)
	if s.Dots {
		f = regular(22)
	}
	for _, v := range s.Points {
		if !v.Known {
			continue
		}
		x, y := p.x(v.X), p.y(v.Y)
		if !s.Dots {
			text := p.lang.Trim(v.Y, 1)
			wide := f.width(text)
			p.place(box{x - wide/2, y - 20 - f.size*0.8, wide, f.size * 0.8}, f, text)
			continue
		}
		text := ellipsis(f, v.Name, p.area.w*0.38)
		wide := f.width(text)
		right := box{x + 22, y - f.size*0.5, wide, f.size * 0.8}
		left := box{x - 22 - wide, y - f.size*0.5, wide, f.size * 0.8}
		sides := []box{right, left}
		if x > p.area.x+p.area.w/2 {
			sides = []box{left, right}
		}
		if !p.place(sides[0], f, text) {
			p.place(sides[1], f, text)
		}
	}
}

// place writes a text unless it would stand in something or leave the drawing.
func (p *plot) place(at box, f face, text string) bool {
	if text == "" || at.x < p.area.x-4 || at.x+at.w > p.area.x+p.area.w+20 ||
		slices.ContainsFunc(p.taken, func(o box) bool {
			return at.x < o.x+o.w && o.x < at.x+at.w && at.y < o.y+o.h && o.y < at.y+at.h
		}) {
		return false
	}
	p.taken = append(p.taken, at)
	p.scene.text(at.x, at.y+at.h*0.92, f, start, ink, text)
	return true
}

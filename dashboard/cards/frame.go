package cards

import (
	"cmp"
	"image/color"
	"strings"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// The colours, after Okabe and Ito: told apart by everybody, and never the
// only sign of what they mean.
var (
	paper      = color.NRGBA{255, 255, 255, 255}
	ink        = color.NRGBA{17, 24, 39, 255}
	muted      = color.NRGBA{75, 85, 99, 255}
	faint      = color.NRGBA{209, 213, 219, 255}
	panel      = color.NRGBA{244, 246, 249, 255}
	navy       = color.NRGBA{11, 79, 125, 255}
	blue       = color.NRGBA{0, 114, 178, 255}
	sky        = color.NRGBA{126, 186, 222, 255}
	vermillion = color.NRGBA{213, 94, 0, 255}
	grey       = color.NRGBA{176, 183, 192, 255}
	yellow     = color.NRGBA{255, 214, 92, 255}
	mild       = color.NRGBA{150, 198, 228, 255} // ranges
)

// card is a card being drawn.
type card struct {
	Options
	report   *metrics.Report
	previous *metrics.Report
	scene    *Scene
	upright  bool    // taller than wide
	margin   float64 // on every side
	width    float64 // between the margins
	lang     wording.Language
	stamp    Stamp
}

// box is a part of the drawing.
type box struct{ x, y, w, h float64 }

func newCard(r *metrics.Report, size Size, o Options) *card {
	c := &card{Options: o, report: r, previous: o.Previous, scene: &Scene{Size: size}, upright: size.Height > size.Width, margin: 84}
	if c.upright {
		c.margin = 60
	}
	c.width = float64(size.Width) - 2*c.margin
	return c
}

// frame draws what every card of a report has around the figures, and returns
// the room for them.
func (c *card) frame(subject, finding, n, source string) box {
	r := c.report
	filter := cmp.Or(c.Filter, wording.Indonesian.Restricted(r.Filters), "semua OPD")
	c.stamp = Stamp{
		Place: r.RegionName, Period: figures.Span(wording.Indonesian, r), Subject: subject,
		AsOf: "Keadaan " + figures.AsOf(wording.Indonesian, r), Basis: "n = " + n + " · Saringan: " + filter,
		Source: "Sumber: " + source, Code: "Kode: " + Code(r), Note: c.Note,
	}
	if r.Closed == nil {
		c.stamp.Code += " (bulan belum ditutup)"
	}
	if c.Example {
		c.stamp.Mark = "DATA CONTOH"
	}
	if c.upright {
		return c.stamped(finding, 50, 3)
	}
	return c.stamped(finding, 60, 2)
}

// stamped draws what every card has: place and period, the finding, and at the
// foot everything that is needed to look the figures up again. It returns the
// room between them.
func (c *card) stamped(finding string, size float64, lines int) box {
	s, t := c.scene, c.stamp
	w, h := float64(s.Size.Width), float64(s.Size.Height)
	s.Title = finding
	for _, part := range []string{t.Subject, t.Place, t.Period} {
		if part != "" {
			s.Title += " · " + part
		}
	}
	s.rect(0, 0, w, h, paper)
	s.rect(0, 0, w, 16, navy)

	y := c.margin + 20
	room := c.width
	if t.Mark != "" {
		f := bold(26)
		wide := f.width(t.Mark) + 40
		s.rect(w-c.margin-wide, y-32, wide, 46, yellow)
		s.text(w-c.margin-wide/2, y, f, middle, ink, t.Mark)
		room -= wide + 30
	}
	// The period is always readable, however long the name before it.
	period := ""
	if t.Period != "" {
		period = " · " + t.Period
	}
	place := ellipsis(bold(30), t.Place, room-bold(30).width(period))
	s.fitted(c.margin, y, room, bold(30), start, navy, place+period)
	y += 40
	s.fitted(c.margin, y, room, regular(28), start, muted, t.Subject)

	y = s.block(c.margin, y+size*1.3, c.width, bold(size), ink, finding, lines, 1.16)
	foot := c.note(c.foot(h))
	top := y - size*0.5
	return box{c.margin, top, c.width, foot - 28 - top}
}

// note says above the foot what came in after the month was closed, and
// returns where it begins.
func (c *card) note(foot float64) float64 {
	if c.stamp.Note == "" {
		return foot
	}
	const inset = 18
	f, most := regular(23), 2
	if c.upright {
		most = 3
	}
	lines := wrap(f, c.stamp.Note, c.width-2*inset, most)
	tall := float64(len(lines))*f.size*1.25 + 20
	top := foot - 24 - tall
	c.scene.rect(c.margin, top, c.width, tall, panel)
	c.scene.rect(c.margin, top, 6, tall, vermillion)
	for i, l := range lines {
		c.scene.text(c.margin+inset, top+12+f.size*0.8+float64(i)*f.size*1.25, f, start, ink, l)
	}
	return top
}

// foot draws the lines at the bottom and returns where they begin.
func (c *card) foot(h float64) float64 {
	s, t := c.scene, c.stamp
	f := regular(24)
	if !c.upright {
		y := h - 66
		s.across(c.margin, y-52, c.width, 2, faint)
		code := ellipsis(bold(24), t.Code, c.width*0.6)
		s.text(c.margin+c.width, y, bold(24), end, ink, code)
		s.fitted(c.margin, y, c.width-bold(24).width(code)-40, f, start, muted, t.AsOf+" · "+t.Basis)
		s.fitted(c.margin, y+36, c.width, f, start, muted, t.Source)
		return y - 52
	}
	y := h - 148
	s.across(c.margin, y-44, c.width, 2, faint)
	for i, t := range []string{t.AsOf, t.Basis, t.Source} {
		s.fitted(c.margin, y+float64(i)*34, c.width, f, start, muted, t)
	}
	s.fitted(c.margin, y+3*34, c.width, bold(24), start, ink, t.Code)
	return y - 44
}

// tiles draws figures side by side; with words the comparison, the target and
// what each stands on, too.
func (c *card) tiles(area box, list []figures.Figure, columns int, explained bool) {
	const gap = 24
	rows := (len(list) + columns - 1) / columns
	w := (area.w - gap*float64(columns-1)) / float64(columns)
	h := (area.h - gap*float64(rows-1)) / float64(rows)
	for i, f := range list {
		at := box{area.x + float64(i%columns)*(w+gap), area.y + float64(i/columns)*(h+gap), w, h}
		c.tile(at, f, explained)
	}
}

func (c *card) tile(at box, f figures.Figure, explained bool) {
	const inset = 30
	s := c.scene
	s.rect(at.x, at.y, at.w, at.h, panel)
	s.rect(at.x, at.y, 8, at.h, blue)
	x, width := at.x+inset, at.w-2*inset+10
	if !explained {
		y := at.y + 40
		y = s.block(x, y, width, regular(25), ink, f.Title, 2, 1.15)
		s.fitted(x, y+34, width, bold(sizeFor(f.Value.Text, width, 56)), start, navy, f.Value.Text)
		basis := f.N
		if regular(22).width(basis) > width {
			basis, _, _ = strings.Cut(basis, ",") // the rest is on the page
		}
		s.fitted(x, y+70, width, regular(22), start, muted, basis)
		return
	}
	lines, small, top, gap := 1, regular(25), 50.0, 54.0
	switch {
	case at.h < 320:
		// A low tile moves together: what it stands on is never left out.
		top, gap = 42, 44
	case c.upright:
		lines, small = 2, regular(27)
	case at.h > 500:
		lines, small = 3, regular(28)
	}
	y := s.block(x, at.y+top, width, bold(28), ink, f.Title, 2, 1.2)
	room := at.y + at.h - 14 - 2*(small.size*1.22+8) - gap - y
	size := sizeFor(f.Value.Text, width, min(96, at.h/3.4, max(room/0.82, 34)))
	y += size * 0.82
	value := bold(size)
	s.fitted(x, y, width, value, start, navy, f.Value.Text)
	if used := value.width(f.Value.Text) + 18; f.Of != "" && used+regular(32).width(f.Of) <= width {
		s.text(x+used, y, regular(32), start, muted, f.Of)
	} else if f.Of != "" {
		y += 40
		s.fitted(x, y, width, regular(30), start, muted, f.Of)
	}
	y += gap
	facts := []string{sign(f.Movement) + f.Compare, f.Target, f.N}
	// Where not all have room, the target goes first: what the figure stands on stays.
	switch fit := int((at.y+at.h-14-y)/(small.size*1.22+8)) + 1; {
	case fit < 2:
		facts = facts[2:]
	case fit < 3:
		facts = []string{facts[0], facts[2]}
	}
	for _, t := range facts {
		if bottom := at.y + at.h - 14; y > bottom {
			return
		}
		y = s.block(x, y, width, small, muted, t, lines, 1.22) + 8
	}
}

// sizeFor is the largest size up to most in which a text fits a width.
func sizeFor(text string, width, most float64) float64 {
	if wide := bold(most).width(text); wide > width {
		return max(24, most*width/wide)
	}
	return most
}

// sign is an arrow before a comparison, for those who do not read it.
func sign(m figures.Movement) string {
	switch m {
	case figures.Up:
		return "▲ "
	case figures.Down:
		return "▼ "
	}
	return ""
}

// name writes the name of an OPD in the middle of a row: on one line, in two
// smaller ones where the row has room for them, else shortened.
func (c *card) name(x, centre, width, height float64, f face, t string) {
	small := regular(f.size * 0.82)
	if f.width(clean(t)) <= width || height < small.size*2.3 {
		c.scene.fitted(x, centre+f.size*0.35, width, f, start, ink, t)
		return
	}
	lines := wrap(small, t, width, 2)
	y := centre + small.size*0.35 - float64(len(lines)-1)*small.size*0.56
	for _, l := range lines {
		c.scene.text(x, y, small, start, ink, l)
		y += small.size * 1.12
	}
}

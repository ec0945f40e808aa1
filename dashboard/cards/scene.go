package cards

import "image/color"

// The sizes a card is drawn in.
var (
	Slide    = Size{1920, 1080} // for a screen in a meeting, 16:9
	Portrait = Size{1080, 1350} // for a phone, 4:5
)

// Size is a width and a height in pixels.
type Size struct{ Width, Height int }

// Scene is a drawing made of few things, so that every way of writing it down
// shows the same: rectangles, straight lines, bent lines, filled shapes and
// single lines of text, in the order they are painted. Coordinates are pixels from the top left corner.
type Scene struct {
	Size  Size
	Title string // what the drawing shows, for readers who cannot see it
	items []item
}

// item is a rectangle, a line, a shape with corners or a text.
type item struct {
	shape  shape
	x, y   float64 // left and top; of a text the point its line stands on
	w, h   float64 // of rectangles; of a line how far it goes, one of them 0
	stroke float64 // of lines
	points []point // of bent lines and filled shapes
	fill   color.NRGBA
	text   string
	face   face
	anchor anchor
}

type shape uint8

const (
	rectangle shape = iota
	line
	words
	bent   // a line from point to point
	filled // the room between the points
)

// point is a place on the drawing.
type point struct{ x, y float64 }

// anchor says which point of a text its x is.
type anchor uint8

const (
	start anchor = iota
	middle
	end
)

// face is a typeface in a size.
type face struct {
	bold bool
	size float64 // pixels
}

func regular(size float64) face { return face{size: size} }
func bold(size float64) face    { return face{bold: true, size: size} }

func (s *Scene) rect(x, y, w, h float64, fill color.NRGBA) {
	if w > 0 && h > 0 {
		s.items = append(s.items, item{shape: rectangle, x: x, y: y, w: w, h: h, fill: fill})
	}
}

// across draws a horizontal line, down a vertical one.
func (s *Scene) across(x, y, w, stroke float64, fill color.NRGBA) {
	s.items = append(s.items, item{shape: line, x: x, y: y, w: w, stroke: stroke, fill: fill})
}

func (s *Scene) down(x, y, h, stroke float64, fill color.NRGBA) {
	s.items = append(s.items, item{shape: line, x: x, y: y, h: h, stroke: stroke, fill: fill})
}

func (s *Scene) text(x, y float64, f face, a anchor, fill color.NRGBA, t string) {
	if t != "" {
		s.items = append(s.items, item{shape: words, x: x, y: y, face: f, anchor: a, fill: fill, text: t})
	}
}

// fitted writes a text that is shortened to a width.
func (s *Scene) fitted(x, y, width float64, f face, a anchor, fill color.NRGBA, t string) {
	s.text(x, y, f, a, fill, ellipsis(f, t, width))
}

// block writes a text in at most some lines, the first standing on y, and
// returns where a line after the last would stand.
func (s *Scene) block(x, y, width float64, f face, fill color.NRGBA, t string, most int, leading float64) float64 {
	for _, l := range wrap(f, t, width, most) {
		s.text(x, y, f, start, fill, l)
		y += f.size * leading
	}
	return y
}

// Texts lists the texts of the drawing in the order they are painted.
func (s *Scene) Texts() []string {
	var list []string
	for _, it := range s.items {
		if it.shape == words {
			list = append(list, it.text)
		}
	}
	return list
}

// left is where a text begins, wherever its anchor is.
func (it item) left() float64 {
	switch it.anchor {
	case middle:
		return it.x - it.face.width(it.text)/2
	case end:
		return it.x - it.face.width(it.text)
	}
	return it.x
}

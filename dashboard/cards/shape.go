package cards

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// path draws a line from point to point.
func (s *Scene) path(points []point, stroke float64, fill color.NRGBA) {
	if len(points) > 1 {
		s.items = append(s.items, item{shape: bent, points: points, stroke: stroke, fill: fill})
	}
}

// dashes draws a line from point to point in pieces, on and off by turns.
func (s *Scene) dashes(points []point, stroke, on, off float64, fill color.NRGBA) {
	left, drawing := on, true
	var piece []point
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		if drawing && len(piece) == 0 {
			piece = []point{a}
		}
		for at := 0.0; length-at > 1e-9; {
			step := min(left, length-at)
			at, left = at+step, left-step
			p := point{a.x + (b.x-a.x)*at/length, a.y + (b.y-a.y)*at/length}
			if drawing {
				piece = append(piece, p)
			}
			if left > 1e-9 {
				continue
			}
			if drawing {
				s.path(piece, stroke, fill)
			}
			if drawing, left, piece = !drawing, off, nil; drawing {
				left, piece = on, []point{p}
			}
		}
	}
	if drawing {
		s.path(piece, stroke, fill)
	}
}

// polygon fills the room between points.
func (s *Scene) polygon(fill color.NRGBA, points ...point) {
	s.items = append(s.items, item{shape: filled, points: points, fill: fill})
}

// dot draws a filled circle, or one with paper inside.
func (s *Scene) dot(x, y, radius float64, fill color.NRGBA, hollow bool) {
	s.polygon(fill, circle(x, y, radius)...)
	if hollow {
		s.polygon(paper, circle(x, y, radius*0.55)...)
	}
}

// circle is a circle as a shape with so many corners that it looks round.
func circle(x, y, radius float64) []point {
	const corners = 24
	list := make([]point, corners)
	for i := range list {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		list[i] = point{x + radius*cos, y + radius*sin}
	}
	return list
}

// outlines are the shapes to fill for an item: itself, or of a bent line one
// for every straight part of it, with round joints.
func (it item) outlines() [][]point {
	if it.shape == filled {
		return [][]point{it.points}
	}
	var list [][]point
	half := it.stroke / 2
	for i := 1; i < len(it.points); i++ {
		a, b := it.points[i-1], it.points[i]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		if length == 0 {
			continue
		}
		dx, dy := (b.x-a.x)/length*half, (b.y-a.y)/length*half
		list = append(list, []point{{a.x - dy, a.y + dx}, {b.x - dy, b.y + dx}, {b.x + dy, b.y - dx}, {a.x + dy, a.y - dx}})
		if i > 1 && it.stroke > 2 {
			list = append(list, circle(a.x, a.y, half))
		}
	}
	return list
}

// box is the room that the points take.
func (it item) box() (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range it.points {
		x0, y0, x1, y1 = min(x0, p.x), min(y0, p.y), max(x1, p.x), max(y1, p.y)
	}
	half := it.stroke / 2
	return x0 - half, y0 - half, x1 + half, y1 + half
}

// fillShape paints the room between points with soft edges, in as few steps as
// letters have.
func fillShape(canvas *image.RGBA, it item) {
	x0, y0, x1, y1 := it.box()
	area := image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1))+1, int(math.Ceil(y1))+1).Intersect(canvas.Rect)
	if area.Empty() {
		return
	}
	mask := image.NewAlpha(image.Rectangle{Max: area.Size()})
	pen := vector.NewRasterizer(area.Dx(), area.Dy())
	for _, outline := range it.outlines() {
		// Each outline adds to what is there: parts of a line lie over each other.
		pen.Reset(area.Dx(), area.Dy())
		for i, p := range outline {
			x, y := float32(p.x-float64(area.Min.X)), float32(p.y-float64(area.Min.Y))
			if i == 0 {
				pen.MoveTo(x, y)
			} else {
				pen.LineTo(x, y)
			}
		}
		pen.ClosePath()
		pen.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	}
	drawMask(canvas, area, it.fill, mask)
}

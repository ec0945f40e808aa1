package cards

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// PNG writes the drawing as pixels.
func (s *Scene) PNG(w io.Writer) error {
	canvas, err := s.paint()
	if err != nil {
		return err
	}
	var picture image.Image = canvas
	if few, ok := paletted(canvas); ok {
		picture = few
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(w, picture); err != nil {
		return fmt.Errorf("cards: write PNG: %w", err)
	}
	return nil
}

func (s *Scene) paint() (*image.RGBA, error) {
	canvas := image.NewRGBA(image.Rect(0, 0, s.Size.Width, s.Size.Height))
	pens := map[face]font.Face{}
	for _, it := range s.items {
		switch it.shape {
		case rectangle:
			fill(canvas, it.x, it.y, it.x+it.w, it.y+it.h, it.fill)
		case line:
			half := it.stroke / 2
			if it.h == 0 {
				fill(canvas, it.x, it.y-half, it.x+it.w, it.y+half, it.fill)
			} else {
				fill(canvas, it.x-half, it.y, it.x+half, it.y+it.h, it.fill)
			}
		case words:
			pen, ok := pens[it.face]
			if !ok {
				var err error
				pen, err = opentype.NewFace(it.face.typeface().parsed, &opentype.FaceOptions{Size: it.face.size, DPI: 72, Hinting: font.HintingNone})
				if err != nil {
					return nil, fmt.Errorf("cards: typeface: %w", err)
				}
				pens[it.face] = pen
			}
			write(canvas, pen, it)
		case bent, filled:
			fillShape(canvas, it)
		}
	}
	return canvas, nil
}

// fill paints a rectangle on whole pixels: edges stay sharp.
func fill(canvas *image.RGBA, x0, y0, x1, y1 float64, c color.NRGBA) {
	r := image.Rect(int(math.Round(x0)), int(math.Round(y0)), int(math.Round(x1)), int(math.Round(y1)))
	if r.Dx() == 0 {
		r.Max.X++
	}
	if r.Dy() == 0 {
		r.Max.Y++
	}
	draw.Draw(canvas, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// shades is how many steps an edge of a letter has between ink and paper. Few
// steps keep a card within the 256 colours of a small picture.
const shades = 8

// drawMask paints a colour through a mask, in few steps.
func drawMask(canvas *image.RGBA, area image.Rectangle, c color.NRGBA, mask *image.Alpha) {
	draw.DrawMask(canvas, area, image.NewUniform(c), image.Point{}, stepped(mask, area.Size(), image.Point{}), image.Point{}, draw.Over)
}

// write draws a line of text, letter by letter, at the widths that were
// measured.
func write(canvas *image.RGBA, pen font.Face, it item) {
	x := it.left()
	ink := image.NewUniform(it.fill)
	scale := it.face.size / it.face.unitsPerEm()
	for _, r := range it.text {
		dot := fixed.Point26_6{X: fixed.Int26_6(math.Round(x * 64)), Y: fixed.Int26_6(math.Round(it.y * 64))}
		area, mask, at, _, ok := pen.Glyph(dot, r)
		if alpha, isAlpha := mask.(*image.Alpha); ok && isAlpha {
			draw.DrawMask(canvas, area, ink, image.Point{}, stepped(alpha, area.Size(), at), image.Point{}, draw.Over)
		}
		x += it.face.glyph(r).width * scale
	}
}

// stepped is a copy of a letter's shape with few steps.
func stepped(mask *image.Alpha, size image.Point, at image.Point) *image.Alpha {
	out := image.NewAlpha(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			a := int(mask.AlphaAt(at.X+x, at.Y+y).A)
			out.Pix[y*out.Stride+x] = uint8((a*shades + 127) / 255 * 255 / shades)
		}
	}
	return out
}

// paletted is the picture with a table of its colours, if they are few enough.
func paletted(canvas *image.RGBA) (*image.Paletted, bool) {
	out := image.NewPaletted(canvas.Rect, nil)
	index := map[[4]byte]uint8{}
	var last [4]byte
	var at uint8
	for i := range out.Pix {
		c := [4]byte(canvas.Pix[4*i:])
		if i == 0 || c != last {
			known, ok := index[c]
			if !ok {
				if len(out.Palette) == 256 {
					return nil, false
				}
				known = uint8(len(out.Palette))
				index[c] = known
				out.Palette = append(out.Palette, color.RGBA{c[0], c[1], c[2], c[3]})
			}
			last, at = c, known
		}
		out.Pix[i] = at
	}
	return out, true
}

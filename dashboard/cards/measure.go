package cards

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// typeface is a font that is part of the program.
type typeface struct {
	file   []byte
	parsed *sfnt.Font
}

// fonts are the regular and the bold typeface.
var fonts = [2]typeface{parse(goregular.TTF), parse(gobold.TTF)}

func parse(file []byte) typeface {
	f, err := opentype.Parse(file)
	if err != nil {
		panic(fmt.Sprintf("cards: font that is part of the program: %v", err)) // it never changes
	}
	return typeface{file, f}
}

func (f face) typeface() typeface {
	if f.bold {
		return fonts[1]
	}
	return fonts[0]
}

// advances are the widths of the glyphs of each typeface in font units,
// filled as they are asked for.
var advances [2]sync.Map

// unitsPerEm is the same for both typefaces (2048).
func (f face) unitsPerEm() float64 { return float64(f.typeface().parsed.UnitsPerEm()) }

// glyph is the number and the width, in font units, of the glyph of a letter.
type glyph struct {
	index sfnt.GlyphIndex
	width float64
}

// glyph finds a letter, or the box that stands for one the font does not have.
func (f face) glyph(r rune) glyph {
	known := &advances[0]
	if f.bold {
		known = &advances[1]
	}
	if g, ok := known.Load(r); ok {
		return g.(glyph)
	}
	var b sfnt.Buffer
	t := f.typeface().parsed
	var g glyph
	// A letter that cannot be looked up is drawn as the box, glyph 0.
	g.index, _ = t.GlyphIndex(&b, r)
	em := fixed.I(int(t.UnitsPerEm()))
	if width, err := t.GlyphAdvance(&b, g.index, em, font.HintingNone); err == nil {
		g.width = float64(width) / 64
	}
	known.Store(r, g)
	return g
}

// width is how wide a text is, in pixels.
func (f face) width(text string) float64 {
	units := 0.0
	for _, r := range text {
		units += f.glyph(r).width
	}
	return units * f.size / f.unitsPerEm()
}

// clean is a text on one line without letters that cannot be drawn.
func clean(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r) || r == unicode.ReplacementChar
	}), " ")
}

// ellipsis shortens a text to a width, at a word where one ends near.
func ellipsis(f face, text string, width float64) string {
	text = clean(text)
	if f.width(text) <= width {
		return text
	}
	runes := []rune(text)
	left := width - f.width("…")
	n := 0
	for n < len(runes) {
		left -= f.width(string(runes[n]))
		if left < 0 {
			break
		}
		n++
	}
	if n == 0 {
		return ""
	}
	kept := string(runes[:n])
	if i := strings.LastIndexByte(kept, ' '); i > len(kept)*2/3 {
		kept = kept[:i]
	}
	return strings.TrimRight(kept, " ,.;:-–(") + "…"
}

// wrap breaks a text at words into at most some lines; what is too much ends
// in an ellipsis. A word wider than the line is broken off.
func wrap(f face, text string, width float64, most int) []string {
	var list []string
	rest := clean(text)
	for rest != "" && len(list) < most {
		if f.width(rest) <= width {
			return append(list, rest)
		}
		if len(list) == most-1 {
			return append(list, ellipsis(f, rest, width))
		}
		at := breakAt(f, rest, width)
		list = append(list, strings.TrimSpace(rest[:at]))
		rest = strings.TrimSpace(rest[at:])
	}
	return list
}

// breakAt is the last place where a line of some width may end: before a
// space, else in the word.
func breakAt(f face, text string, width float64) int {
	used, space, at := 0.0, 0, 0
	for i, r := range text {
		used += f.width(string(r))
		if r == ' ' {
			space = i
		}
		if used > width {
			if space > 0 {
				return space
			}
			return max(at, len(string([]rune(text)[:1])))
		}
		at = i + len(string(r))
	}
	return len(text)
}

package cards

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"html"
	"image/color"
	"io"
	"strconv"
	"strings"
)

// SVG writes the drawing as a self-contained picture: the typefaces are part
// of it, and every text is text.
func (s *Scene) SVG(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="%s">`+"\n",
		s.Size.Width, s.Size.Height, s.Size.Width, s.Size.Height, html.EscapeString(clean(s.Title)))
	fmt.Fprintf(b, "<title>%s</title>\n<style>\n", html.EscapeString(clean(s.Title)))
	for i, weight := range []string{"400", "700"} {
		fmt.Fprintf(b, "@font-face{font-family:Gaung;font-weight:%s;src:url(data:font/ttf;base64,%s) format('truetype')}\n",
			weight, base64.StdEncoding.EncodeToString(fonts[i].file))
	}
	fmt.Fprint(b, "text{font-family:Gaung,'Go',Arial,sans-serif;white-space:pre;font-kerning:none;font-variant-ligatures:none}\n</style>\n")
	for _, it := range s.items {
		switch it.shape {
		case rectangle:
			fmt.Fprintf(b, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`+"\n", px(it.x), px(it.y), px(it.w), px(it.h), hex(it.fill))
		case line:
			fmt.Fprintf(b, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="%s"/>`+"\n",
				px(it.x), px(it.y), px(it.x+it.w), px(it.y+it.h), hex(it.fill), px(it.stroke))
		case words:
			weight := ""
			if it.face.bold {
				weight = ` font-weight="700"`
			}
			fmt.Fprintf(b, `<text x="%s" y="%s" font-size="%s"%s text-anchor="%s" fill="%s">%s</text>`+"\n",
				px(it.x), px(it.y), px(it.face.size), weight, [...]string{"start", "middle", "end"}[it.anchor], hex(it.fill), html.EscapeString(it.text))
		case bent:
			fmt.Fprintf(b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"/>`+"\n", corners(it.points), hex(it.fill), px(it.stroke))
		case filled:
			fmt.Fprintf(b, `<polygon points="%s" fill="%s"/>`+"\n", corners(it.points), hex(it.fill))
		}
	}
	fmt.Fprint(b, "</svg>\n")
	if err := b.Flush(); err != nil {
		return fmt.Errorf("cards: write SVG: %w", err)
	}
	return nil
}

// corners writes points as SVG does.
func corners(points []point) string {
	var b strings.Builder
	for i, p := range points {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(px(p.x) + "," + px(p.y))
	}
	return b.String()
}

// px writes a coordinate with at most two decimals.
func px(v float64) string {
	text := strconv.FormatFloat(v, 'f', 2, 64)
	for text[len(text)-1] == '0' {
		text = text[:len(text)-1]
	}
	if text[len(text)-1] == '.' {
		text = text[:len(text)-1]
	}
	return text
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

package cards

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

// A4 lying on its side, in points.
const (
	pageWidth  = 841.89
	pageHeight = 595.28
)

// pdfFile collects the objects of a PDF file (ISO 32000-1, 7.3) and writes
// them with their table.
type pdfFile struct {
	out     bytes.Buffer
	offsets []int
}

// PDF writes drawings as the pages of a document: A4 landscape, each as large
// as fits, its texts real text in the typefaces of the program. The same
// drawings and time always give the same bytes.
func PDF(w io.Writer, title string, at time.Time, scenes ...*Scene) error {
	f := &pdfFile{}
	f.out.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	catalog, pages, info := f.reserve(), f.reserve(), f.reserve()
	var used [2]map[rune]bool
	used[0], used[1] = map[rune]bool{}, map[rune]bool{}
	fontObjects := [2]int{f.reserve(), f.reserve()}
	var kids []string
	for _, s := range scenes {
		content, err := f.stream("", s.pdfContent(used))
		if err != nil {
			return err
		}
		page := f.reserve()
		f.object(page, fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Contents %d 0 R/Resources<</Font<</F0 %d 0 R/F1 %d 0 R>>>>>>",
			pages, px(pageWidth), px(pageHeight), content, fontObjects[0], fontObjects[1]))
		kids = append(kids, fmt.Sprintf("%d 0 R", page))
	}
	for i, object := range fontObjects {
		if err := f.font(object, i, used[i]); err != nil {
			return err
		}
	}
	f.object(pages, fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(kids)))
	f.object(catalog, fmt.Sprintf("<</Type/Catalog/Pages %d 0 R/Lang(id-ID)/ViewerPreferences<</DisplayDocTitle true>>>>", pages))
	f.object(info, fmt.Sprintf("<</Title %s/Producer(Gaung)/CreationDate(D:%s)>>", pdfText(title), at.UTC().Format("20060102150405Z")))
	if _, err := w.Write(f.finish(catalog, info)); err != nil {
		return fmt.Errorf("cards: write PDF: %w", err)
	}
	return nil
}

// reserve gives the number of an object that is written later.
func (f *pdfFile) reserve() int {
	f.offsets = append(f.offsets, 0)
	return len(f.offsets)
}

func (f *pdfFile) object(number int, body string) {
	f.offsets[number-1] = f.out.Len()
	fmt.Fprintf(&f.out, "%d 0 obj\n%s\nendobj\n", number, body)
}

// stream writes compressed bytes as an object of their own.
func (f *pdfFile) stream(entries string, data []byte) (int, error) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, err := z.Write(data)
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return 0, fmt.Errorf("cards: compress: %w", err)
	}
	number := f.reserve()
	f.object(number, fmt.Sprintf("<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream", entries, packed.Len(), packed.Bytes()))
	return number, nil
}

// font writes a typeface with the widths of the letters that are used, and
// the table that turns its glyphs back into text.
func (f *pdfFile) font(number, which int, used map[rune]bool) error {
	t := fonts[which]
	name := [...]string{"GaungRegular", "GaungBold"}[which]
	file, err := f.stream(fmt.Sprintf("/Length1 %d", len(t.file)), t.file)
	if err != nil {
		return err
	}
	var widths, letters strings.Builder
	pen := face{bold: which == 1}
	runes := slices.Sorted(maps.Keys(used))
	for i, r := range runes {
		g := pen.glyph(r)
		fmt.Fprintf(&widths, "%d[%s]", g.index, px(g.width*1000/pen.unitsPerEm()))
		if i%100 == 0 {
			fmt.Fprintf(&letters, "%d beginbfchar\n", min(100, len(runes)-i))
		}
		fmt.Fprintf(&letters, "<%04X><%s>\n", g.index, utf16Hex(string(r)))
		if i%100 == 99 || i == len(runes)-1 {
			letters.WriteString("endbfchar\n")
		}
	}
	table, err := f.stream("", []byte("/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"+
		"/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"+letters.String()+"endcmap CMapName currentdict/CMap defineresource pop end end\n"))
	if err != nil {
		return err
	}
	descriptor, descendant := f.reserve(), f.reserve()
	f.object(descriptor, fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[-445 -291 1180 1050]/ItalicAngle 0/Ascent 946/Descent -211/CapHeight 729/StemV 80/FontFile2 %d 0 R>>", name, file))
	f.object(descendant, fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity/DW 600/W[%s]>>", name, descriptor, widths.String()))
	f.object(number, fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", name, descendant, table))
	return nil
}

// pdfContent draws a scene on a page and notes the letters it uses.
func (s *Scene) pdfContent(used [2]map[rune]bool) []byte {
	var b bytes.Buffer
	w, h := float64(s.Size.Width), float64(s.Size.Height)
	scale := min(pageWidth/w, pageHeight/h)
	fmt.Fprintf(&b, "q %.5f 0 0 %.5f %.3f %.3f cm\n", scale, scale, (pageWidth-w*scale)/2, (pageHeight-h*scale)/2)
	for _, it := range s.items {
		fmt.Fprintf(&b, "%.3f %.3f %.3f rg\n", float64(it.fill.R)/255, float64(it.fill.G)/255, float64(it.fill.B)/255)
		switch it.shape {
		case rectangle:
			fmt.Fprintf(&b, "%s %s %s %s re f\n", px(it.x), px(h-it.y-it.h), px(it.w), px(it.h))
		case line:
			half := it.stroke / 2
			if it.h == 0 {
				fmt.Fprintf(&b, "%s %s %s %s re f\n", px(it.x), px(h-it.y-half), px(it.w), px(it.stroke))
			} else {
				fmt.Fprintf(&b, "%s %s %s %s re f\n", px(it.x-half), px(h-it.y-it.h), px(it.stroke), px(it.h))
			}
		case words:
			which := 0
			if it.face.bold {
				which = 1
			}
			fmt.Fprintf(&b, "BT /F%d %s Tf %s %s Td <", which, px(it.face.size), px(it.left()), px(h-it.y))
			for _, r := range it.text {
				used[which][r] = true
				fmt.Fprintf(&b, "%04X", it.face.glyph(r).index)
			}
			b.WriteString("> Tj ET\n")
		case bent, filled:
			for _, outline := range it.outlines() {
				for i, p := range outline {
					fmt.Fprintf(&b, "%s %s %s ", px(p.x), px(h-p.y), [...]string{"m", "l"}[min(i, 1)])
				}
				b.WriteString("h f\n")
			}
		}
	}
	b.WriteString("Q\n")
	return b.Bytes()
}

// finish writes the table of objects and the trailer.
func (f *pdfFile) finish(catalog, info int) []byte {
	at := f.out.Len()
	fmt.Fprintf(&f.out, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, o := range f.offsets {
		fmt.Fprintf(&f.out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&f.out, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(f.offsets)+1, catalog, info, at)
	return f.out.Bytes()
}

// pdfText writes a text string in any script.
func pdfText(s string) string { return "<FEFF" + utf16Hex(clean(s)) + ">" }

func utf16Hex(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

package export

import "github.com/xuri/excelize/v2"

// fontFamily is a typeface that every spreadsheet program has or replaces by
// one of the same widths.
const fontFamily = "Arial"

// Colours of the workbook: the same blue as the pages, and greys that survive
// a black-and-white printer.
const (
	blue      = "0B4F7D"
	ink       = "111827"
	muted     = "4B5563"
	rule      = "D1D5DB"
	bandColor = "F5F7FA"
)

// styles are the identifiers of the cell styles of one workbook.
type styles struct {
	title, subtitle, note, header, headerNumber int
	// plain and banded rows, by kind of column.
	plainRow, bandRow map[kind]int
	// words in the place of a number.
	plainWords, bandWords int
}

// numberFormats are written with the Indonesian language tag, so that a
// spreadsheet in another language still shows 1.234,5 where it can.
var numberFormats = map[kind]string{
	text:    "@",
	count:   "[$-421]#,##0",
	decimal: "[$-421]#,##0.0",
	percent: "[$-421]0%",
	share:   "[$-421]0.0%",
}

func newStyles(f *excelize.File) (styles, error) {
	s := styles{plainRow: map[kind]int{}, bandRow: map[kind]int{}}
	var err error
	add := func(id *int, style *excelize.Style) {
		if err == nil {
			*id, err = f.NewStyle(style)
		}
	}
	add(&s.title, &excelize.Style{Font: &excelize.Font{Family: fontFamily, Bold: true, Size: 16, Color: blue}})
	add(&s.subtitle, &excelize.Style{Font: &excelize.Font{Family: fontFamily, Size: 10, Color: muted}})
	add(&s.note, &excelize.Style{Font: &excelize.Font{Family: fontFamily, Size: 10, Italic: true, Color: muted}})
	add(&s.header, header("left"))
	add(&s.headerNumber, header("right"))
	for _, k := range []kind{text, count, decimal, percent, share} {
		var plain, band int
		add(&plain, body(k, numberFormats[k], false, ink))
		add(&band, body(k, numberFormats[k], true, ink))
		s.plainRow[k], s.bandRow[k] = plain, band
	}
	add(&s.plainWords, body(count, numberFormats[text], false, muted))
	add(&s.bandWords, body(count, numberFormats[text], true, muted))
	return s, err
}

// of is the style of a value in a row.
func (s styles) of(k kind, band bool) int {
	if band {
		return s.bandRow[k]
	}
	return s.plainRow[k]
}

// words is the style of words that stand where a number would.
func (s styles) words(band bool) int {
	if band {
		return s.bandWords
	}
	return s.plainWords
}

func header(horizontal string) *excelize.Style {
	return &excelize.Style{
		Font:      &excelize.Font{Family: fontFamily, Bold: true, Size: 10, Color: "FFFFFF"},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{blue}},
		Alignment: &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: true, Indent: indent(horizontal)},
	}
}

func body(k kind, format string, band bool, color string) *excelize.Style {
	horizontal := "right"
	if k == text {
		horizontal = "left"
	}
	style := &excelize.Style{
		Font:         &excelize.Font{Family: fontFamily, Size: 10, Color: color},
		Alignment:    &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: true, Indent: indent(horizontal)},
		Border:       []excelize.Border{{Type: "bottom", Color: rule, Style: 1}},
		CustomNumFmt: &format,
	}
	if band {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{bandColor}}
	}
	return style
}

// indent keeps a text off the number to the left of it.
func indent(horizontal string) int {
	if horizontal == "left" {
		return 1
	}
	return 0
}

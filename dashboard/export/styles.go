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
	title, subtitle, folded, note, header, headerNumber int
	government, office, address, ruled, sign, signName  int
	// looks that conditional formats give.
	alarm, tierA, tierB, tierC int
	// columns of the sheets Rincian.
	rowText, rowDate, rowCount int
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
	date:    "[$-421]d mmm yyyy",
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
	add(&s.folded, &excelize.Style{Font: &excelize.Font{Family: fontFamily, Size: 10, Color: muted}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	add(&s.note, &excelize.Style{Font: &excelize.Font{Family: fontFamily, Size: 10, Italic: true, Color: muted}})
	add(&s.header, header("left"))
	add(&s.headerNumber, header("right"))
	for _, k := range []kind{text, count, decimal, percent, share, date} {
		var plain, band int
		add(&plain, body(k, numberFormats[k], false, ink))
		add(&band, body(k, numberFormats[k], true, ink))
		s.plainRow[k], s.bandRow[k] = plain, band
	}
	add(&s.plainWords, body(count, numberFormats[text], false, muted))
	add(&s.bandWords, body(count, numberFormats[text], true, muted))
	s.letter(add)
	s.conditional(f, &err)
	return s, err
}

// letter adds the styles of letterhead, signature and rows.
func (s *styles) letter(add func(*int, *excelize.Style)) {
	day, whole, asText := numberFormats[date], numberFormats[count], numberFormats[text]
	font := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: fontFamily, Size: size, Bold: bold, Color: ink}
	}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center"}
	add(&s.government, &excelize.Style{Font: font(13, false), Alignment: middle})
	add(&s.office, &excelize.Style{Font: font(15, true), Alignment: middle})
	add(&s.address, &excelize.Style{Font: font(9, false), Alignment: middle})
	add(&s.ruled, &excelize.Style{Border: []excelize.Border{{Type: "bottom", Color: ink, Style: 6}}})
	folding := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	add(&s.sign, &excelize.Style{Font: font(10, false), Alignment: folding})
	add(&s.signName, &excelize.Style{Font: &excelize.Font{Family: fontFamily, Size: 10, Bold: true, Underline: "single", Color: ink}, Alignment: folding})
	add(&s.rowText, &excelize.Style{Font: font(9, false), CustomNumFmt: &asText})
	add(&s.rowDate, &excelize.Style{Font: font(9, false), CustomNumFmt: &day})
	add(&s.rowCount, &excelize.Style{Font: font(9, false), CustomNumFmt: &whole})
}

// conditional adds the looks that conditional formats give.
func (s *styles) conditional(f *excelize.File, err *error) {
	look := func(id *int, color, fill string) {
		if *err == nil {
			*id, *err = f.NewConditionalStyle(&excelize.Style{
				Font: &excelize.Font{Bold: true, Color: color},
				Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}},
			})
		}
	}
	look(&s.alarm, "9A3F00", "FCE4D6")
	look(&s.tierA, "0B4F7D", "D6E9F5")
	look(&s.tierB, ink, "EEF1F5")
	look(&s.tierC, "9A3F00", "FCE4D6")
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

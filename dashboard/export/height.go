package export

import (
	"math"
	"unicode/utf8"
)

// Heights in points. They are written out, because not every spreadsheet
// program fits rows to wrapped text when it opens a file.
const (
	lineHeight = 13
	rowPadding = 4
	// textPerWidth is how many letters of a text fit where one digit of the
	// default font does, the unit of column widths.
	textPerWidth = 1.15
)

// headerHeight is the height of the column titles.
func headerHeight(columns []column) float64 {
	most := 1
	for _, c := range columns {
		// Bold titles break at words, so a column is never filled to its end.
		most = max(most, lines(c.title, c.width*0.8))
	}
	return float64(most*lineHeight + rowPadding)
}

// rowHeight is the height of a row, by its longest wrapped text.
func rowHeight(columns []column, row []cell) float64 {
	most := 1
	for i, c := range row {
		shown, _ := c.value.(string)
		if c.words != "" {
			shown = c.words
		}
		most = max(most, lines(shown, columns[i].width*textPerWidth-2))
	}
	return float64(most*lineHeight + rowPadding)
}

// lines estimates how many lines a text takes in a column of some characters.
func lines(s string, width float64) int {
	return int(math.Ceil(float64(utf8.RuneCountInString(s)) / max(width, 1)))
}

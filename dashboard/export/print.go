package export

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// paperA4 is A4 in the numbering of the file format (ECMA-376, 18.3.1.63).
const paperA4 = 9

// printSetup makes a sheet print as A4 landscape, as wide as the page, with
// the rows from top to bottom repeated on every page and the pages numbered.
// Without a last row everything on the sheet is printed.
func (b *book) printSetup(sheet string, columns, lastRow, top, bottom int) error {
	f := b.file
	fit, paper, orientation, width, height := true, paperA4, "landscape", 1, 0
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &orientation, FitToWidth: &width, FitToHeight: &height,
	}); err != nil {
		return err
	}
	side, upright, edge := 0.4, 0.5, 0.3
	if err := f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &upright, Bottom: &upright, Header: &edge, Footer: &edge,
	}); err != nil {
		return err
	}
	foot := "&L&8" + footText(period(b.report), 100) + "&C&8" + footText(code(b.report), 60) + "&R&8Halaman &P dari &N"
	if err := f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddHeader: b.pageHead(sheet), OddFooter: foot}); err != nil {
		return err
	}
	noGrid := false
	if err := f.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &noGrid}); err != nil {
		return err
	}
	quoted := "'" + sheet + "'"
	if err := f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: sheet, RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted, top, bottom),
	}); err != nil {
		return err
	}
	if lastRow == 0 {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(columns, lastRow, true)
	if err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: sheet, RefersTo: quoted + "!$A$1:" + last,
	})
}

// pageHead is the office on every page but those of the sheet that has the
// letterhead itself.
func (b *book) pageHead(sheet string) string {
	l := b.options.Letterhead
	if l == nil || sheet == sheetSummary {
		return ""
	}
	return "&L&8" + footText(l.Government, 90) + "&R&8" + footText(l.Office, 90)
}

// footText keeps a text within a page foot: "&" starts a code there, and the
// whole may not pass 255 characters. A digit after a code would be read as
// part of it, as a size.
func footText(s string, most int) string {
	runes := []rune(s)
	if len(runes) > most {
		runes = append(runes[:most:most], '…')
	}
	if len(runes) > 0 && unicode.IsDigit(runes[0]) {
		return " " + strings.ReplaceAll(string(runes), "&", "&&")
	}
	return strings.ReplaceAll(string(runes), "&", "&&")
}

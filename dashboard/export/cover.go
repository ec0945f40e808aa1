package export

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
)

// letterRows is how many rows the letterhead takes above the summary.
const letterRows = 5

// signaturePixels is the height of the place for a signature.
const signaturePixels = 200

// summary fills the first sheet: letterhead and the month in one table. Its
// charts and the place for a signature come when the other sheets are there.
func (b *book) summary(sheet string) error {
	above := 0
	if b.options.Letterhead != nil {
		above = letterRows
	}
	p, err := b.rows(sheet, summaryTable(b.report), above)
	if err != nil {
		return err
	}
	b.file.SetActiveSheet(0)
	if b.options.Letterhead == nil {
		return nil
	}
	return b.letterhead(p)
}

// letterhead writes the head of an official letter above the table.
func (b *book) letterhead(p *placed) error {
	l := b.options.Letterhead
	last := len(p.columns)
	for i, line := range []struct {
		text  string
		style int
	}{{l.Government, b.style.government}, {l.Office, b.style.office}, {l.Address, b.style.address}} {
		if err := b.across(p.sheet, 1, last, i+1, line.text, line.style); err != nil {
			return err
		}
		if err := b.file.SetRowHeight(p.sheet, i+1, 20); err != nil {
			return err
		}
	}
	if err := b.across(p.sheet, 1, last, 4, "", b.style.ruled); err != nil {
		return err
	}
	if err := b.file.SetRowHeight(p.sheet, 4, 6); err != nil {
		return err
	}
	picture := b.options.readLogo()
	if picture == nil {
		return nil
	}
	return b.file.AddPictureFromBytes(p.sheet, "A1", &excelize.Picture{
		Extension: picture.extension, File: picture.file,
		Format: &excelize.GraphicOptions{AltText: "Logo " + l.Government, ScaleX: picture.scale, ScaleY: picture.scale, OffsetX: 12, OffsetY: 6, Positioning: "oneCell"},
	})
}

// signature leaves room for one to sign, at the end of the sheet on the right.
func (b *book) signature(p *placed) error {
	l := b.options.Letterhead
	name, nip := l.Signatory, ""
	if name == "" {
		name = "........................................"
	}
	if l.NIP != "" {
		nip = "NIP " + l.NIP
	}
	day := wording.Indonesian.LongDate(b.report.GeneratedAt)
	if l.Place != "" {
		day = l.Place + ", " + day
	}
	column, row := len(p.columns), p.end+2
	for _, line := range []struct {
		text  string
		after int // empty rows, for the signature itself
		style int
	}{{day, 0, b.style.sign}, {l.Position, 4, b.style.sign}, {name, 0, b.style.signName}, {nip, 0, b.style.sign}} {
		if err := b.text(p.sheet, column, row, line.text, line.style); err != nil {
			return err
		}
		// A long name or position takes several lines.
		if n := lines(line.text, p.columns[column-1].width*textPerWidth-2); n > 1 {
			if err := b.file.SetRowHeight(p.sheet, row, float64(n*lineHeight+rowPadding)); err != nil {
				return err
			}
		}
		row += 1 + line.after
	}
	p.end = row
	return nil
}

// across writes a text over several columns.
func (b *book) across(sheet string, from, to, row int, s string, style int) error {
	area, err := rangeOf(from, row, to, row)
	if err != nil {
		return err
	}
	first, err := excelize.CoordinatesToCellName(from, row)
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(to, row)
	if err != nil {
		return err
	}
	if err := b.file.MergeCell(sheet, first, last); err != nil {
		return fmt.Errorf("merge %s: %w", area, err)
	}
	if err := b.file.SetCellStr(sheet, first, s); err != nil {
		return err
	}
	return b.file.SetCellStyle(sheet, first, last, style)
}

// chartsOnSummary draws the charts of the first sheet, which follow the cells
// of others, and what comes after them.
func (b *book) chartsOnSummary() error {
	p := b.placed[sheetSummary]
	most := 0
	if b.options.Letterhead != nil {
		most = chartMaxHeight - signaturePixels
	}
	err := b.charts(p, chart{
		most:  most,
		title: "Berita per OPD, " + figures.Period(wording.Indonesian, b.report) + " (urut peringkat)", kind: excelize.Bar,
		from: b.placed[sheetRanking], categories: "name", series: []series{{key: "stories", colour: seriesBlue}},
	})
	if err != nil {
		return err
	}
	if b.options.Letterhead != nil {
		if err := b.signature(p); err != nil {
			return err
		}
	}
	return b.printSetup(p.sheet, len(p.columns), p.end, p.header-headLines, p.header-2)
}

package export

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// The sheets of a workbook, in order.
const (
	sheetSummary     = "Ringkasan"
	sheetRanking     = "Peringkat"
	sheetRequests    = "PPID"
	sheetComplaints  = "Pengaduan"
	sheetPeople      = "Pranata Humas"
	sheetDefinitions = "Definisi"
	sheetQuality     = "Mutu Data"
)

// headerRow is the row of every sheet that holds the column titles; the lines
// above it say what the sheet is about.
const headerRow = 5

// Workbook writes a report as an Excel workbook: summary with a native chart,
// ranking, PPID, complaints, pranata humas, definitions and data quality. Text
// from outside is written as text and never becomes a formula.
func Workbook(w io.Writer, r *metrics.Report) error {
	b, err := newBook(r)
	if err != nil {
		return fmt.Errorf("export: start workbook: %w", err)
	}
	defer func() { _ = b.file.Close() }()
	for _, step := range []struct {
		sheet string
		write func(sheet string) error
	}{
		{sheetSummary, b.summary},
		{sheetRanking, func(s string) error { return b.table(s, ranking(r), "Belum ada OPD.") }},
		{sheetRequests, func(s string) error { return b.table(s, requests(r), "Tidak ada permohonan pada bulan ini.") }},
		{sheetComplaints, func(s string) error { return b.table(s, complaints(r), "Tidak ada pengaduan pada bulan ini.") }},
		{sheetPeople, func(s string) error { return b.table(s, people(r), "Belum ada nama yang dikenal.") }},
		{sheetDefinitions, func(s string) error { return b.table(s, definitions(), "") }},
		{sheetQuality, func(s string) error { return b.table(s, quality(r), "") }},
	} {
		if err := step.write(step.sheet); err != nil {
			return fmt.Errorf("export: sheet %s: %w", step.sheet, err)
		}
	}
	// The chart reads cells of a sheet that has to be there first.
	if err := b.chart(); err != nil {
		return fmt.Errorf("export: chart: %w", err)
	}
	if err := b.file.Write(w); err != nil {
		return fmt.Errorf("export: write workbook: %w", err)
	}
	return nil
}

// book is a workbook being written.
type book struct {
	file   *excelize.File
	report *metrics.Report
	style  styles
	// chartRow is the row of the summary sheet that the chart starts in.
	chartRow int
}

func newBook(r *metrics.Report) (*book, error) {
	f := excelize.NewFile()
	if err := f.SetDefaultFont(fontFamily); err != nil {
		return nil, err
	}
	b := &book{file: f, report: r}
	var err error
	if b.style, err = newStyles(f); err != nil {
		return nil, err
	}
	if err := f.SetSheetName("Sheet1", sheetSummary); err != nil {
		return nil, err
	}
	for _, name := range []string{sheetRanking, sheetRequests, sheetComplaints, sheetPeople, sheetDefinitions, sheetQuality} {
		if _, err := f.NewSheet(name); err != nil {
			return nil, err
		}
	}
	return b, f.SetDocProps(&excelize.DocProperties{
		Creator: "Gaung", Title: "Laporan " + r.RegionName + " " + wording.MonthOf(r.Month),
		Language: "id-ID", Created: r.GeneratedAt.UTC().Format(time.RFC3339), Modified: r.GeneratedAt.UTC().Format(time.RFC3339),
	})
}

// table fills a sheet with a table: headings, titles, rows, filter, frozen
// titles and print set-up.
func (b *book) table(sheet string, t table, empty string) error {
	last, err := b.rows(sheet, t)
	if err != nil {
		return err
	}
	if len(t.rows) == 0 {
		last++
		if err := b.text(sheet, 1, last, empty, b.style.note); err != nil {
			return err
		}
	} else {
		area, err := rangeOf(1, headerRow, len(t.columns), last)
		if err != nil {
			return err
		}
		if err := b.file.AutoFilter(sheet, area, nil); err != nil {
			return err
		}
	}
	if err := b.file.SetPanes(sheet, &excelize.Panes{
		Freeze: true, YSplit: headerRow, TopLeftCell: fmt.Sprintf("A%d", headerRow+1), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: fmt.Sprintf("A%d", headerRow+1), ActiveCell: fmt.Sprintf("A%d", headerRow+1), Pane: "bottomLeft"}},
	}); err != nil {
		return err
	}
	return b.printSetup(sheet, len(t.columns), last, headerRow, headerRow)
}

// rows writes headings, titles and rows of a table, and returns the last row
// that is used.
func (b *book) rows(sheet string, t table) (int, error) {
	for i, line := range headings(t.title, b.report) {
		style := b.style.subtitle
		if i == 0 {
			style = b.style.title
		}
		if err := b.text(sheet, 1, i+1, line, style); err != nil {
			return 0, err
		}
	}
	if err := b.file.SetRowHeight(sheet, 1, 24); err != nil {
		return 0, err
	}
	if err := b.file.SetRowHeight(sheet, headerRow, headerHeight(t.columns)); err != nil {
		return 0, err
	}
	for i, c := range t.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return 0, err
		}
		if err := b.file.SetColWidth(sheet, name, name, c.width); err != nil {
			return 0, err
		}
		style := b.style.header
		if c.kind != text {
			style = b.style.headerNumber
		}
		if err := b.text(sheet, i+1, headerRow, c.title, style); err != nil {
			return 0, err
		}
	}
	for i, row := range t.rows {
		for j, c := range row {
			k := t.columns[j].kind
			if c.kind != text {
				k = c.kind
			}
			if err := b.cell(sheet, j+1, headerRow+1+i, c, k, i%2 == 1); err != nil {
				return 0, err
			}
		}
		if err := b.file.SetRowHeight(sheet, headerRow+1+i, rowHeight(t.columns, row)); err != nil {
			return 0, err
		}
	}
	return headerRow + len(t.rows), nil
}

// cell writes one value, or its words where it has some.
func (b *book) cell(sheet string, col, row int, c cell, k kind, band bool) error {
	if c.words != "" || c.value == nil {
		style := b.style.of(text, band)
		if k != text {
			style = b.style.words(band)
		}
		return b.text(sheet, col, row, c.words, style)
	}
	ref, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return err
	}
	if s, ok := c.value.(string); ok {
		err = b.file.SetCellStr(sheet, ref, s)
	} else {
		err = b.file.SetCellValue(sheet, ref, c.value)
	}
	if err != nil {
		return err
	}
	return b.file.SetCellStyle(sheet, ref, ref, b.style.of(k, band))
}

// text writes a text that is never read as anything else.
func (b *book) text(sheet string, col, row int, s string, style int) error {
	ref, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return err
	}
	if err := b.file.SetCellStr(sheet, ref, s); err != nil {
		return err
	}
	return b.file.SetCellStyle(sheet, ref, ref, style)
}

// generated is when the report was made, in the report's zone.
func generated(r *metrics.Report) string {
	zone, err := time.LoadLocation(r.Timezone)
	if err != nil {
		zone = time.UTC
	}
	return wording.Instant(r.GeneratedAt, zone)
}

func rangeOf(fromCol, fromRow, toCol, toRow int) (string, error) {
	from, err := excelize.CoordinatesToCellName(fromCol, fromRow)
	if err != nil {
		return "", err
	}
	to, err := excelize.CoordinatesToCellName(toCol, toRow)
	if err != nil {
		return "", err
	}
	return from + ":" + to, nil
}

// period is what page feet say a sheet is about.
func period(r *metrics.Report) string {
	return r.RegionName + " · " + wording.MonthOf(r.Month) + " · " + figures.AsOf(r)
}

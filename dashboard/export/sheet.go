package export

import (
	"cmp"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// headerRow is the row of a sheet without letterhead that holds the column
// titles; the lines above it say what the sheet is about.
const headerRow = 5

// headLines is how many lines stand above the column titles.
const headLines = headerRow - 1

// placed is a table on its sheet.
type placed struct {
	table
	sheet  string
	header int // row of the column titles
	first  int // first row of the table
	last   int // last row of the table, the one before the first when it is empty
	end    int // last row that is used, charts included
}

// columnOf is the letter of the column with a key.
func (p *placed) columnOf(key string) (string, error) {
	for i, c := range p.columns {
		if c.key == key {
			return excelize.ColumnNumberToName(i + 1)
		}
	}
	return "", fmt.Errorf("no column %q", key)
}

// plainSheet fills a sheet with a table and nothing else.
func (b *book) plainSheet(name string, t table, empty string) error {
	p, err := b.table(name, t, empty)
	if err != nil {
		return err
	}
	return b.finish(p)
}

// finish prepares a sheet for printing.
func (b *book) finish(p *placed) error {
	return b.printSetup(p.sheet, len(p.columns), p.end, p.header, p.header)
}

// table fills a sheet with a table: headings, titles, rows, filter and frozen
// titles.
func (b *book) table(sheet string, t table, empty string) (*placed, error) {
	p, err := b.rows(sheet, t, 0)
	if err != nil {
		return nil, err
	}
	if len(t.rows) == 0 {
		p.end++
		if err := b.text(sheet, 1, p.end, empty, b.style.note); err != nil {
			return nil, err
		}
	} else {
		area, err := rangeOf(1, p.header, len(t.columns), p.last)
		if err != nil {
			return nil, err
		}
		if err := b.file.AutoFilter(sheet, area, nil); err != nil {
			return nil, err
		}
	}
	return p, b.file.SetPanes(sheet, frozen(p.header))
}

// frozen keeps the rows up to the column titles on screen.
func frozen(header int) *excelize.Panes {
	first := fmt.Sprintf("A%d", header+1)
	return &excelize.Panes{
		Freeze: true, YSplit: header, TopLeftCell: first, ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: first, ActiveCell: first, Pane: "bottomLeft"}},
	}
}

// rows writes headings, titles and rows of a table below some rows that are
// left free.
func (b *book) rows(sheet string, t table, above int) (*placed, error) {
	for i, line := range b.headings(t.title) {
		style := b.style.subtitle
		if i == 0 {
			style = b.style.title
		}
		if err := b.text(sheet, 1, above+i+1, line, style); err != nil {
			return nil, err
		}
	}
	fitCodes(&t)
	if err := b.foldLine(sheet, t.columns, above+headLines); err != nil {
		return nil, err
	}
	p := &placed{table: t, sheet: sheet, header: above + headerRow}
	p.first, p.last = p.header+1, p.header+len(t.rows)
	p.end = p.last
	b.placed[sheet] = p
	if err := b.file.SetRowHeight(sheet, above+1, 24); err != nil {
		return nil, err
	}
	if err := b.titles(p); err != nil {
		return nil, err
	}
	for i, row := range t.rows {
		at := p.header + 1 + i
		for j, c := range row {
			k := t.columns[j].kind
			if c.kind != text {
				k = c.kind
			}
			if err := b.cell(sheet, j+1, at, c, k, i%2 == 1); err != nil {
				return nil, err
			}
		}
		if err := b.file.SetRowHeight(sheet, at, rowHeight(t.columns, row)); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// foldLine lets the longest line above a narrow table go on on a second one,
// because nothing is printed to the right of the table.
func (b *book) foldLine(sheet string, columns []column, row int) error {
	wide := 0.0
	for _, c := range columns {
		wide += c.width
	}
	line := b.headings("")[headLines-1]
	n := lines(line, wide*textPerWidth-4)
	if n < 2 {
		return nil
	}
	if err := b.across(sheet, 1, len(columns), row, line, b.style.folded); err != nil {
		return err
	}
	return b.file.SetRowHeight(sheet, row, float64(n*lineHeight+rowPadding))
}

// titles writes the column titles and sets the widths.
func (b *book) titles(p *placed) error {
	if err := b.file.SetRowHeight(p.sheet, p.header, headerHeight(p.columns)); err != nil {
		return err
	}
	for i, c := range p.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := b.file.SetColWidth(p.sheet, name, name, c.width); err != nil {
			return err
		}
		style := b.style.header
		if c.kind != text {
			style = b.style.headerNumber
		}
		if err := b.text(p.sheet, i+1, p.header, c.title, style); err != nil {
			return err
		}
	}
	return nil
}

// fitCodes makes the columns of codes as wide as the longest code: a code in
// two lines cannot be searched for.
func fitCodes(t *table) {
	columns := append([]column(nil), t.columns...)
	for i := range columns {
		if columns[i].title != codeTitle {
			continue
		}
		for _, row := range t.rows {
			if s, ok := row[i].value.(string); ok {
				columns[i].width = min(max(columns[i].width, float64(utf8.RuneCountInString(s))*1.1+3), 32)
			}
		}
	}
	t.columns = columns
}

// cell writes one value, or its words where it has some. One that has neither
// stays empty, so that a chart leaves a gap.
func (b *book) cell(sheet string, col, row int, c cell, k kind, band bool) error {
	ref, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return err
	}
	if c.words != "" || c.value == nil {
		style := b.style.of(text, band)
		if k != text {
			style = b.style.words(band)
		}
		if c.words == "" {
			return b.file.SetCellStyle(sheet, ref, ref, style)
		}
		return b.text(sheet, col, row, c.words, style)
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

// headings are the lines above every table: what, where and when, at which
// moment the world was looked at, and how to find the same figures again.
func (b *book) headings(title string) [headLines]string {
	r := b.report
	filter := cmp.Or(b.options.Filter, wording.Indonesian.Restricted(r.Filters), "semua OPD")
	last := "Zona waktu " + figures.ZoneLabel(r) + " (" + r.Timezone + ") · saringan: " + filter + " · kode laporan: " + code(r)
	if b.options.Example {
		last += " · DATA CONTOH"
	}
	return [headLines]string{
		title,
		r.RegionName + " (" + r.Region + ") · " + figures.Period(wording.Indonesian, r),
		"Keadaan " + figures.AsOf(wording.Indonesian, r) + " · dibuat " + generated(r) + " · definisi versi " + wording.Indonesian.Count(r.DefinitionsVersion),
		last,
	}
}

// code is the id of the closed edition, or says that there is none.
func code(r *metrics.Report) string {
	if r.Closed == nil {
		return "sementara (bulan belum ditutup)"
	}
	return r.Closed.ID
}

// generated is when the report was made, in the report's zone.
func generated(r *metrics.Report) string {
	zone, err := time.LoadLocation(r.Timezone)
	if err != nil {
		zone = time.UTC
	}
	return wording.Indonesian.Instant(r.GeneratedAt, zone)
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
	return r.RegionName + " · " + figures.Period(wording.Indonesian, r) + " · " + figures.AsOf(wording.Indonesian, r)
}

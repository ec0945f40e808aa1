package export

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// maxSheetRows is how many rows a sheet can have (ECMA-376).
const maxSheetRows = 1 << 20

// epochSerial is 1 January 1970 as spreadsheets count days.
const epochSerial = 25569

// rowColumns are the columns of the sheets Rincian.
var rowColumns = []column{
	{"kind", "Angka", text, 18},
	{"opd", codeTitle, text, 14},
	{"name", "OPD", text, 30},
	{"day", "Tanggal hitung", date, 12},
	{"id", "Nomor", text, 20},
	{"title", "Judul", text, 44},
	{"url", "Alamat web", text, 34},
	{"type", "Jenis", text, 18},
	{"category", "Kategori atau tempat", text, 20},
	{"channel", "Kanal", text, 12},
	{"received", "Diterima", date, 12},
	{"ended", "Selesai", date, 12},
	{"wait_wd", "Lama (hari kerja)", count, 9},
	{"limit_wd", "Batas (hari kerja)", count, 9},
	{"state", "Keadaan", text, 20},
	{"progress", "Tindak lanjut", text, 16},
}

// rowsSheets fills the sheets Rincian as rows come: memory holds one row and
// what the library buffers, the rest is on disk.
func (b *book) rowsSheets(name string) error {
	if b.options.Rows == nil {
		t := table{title: rowsTitle, columns: rowColumns}
		return b.plainSheet(name, t, "Baris rincian tidak disertakan dalam buku kerja ini.")
	}
	w := &rowWriter{book: b, first: name, most: maxSheetRows, cells: make([]any, len(rowColumns))}
	if b.options.sheetRows > 0 {
		w.most = b.options.sheetRows
	}
	if err := w.open(name); err != nil {
		return err
	}
	if err := b.options.Rows(w.add); err != nil {
		return err
	}
	b.counted = w.counted
	return w.close()
}

const rowsTitle = "Rincian: baris di balik angka"

// rowWriter writes rows over as many sheets as they need.
type rowWriter struct {
	*book
	stream  *excelize.StreamWriter
	first   string // name of the first sheet
	sheets  int
	row     int // last row written
	most    int // rows of a sheet
	cells   []any
	counted map[metrics.DetailKind]int
}

// open starts a sheet. What a sheet is apart from its rows has to be said
// before the first of them.
func (w *rowWriter) open(name string) error {
	w.sheets++
	if w.counted == nil {
		w.counted = map[metrics.DetailKind]int{}
	}
	if err := w.printSetup(name, len(rowColumns), 0, headerRow, headerRow); err != nil {
		return err
	}
	stream, err := w.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	w.stream = stream
	if err := stream.SetPanes(frozen(headerRow)); err != nil {
		return err
	}
	for i, c := range rowColumns {
		style := w.style.rowText
		switch c.kind {
		case date:
			style = w.style.rowDate
		case count:
			style = w.style.rowCount
		}
		if err := stream.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		if err := stream.SetColStyle(i+1, i+1, style); err != nil {
			return err
		}
	}
	title := rowsTitle
	if w.sheets > 1 {
		title += " (lanjutan " + strconv.Itoa(w.sheets) + ")"
	}
	for i, line := range w.headings(title) {
		style := w.style.subtitle
		if i == 0 {
			style = w.style.title
		}
		if err := stream.SetRow("A"+strconv.Itoa(i+1), []any{excelize.Cell{StyleID: style, Value: line}}); err != nil {
			return err
		}
	}
	titles := make([]any, len(rowColumns))
	for i, c := range rowColumns {
		style := w.style.header
		if c.kind != text {
			style = w.style.headerNumber
		}
		titles[i] = excelize.Cell{StyleID: style, Value: c.title}
	}
	w.row = headerRow
	return stream.SetRow("A"+strconv.Itoa(headerRow), titles, excelize.RowOpts{Height: 30})
}

// close ends a sheet: the rows become a table with filters.
func (w *rowWriter) close() error {
	if w.row == headerRow {
		if err := w.stream.SetRow("A"+strconv.Itoa(headerRow+1), []any{excelize.Cell{StyleID: w.style.note, Value: "Tidak ada baris pada periode ini."}}); err != nil {
			return err
		}
		return w.stream.Flush()
	}
	area, err := rangeOf(1, headerRow, len(rowColumns), w.row)
	if err != nil {
		return err
	}
	striped := false
	if err := w.stream.AddTable(&excelize.Table{
		Range: area, Name: "Rincian" + strconv.Itoa(w.sheets), StyleName: "TableStyleLight1", ShowRowStripes: &striped,
	}); err != nil {
		return err
	}
	return w.stream.Flush()
}

// add writes one row, on a further sheet when this one is full.
func (w *rowWriter) add(d metrics.Detail) error {
	if w.row == w.most {
		if err := w.close(); err != nil {
			return err
		}
		name := fmt.Sprintf("%s %d", w.first, w.sheets+1)
		if _, err := w.file.NewSheet(name); err != nil {
			return err
		}
		if err := w.open(name); err != nil {
			return err
		}
	}
	w.row++
	w.counted[d.Kind]++
	w.fill(d)
	return w.stream.SetRow("A"+strconv.Itoa(w.row), w.cells)
}

// fill puts a row into the cells, which are used again for the next one.
func (w *rowWriter) fill(d metrics.Detail) {
	c := w.cells
	c[0], c[1], c[2] = wording.Indonesian.DetailKind(d.Kind), filled(d.OPD), filled(d.Name)
	c[3], c[4], c[5], c[6] = int(d.Day)+epochSerial, filled(d.ID), filled(d.Title), filled(d.URL)
	kind := d.Type
	if d.Kind != metrics.DetailObjection {
		kind = wording.Indonesian.KindWords(d.Type)
	}
	c[7], c[8], c[9] = filled(kind), filled(d.Category), filled(d.Channel)
	c[10], c[11], c[12], c[13] = nil, nil, nil, nil
	if d.Received != nil {
		c[10] = int(*d.Received) + epochSerial
	}
	if d.Ended != nil {
		c[11] = int(*d.Ended) + epochSerial
	}
	if d.WaitWD != nil {
		c[12] = *d.WaitWD
	}
	if d.LimitWD != nil {
		c[13] = *d.LimitWD
	}
	c[14], c[15] = filled(wording.Indonesian.DetailState(d)), filled(wording.Indonesian.Progress(d))
}

// filled is a text, or nothing in place of an empty one.
func filled(s string) any {
	if s == "" {
		return nil
	}
	return s
}

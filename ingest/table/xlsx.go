package table

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbook is an opened XLSX file. excelize has panicked on hostile files
// before, so every call into it is guarded.
type workbook struct {
	name   string
	file   *excelize.File
	sheets []string
	limits Limits
}

func openWorkbook(path, name string, limits Limits) (w *workbook, err error) {
	defer guard(&err, name)
	file, err := excelize.OpenFile(path, excelize.Options{
		UnzipSizeLimit:    limits.UnzipBytes,
		UnzipXMLSizeLimit: min(16<<20, limits.UnzipBytes),
	})
	switch {
	case errors.Is(err, excelize.ErrWorkbookFileFormat):
		return nil, &Error{File: name, Words: contentNotXLSX.words(), Err: err}
	case err != nil && strings.Contains(err.Error(), "unzip size exceeds"):
		return nil, &Error{File: name, Words: fmt.Sprintf("isi buku kerja lebih besar dari %d MB; simpan sebagai CSV", limits.UnzipBytes>>20), Err: err}
	case err != nil:
		return nil, &Error{File: name, Words: contentNotXLSX.words(), Err: err}
	}
	w = &workbook{name: name, file: file, limits: limits}
	for _, sheet := range file.GetSheetList() {
		if visible, err := file.GetSheetVisible(sheet); err == nil && visible {
			w.sheets = append(w.sheets, sheet)
		}
	}
	if len(w.sheets) == 0 {
		file.Close()
		return nil, &Error{File: name, Words: "buku kerja ini tidak berisi lembar yang terlihat"}
	}
	if err := plainDates(file); err != nil {
		file.Close()
		return nil, &Error{File: name, Words: contentNotXLSX.words(), Err: err}
	}
	return w, nil
}

// guard turns a panic inside excelize into an error about the file.
func guard(err *error, name string) {
	if p := recover(); p != nil {
		*err = &Error{File: name, Words: "buku kerja rusak dan tidak dapat dibaca; buka di Excel lalu simpan ulang", Err: fmt.Errorf("excelize: %v", p)}
	}
}

func (w *workbook) rows(sheet string) (_ Reader, err error) {
	defer guard(&err, w.name)
	rows, err := w.file.Rows(sheet)
	if err != nil {
		return nil, &Error{File: w.name, Sheet: sheet, Words: "lembar tidak dapat dibaca; buka di Excel lalu simpan ulang", Err: err}
	}
	return &sheetReader{book: w, sheet: sheet, rows: rows}, nil
}

// sheetReader streams the rows of one sheet.
type sheetReader struct {
	book   *workbook
	sheet  string
	rows   *excelize.Rows
	number int
}

func (s *sheetReader) Next() (row Row, err error) {
	defer guard(&err, s.book.name)
	if !s.rows.Next() {
		if err := s.rows.Error(); err != nil {
			return Row{}, s.fail(err)
		}
		return Row{}, io.EOF
	}
	s.number++
	cells, err := s.rows.Columns()
	if err != nil {
		return Row{}, s.fail(err)
	}
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) > s.book.limits.Columns {
		return Row{}, &Error{File: s.book.name, Sheet: s.sheet, Row: s.number, Words: fmt.Sprintf("lebih dari %d kolom; hapus kolom kosong di kanan", s.book.limits.Columns)}
	}
	for i, cell := range cells {
		cells[i] = strings.TrimSuffix(cell, midnight)
	}
	return Row{Number: s.number, Cells: cells}, nil
}

func (s *sheetReader) fail(err error) error {
	return &Error{File: s.book.name, Sheet: s.sheet, Row: s.number, Words: "lembar rusak mulai baris ini; buka di Excel lalu simpan ulang", Err: err}
}

func (s *sheetReader) Close() error { return s.rows.Close() }

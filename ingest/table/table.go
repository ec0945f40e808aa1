// Package table reads the spreadsheets that offices send: CSV and TSV as
// Excel and databases write them, XLSX workbooks, and the events of iCalendar
// files as rows. Whatever the file, a
// reader sees rows of UTF-8 text with the row numbers a person sees in the
// file, and dates of workbooks as 2026-01-31 or 2026-01-31 08:30:00.
//
// Files come from outside and are not trusted: sizes are limited, and a file
// that is not what its name says gives one clear [Error].
package table

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Limits bound what a file may make the reader hold in memory. A zero field
// takes the value of [DefaultLimits].
type Limits struct {
	// FileBytes bounds the file itself.
	FileBytes int64
	// RecordBytes bounds one row of a text file; a quote that is never closed
	// ends there.
	RecordBytes int
	// Columns bounds the cells of one row.
	Columns int
	// UnzipBytes bounds an unpacked workbook.
	UnzipBytes int64
	// Until is the last day for which recurring events of a calendar are laid
	// out; zero means two years from each event's start.
	Until time.Time
}

// DefaultLimits are generous for registers and article exports: 2 GiB files,
// rows of 4 MiB, 512 columns, workbooks of 512 MiB unpacked.
var DefaultLimits = Limits{
	FileBytes:   2 << 30,
	RecordBytes: 4 << 20,
	Columns:     512,
	UnzipBytes:  512 << 20,
}

func (l Limits) withDefaults() Limits {
	if l.FileBytes == 0 {
		l.FileBytes = DefaultLimits.FileBytes
	}
	if l.RecordBytes == 0 {
		l.RecordBytes = DefaultLimits.RecordBytes
	}
	if l.Columns == 0 {
		l.Columns = DefaultLimits.Columns
	}
	if l.UnzipBytes == 0 {
		l.UnzipBytes = DefaultLimits.UnzipBytes
	}
	return l
}

// Row is one row: Number is the line of the text file on which it starts or
// the row of the sheet, both counted from 1; Cells are trimmed of nothing.
type Row struct {
	Number int
	Cells  []string
}

// Reader gives the rows of one sheet, top to bottom.
type Reader interface {
	// Next returns the next row, io.EOF after the last one, or an *Error.
	Next() (Row, error)
	Close() error
}

// Counter is a Reader that can go to its end without making the cells.
type Counter interface {
	// Count reads to the end and returns how many of the rows after the row
	// of the given number are not blank, or an *Error.
	Count(after int) (rows int, err error)
}

// Error says what is wrong with a file, in Indonesian, for the person who
// sent it. Sheet and Row are empty when the whole file is meant.
type Error struct {
	File  string
	Sheet string
	Row   int
	Words string
	Err   error
}

// Error is one line: file, sheet and row, what is wrong, what to do.
func (e *Error) Error() string {
	where := e.File
	if e.Sheet != "" {
		where += fmt.Sprintf(" lembar %q", e.Sheet)
	}
	if e.Row > 0 {
		where += fmt.Sprintf(" baris %d", e.Row)
	}
	return where + ": " + e.Words
}

// Unwrap returns the cause, nil if there is none.
func (e *Error) Unwrap() error { return e.Err }

// Book is an opened file: one nameless sheet for text files, the visible
// sheets for workbooks.
type Book struct {
	name   string
	path   string
	limits Limits
	remove bool // path is a spooled copy

	text   *textFile
	xlsx   *workbook
	memory []Row // header and rows of a book that is neither
	notes  []string
}

// Open opens the file at path; name is how messages call it, by default the
// base name of path.
func Open(path, name string, limits Limits) (*Book, error) {
	if name == "" {
		name = filepath.Base(path)
	}
	b := &Book{name: name, path: path, limits: limits.withDefaults()}
	info, err := os.Stat(path)
	if err != nil {
		return nil, &Error{File: name, Words: "berkas tidak dapat dibaca; periksa nama dan izinnya", Err: err}
	}
	if info.IsDir() {
		return nil, &Error{File: name, Words: "ini folder, bukan berkas"}
	}
	if info.Size() > b.limits.FileBytes {
		return nil, &Error{File: name, Words: fmt.Sprintf("berkas lebih besar dari %d MB; bagi menjadi beberapa berkas", b.limits.FileBytes>>20)}
	}
	if err := b.open(); err != nil {
		return nil, err
	}
	return b, nil
}

// OpenReader copies r to a private temporary file and opens that; Close
// removes it.
func OpenReader(r io.Reader, name string, limits Limits) (_ *Book, err error) {
	limits = limits.withDefaults()
	f, err := os.CreateTemp("", "gaung-import-*")
	if err != nil {
		return nil, fmt.Errorf("table: spool %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	n, err := io.Copy(f, io.LimitReader(r, limits.FileBytes+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("table: spool %s: %w", name, err)
	}
	if n > limits.FileBytes {
		return nil, &Error{File: name, Words: fmt.Sprintf("masukan lebih besar dari %d MB; bagi menjadi beberapa berkas", limits.FileBytes>>20)}
	}
	b, err := Open(f.Name(), name, limits)
	if err != nil {
		return nil, err
	}
	b.remove = true
	return b, nil
}

// open looks at the first bytes, never at the name alone, and prepares the
// reader that fits.
func (b *Book) open() error {
	sample, err := readSample(b.path)
	if err != nil {
		return &Error{File: b.name, Words: "berkas tidak dapat dibaca; periksa izinnya", Err: err}
	}
	switch kind := sniff(b.name, sample); kind {
	case contentText:
		b.text = newTextFile(b.path, b.name, sample, b.limits)
		return nil
	case contentZip:
		b.xlsx, err = openWorkbook(b.path, b.name, b.limits)
		return err
	case contentCalendar:
		rows, notes, err := openCalendar(b.path, b.name, sample, b.limits)
		b.memory, b.notes = append([]Row{{Cells: calendarHeader}}, rows...), notes
		return err
	default:
		return &Error{File: b.name, Words: kind.words()}
	}
}

// Workbook reports whether the file is a workbook, whose rows may end before
// the last column of the header without anything being lost.
func (b *Book) Workbook() bool { return b.xlsx != nil }

// Sheets lists the sheets in order; a text file has one, named "".
func (b *Book) Sheets() []string {
	if b.xlsx != nil {
		return b.xlsx.sheets
	}
	return []string{""}
}

// Rows starts reading a sheet from its top. It may be called again for
// another pass.
func (b *Book) Rows(sheet string) (Reader, error) {
	switch {
	case b.xlsx != nil:
		return b.xlsx.rows(sheet)
	case b.memory != nil:
		return &memoryReader{rest: b.memory}, nil
	}
	return b.text.rows()
}

// Notes are Indonesian lines about what in the file was read in a particular
// way or not at all.
func (b *Book) Notes() []string { return b.notes }

// Close releases the file and what was unpacked from it.
func (b *Book) Close() error {
	var err error
	if b.xlsx != nil {
		err = b.xlsx.file.Close()
	}
	if b.remove {
		err = errors.Join(err, os.Remove(b.path))
	}
	return err
}

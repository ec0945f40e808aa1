package ingest

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"gaung/ingest/table"
)

// headerRows is how far down a sheet a header is looked for: registers begin
// with titles, letterheads and blank lines.
const headerRows = 40

// layout says how to read one sheet: which column holds what, and after which
// row the data begin.
type layout struct {
	sheet string
	after int      // number of the last header row
	bind  []string // canonical column by position, "" for a column not read
	form  *form
	opd   string // OPD named above a register form's header
	// identities, unknown and twice are headers of columns that are not read.
	identities, unknown, twice []string
}

// missing lists the kind's required columns that the layout lacks; opdKnown
// says that the OPD is given otherwise.
func (l *layout) missing(k *kind, constants map[string]string, opdKnown bool) []string {
	var names []string
	for _, c := range k.columns {
		if !c.required || slices.Contains(l.bind, c.name) || constants[c.name] != "" || c.name == "opd" && opdKnown {
			continue
		}
		names = append(names, c.name)
	}
	return names
}

func (l *layout) matched() int {
	n := 0
	for _, name := range l.bind {
		if name != "" {
			n++
		}
	}
	return n
}

// layoutFinder looks for the header of one kind.
type layoutFinder struct {
	kind *kind
	// mapping is never nil; without a map file it is empty.
	mapping *mapping
	opd     string
}

// find recognises the header among the first rows of a sheet: by the map
// file, by canonical names, or as one of the kind's register forms. When
// nothing fits, the second result is the row that came nearest.
func (f *layoutFinder) find(sheet string, rows []table.Row) (found, nearest *layout) {
	for i := range rows {
		if f.mapping.HeaderRow > 0 && rows[i].Number != f.mapping.HeaderRow {
			continue
		}
		depth := max(f.mapping.HeaderRows, 1)
		if i+depth > len(rows) {
			break
		}
		l := f.bindNames(flatten(rows[i : i+depth]))
		l.sheet, l.after = sheet, rows[i+depth-1].Number
		if len(l.missing(f.kind, f.mapping.Constants, f.opd != "")) == 0 && l.matched() > 0 {
			return l, nil
		}
		if nearest == nil || l.matched() > nearest.matched() {
			nearest = l
		}
	}
	for _, form := range f.kind.forms {
		if l := form.find(rows); l != nil {
			l.sheet = sheet
			return l, nil
		}
	}
	return nil, nearest
}

// bindNames binds headers by the map file first, then by canonical names
// whatever their case, spaces or underscores.
func (f *layoutFinder) bindNames(headers []string) *layout {
	l := &layout{bind: make([]string, len(headers))}
	for i, header := range headers {
		name := f.mapping.canonical(header)
		if name == "" {
			name = plainName(f.kind, header)
		}
		switch {
		case name != "" && slices.Contains(l.bind, name):
			l.twice = append(l.twice, clean(header))
		case name != "":
			l.bind[i] = name
		default:
			l.ignore(header)
		}
	}
	return l
}

// plainName is the canonical column that a header names, whatever its case,
// spaces or underscores, or "".
func plainName(k *kind, header string) string {
	if plain := strings.ReplaceAll(label(header), " ", "_"); k.has(plain) {
		return plain
	}
	return ""
}

func (l *layout) ignore(header string) {
	header = truncate(clean(header), 60)
	switch {
	case header == "":
	case isIdentity(header):
		l.identities = append(l.identities, header)
	default:
		l.unknown = append(l.unknown, header)
	}
}

// flatten makes one header line out of several: a cell above that is empty
// because it is merged takes the text to its left when there is a cell below.
func flatten(rows []table.Row) []string {
	width := 0
	for _, row := range rows {
		width = max(width, len(row.Cells))
	}
	headers := make([]string, width)
	for level, row := range rows {
		group := ""
		for j := range width {
			text := ""
			if j < len(row.Cells) {
				text = clean(row.Cells[j])
			}
			if text != "" {
				group = text
			} else if anyBelow(rows[level+1:], j) {
				text = group
			}
			headers[j] = strings.TrimSpace(headers[j] + " " + text)
		}
	}
	return headers
}

func anyBelow(rows []table.Row, j int) bool {
	for _, row := range rows {
		if j < len(row.Cells) && clean(row.Cells[j]) != "" {
			return true
		}
	}
	return false
}

// firstRows reads the beginning of a sheet.
func firstRows(book *table.Book, sheet string, n int) ([]table.Row, error) {
	in, err := book.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var rows []table.Row
	for len(rows) < n {
		row, err := in.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// layouts finds the header of every sheet. Sheets without one are skipped
// with a warning, so a yearly workbook with a sheet per month and a summary
// can be imported whole; a file in which no sheet has one is an error.
func (f *layoutFinder) layouts(book *table.Book, file string) (found []*layout, warnings []string, err error) {
	var nearest *layout
	for _, sheet := range book.Sheets() {
		rows, err := firstRows(book, sheet, headerRows)
		if err != nil {
			return nil, nil, err
		}
		l, near := f.find(sheet, rows)
		switch {
		case l != nil:
			found = append(found, l)
		case len(rows) > 0:
			warnings = append(warnings, fmt.Sprintf("lembar %q dilewati: judul kolomnya tidak dikenali", sheet))
			if nearest == nil || near != nil && near.matched() > nearest.matched() {
				nearest = near
			}
		}
	}
	if len(found) == 0 {
		return nil, nil, f.unrecognised(file, nearest)
	}
	return found, warnings, nil
}

func (f *layoutFinder) unrecognised(file string, nearest *layout) error {
	if nearest == nil || nearest.matched() == 0 {
		var names []string
		for _, c := range f.kind.columns {
			if c.required {
				names = append(names, c.name)
			}
		}
		return usagef("%s: judul kolom tidak dikenali; baris judul harus memuat %s, atau pakai --map", file, strings.Join(names, ", "))
	}
	missing := nearest.missing(f.kind, f.mapping.Constants, f.opd != "")
	return usagef("%s baris %d: kolom wajib tidak ada: %s; tambahkan kolom itu atau pakai --map", file, nearest.after, strings.Join(missing, ", "))
}

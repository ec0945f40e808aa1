package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"
)

// mapping is a map file: how to read a file that does not have the canonical
// columns.
//
//	header_row: 3            # row of the sheet or line of the file, from 1
//	header_rows: 2           # of a merged header; 1 if left out
//	date_format: MM/DD/YYYY  # tried before the usual forms
//	columns:
//	  Nomor Tiket: tracking_id
//	values:
//	  kind:
//	    Lapor Pungli: supervision
//	constants:
//	  channel: web
type mapping struct {
	HeaderRow  int                          `yaml:"header_row"`
	HeaderRows int                          `yaml:"header_rows"`
	DateFormat string                       `yaml:"date_format"`
	Columns    map[string]string            `yaml:"columns"`
	Values     map[string]map[string]string `yaml:"values"`
	Constants  map[string]string            `yaml:"constants"`

	layout string                       // DateFormat as a Go layout
	labels map[string]string            // label of a source column → canonical column
	values map[string]map[string]string // canonical column → label of a value → value
}

// readMapping reads and checks a map file; an empty path is an empty mapping.
func readMapping(path string, k *kind) (*mapping, error) {
	if path == "" {
		return &mapping{}, nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, &Error{Kind: Usage, Words: path + ": berkas peta tidak dapat dibaca; periksa nama dan izinnya", Err: err}
	}
	return parseMapping(content, filepath.Base(path), k)
}

func parseMapping(content []byte, name string, k *kind) (*mapping, error) {
	var m mapping
	in := yaml.NewDecoder(bytes.NewReader(content))
	in.KnownFields(true)
	if err := in.Decode(&m); err != nil && !errors.Is(err, io.EOF) {
		return nil, &Error{Kind: Usage, Words: fmt.Sprintf("%s: berkas peta tidak terbaca (%s); lihat docs/DATA.md", name, firstLine(err)), Err: err}
	}
	if m.HeaderRow < 0 || m.HeaderRows < 0 || m.HeaderRows > formDepth {
		return nil, usagef("%s: header_row mulai dari 1 dan header_rows dari 1 sampai %d", name, formDepth)
	}
	if err := m.index(name, k); err != nil {
		return nil, err
	}
	layout, err := dateLayout(m.DateFormat)
	if err != nil {
		return nil, usagef("%s: date_format %q tidak dikenal; tulis seperti DD/MM/YYYY HH:mm", name, m.DateFormat)
	}
	m.layout = layout
	return &m, nil
}

// firstLine keeps a YAML error, which names line and key, on one line.
func firstLine(err error) string {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	text = strings.TrimPrefix(text, "unmarshal errors:\n")
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// index checks every name of the map file and makes its look-ups.
func (m *mapping) index(name string, k *kind) error {
	m.labels = make(map[string]string, len(m.Columns))
	for source, column := range m.Columns {
		if !k.has(column) {
			return usagef("%s: kolom tujuan %q tidak ada untuk %s; lihat docs/DATA.md", name, column, k.name)
		}
		if isIdentity(source) && citizenKinds[k.name] {
			return usagef("%s: kolom %q berisi identitas atau isi laporan warga dan tidak boleh dipetakan", name, source)
		}
		m.labels[label(source)] = column
	}
	m.values = make(map[string]map[string]string, len(m.Values))
	for column, values := range m.Values {
		if !k.has(column) {
			return usagef("%s: kolom %q di values tidak ada untuk %s; lihat docs/DATA.md", name, column, k.name)
		}
		m.values[column] = make(map[string]string, len(values))
		for from, to := range values {
			m.values[column][label(from)] = to
		}
	}
	for column := range m.Constants {
		if !k.has(column) {
			return usagef("%s: kolom %q di constants tidak ada untuk %s; lihat docs/DATA.md", name, column, k.name)
		}
	}
	return nil
}

// citizenKinds hold cases of citizens, whose identities must not come in by a
// map file either.
var citizenKinds = map[string]bool{"ppid": true, "objections": true, "complaints": true}

func (m *mapping) canonical(header string) string { return m.labels[label(header)] }

// translate gives the value that the map file sets for a cell.
func (m *mapping) translate(column, cell string) string {
	if values, ok := m.values[column]; ok {
		if to, ok := values[label(cell)]; ok {
			return to
		}
	}
	return cell
}

// dateLayout turns DD/MM/YYYY HH:mm:ss into a Go layout. MM is the month and
// mm the minute; one letter stands for numbers without a leading zero.
func dateLayout(format string) (string, error) {
	tokens := []struct{ from, to string }{
		{"YYYY", "2006"},
		{"yyyy", "2006"},
		{"YY", "06"},
		{"MM", "01"},
		{"M", "1"},
		{"DD", "02"},
		{"dd", "02"},
		{"D", "2"},
		{"d", "2"},
		{"HH", "15"},
		{"H", "15"},
		{"mm", "04"},
		{"ss", "05"},
	}
	var b strings.Builder
next:
	for rest := format; rest != ""; {
		for _, token := range tokens {
			if after, ok := strings.CutPrefix(rest, token.from); ok {
				b.WriteString(token.to)
				rest = after
				continue next
			}
		}
		if strings.ContainsAny(rest[:1], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSUVWXYZ0123456789") {
			return "", fmt.Errorf("ingest: date format %q: unknown letter %q", format, rest[:1])
		}
		b.WriteByte(rest[0])
		rest = rest[1:]
	}
	return b.String(), nil
}

package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gaung/ingest/table"
)

// maxPushCells bounds the cells of one push: short lines with many different
// keys would need far more memory than they are long.
const maxPushCells = 5_000_000

// readJSONLines makes a table out of JSON lines: one object for each line,
// whose keys are columns. Blank lines are skipped. A line that is no such
// object refuses the whole body, as a broken file is: nothing is half taken.
// Errors name the line and never repeat its text, which may hold identities.
func readJSONLines(name string, body []byte) (*table.Book, error) {
	var header []string
	place := map[string]int{}
	var rows []table.Row
	body = bytes.TrimPrefix(body, []byte("\xEF\xBB\xBF"))
	number := 0
	for line := range bytes.Lines(body) {
		number++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		cells := make([]string, len(header))
		err := eachMember(line, func(key, value string) error {
			i, known := place[key]
			if !known {
				if len(header) >= table.DefaultLimits.Columns {
					return fmt.Errorf("lebih dari %d kunci yang berbeda", table.DefaultLimits.Columns)
				}
				i = len(header)
				place[key] = i
				header = append(header, key)
			}
			for len(cells) <= i {
				cells = append(cells, "")
			}
			cells[i] = value
			return nil
		})
		if err != nil {
			return nil, &table.Error{File: name, Row: number, Words: err.Error()}
		}
		rows = append(rows, table.Row{Number: number, Cells: cells})
		if len(rows)*len(header) > maxPushCells || len(rows) > maxPushCells {
			return nil, &table.Error{File: name, Row: number, Words: "terlalu banyak baris dan kunci; bagi menjadi beberapa kiriman"}
		}
	}
	if len(rows) == 0 {
		return nil, &table.Error{File: name, Words: "kiriman kosong; tidak ada baris yang dapat dibaca"}
	}
	for i := range rows {
		for len(rows[i].Cells) < len(header) {
			rows[i].Cells = append(rows[i].Cells, "")
		}
	}
	return table.New(name, header, rows), nil
}

// errNotObject is the fault of a line that is not one JSON object.
var errNotObject = errors.New(`bukan objek JSON; tulis satu objek per baris, seperti {"registration_no": "1/2026"}`)

// eachMember calls visit for every member of the JSON object on a line, with
// the value as a cell.
func eachMember(line []byte, visit func(key, value string) error) error {
	in := json.NewDecoder(bytes.NewReader(line))
	in.UseNumber()
	if open, err := in.Token(); err != nil || open != json.Delim('{') {
		return errNotObject
	}
	for in.More() {
		key, err := in.Token()
		if err != nil {
			return errNotObject
		}
		var value any
		if err := in.Decode(&value); err != nil {
			return errNotObject
		}
		name := clean(key.(string))
		if name == "" {
			return errors.New("ada kunci tanpa nama")
		}
		cell, ok := jsonCell(value)
		if !ok {
			return fmt.Errorf("nilai %q berupa objek; yang boleh: teks, angka, true, false, null, atau daftar teks", truncate(name, 60))
		}
		if err := visit(name, cell); err != nil {
			return err
		}
	}
	if _, err := in.Token(); err != nil {
		return errNotObject
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return errNotObject
	}
	return nil
}

// jsonCell is a JSON value as a cell: null is empty, a list its parts joined
// by |, as lists are written in a file.
func jsonCell(value any) (cell string, ok bool) {
	switch v := value.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case json.Number:
		return v.String(), true
	case []any:
		parts := make([]string, len(v))
		for i, part := range v {
			if _, list := part.([]any); list {
				return "", false
			}
			if parts[i], ok = jsonCell(part); !ok {
				return "", false
			}
		}
		return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "|"), true
	}
	return "", false
}

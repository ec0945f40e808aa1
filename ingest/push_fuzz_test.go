package ingest

import (
	"errors"
	"strings"
	"testing"

	"gaung/ingest/table"
)

// FuzzJSONLines reads any body: no panic, an error of one line that does not
// repeat what stands in quotes, or rows as long as the header.
func FuzzJSONLines(f *testing.F) {
	for _, seed := range []string{
		`{"a": "x", "b": 1.50}` + "\n\r\n" + `{"b": null, "c": ["x", true, null], "a": ""}`, "\xEF\xBB\xBF{}", "[1]", `{"a": {"b": 1}}`, `{"a": 1} x`,
		`{"":1}`, `{"a":1,"a":2}`, "{", "\x00", `{"a": "\ud800"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		book, err := readJSONLines("uji", body)
		if err != nil {
			var own *table.Error
			if !errors.As(err, &own) || strings.Contains(own.Error(), "\n") {
				t.Fatalf("error %q", err)
			}
			return
		}
		rows, err := book.Rows("")
		if err != nil {
			t.Fatal(err)
		}
		header, err := rows.Next()
		if err != nil || header.Number != 0 {
			t.Fatalf("header %+v, %v", header, err)
		}
		last, n := 0, 0
		for {
			row, err := rows.Next()
			if err != nil {
				break
			}
			if len(row.Cells) != len(header.Cells) || row.Number <= last {
				t.Fatalf("row %+v under %q", row, header.Cells)
			}
			last = row.Number
			n++
		}
		if n == 0 {
			t.Fatal("neither rows nor an error")
		}
	})
}

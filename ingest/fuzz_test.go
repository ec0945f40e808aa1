package ingest

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gaung/ingest/table"
	"gaung/warehouse/region"
)

// FuzzLayout looks for headers in any text and checks that what is bound
// exists.
func FuzzLayout(f *testing.F) {
	for _, seed := range []string{
		"registration_no,received_at,opd\n1,2026-01-05,Dinkes\n",
		"REGISTER TAHUN 2026\nOPD: Dinas X\nNo;Tgl;Nama;Informasi Yang Diminta;Hari dan Tanggal;\n;;;;Pemberitahuan Tertulis;Pemberian Informasi\n(1);(2);(3);(4);(5);(6)\n",
		"url,url,URL\n", "\n\n;;;\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		book, err := table.OpenReader(strings.NewReader(text), "x.csv", table.Limits{})
		if err != nil {
			return
		}
		defer book.Close()
		for _, k := range kinds {
			finder := layoutFinder{kind: k, mapping: &mapping{}}
			layouts, _, err := finder.layouts(book, "x.csv")
			if err != nil {
				if strings.Contains(err.Error(), "\n") {
					t.Fatalf("%s: error of several lines: %q", k.name, err)
				}
				continue
			}
			for _, l := range layouts {
				bound := map[string]bool{}
				for _, name := range l.bind {
					if name == "" {
						continue
					}
					if !k.has(name) || bound[name] {
						t.Fatalf("%s: column %q bound twice or unknown", k.name, name)
					}
					bound[name] = true
				}
			}
		}
	})
}

// FuzzRow puts any text into every column of every kind. A row gives either
// problems or a fact whose values can be stored.
func FuzzRow(f *testing.F) {
	for _, seed := range []string{"", "-", "1", "ya", "2026-01-05", "32/1/2026", "9999-12-31", "Kamis, 3 Januari 2019", "https://a.go.id/x?b=1", "pengaduan", "a|b||c", "\x00\xff", "libur daerah"} {
		f.Add(seed, "2026-01-05")
	}
	now := time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)
	zone := time.FixedZone("WIB", 7*3600)
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, k := range kinds {
			cells := map[string]string{}
			for i, c := range k.columns {
				cells[c.name] = a
				if i%2 == 1 {
					cells[c.name] = b
				}
			}
			rec := &record{region: region.Region{Code: "99.01", Zone: zone}, now: now, source: "x.csv", cells: cells, form: len(a)%2 == 0}
			got := k.parse(rec)
			if len(rec.problems) > 0 {
				for _, p := range rec.problems {
					if p.reason == "" || !k.has(p.column) {
						t.Fatalf("%s: problem without reason or column: %+v", k.name, p)
					}
				}
				continue
			}
			if len(got.values) != len(k.fields) {
				t.Fatalf("%s: %d values for %d fields", k.name, len(got.values), len(k.fields))
			}
			got.contentHash() // panics on a value of a type it does not know
			for i, v := range got.values {
				if s, ok := v.(string); ok && utf8.ValidString(a) && utf8.ValidString(b) && !utf8.ValidString(s) {
					t.Fatalf("%s.%s: invalid UTF-8 %q", k.name, k.fields[i], s)
				}
			}
		}
	})
}

// FuzzMapping reads any map file; an error is one line.
func FuzzMapping(f *testing.F) {
	for _, seed := range []string{"", "columns: {a: url}", "header_row: -1", "a: [", "values: {url: {x: y}}\nconstants: {title: z}", "columns:\n  a: b\n  a: c\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		m, err := parseMapping(content, "peta.yaml", articlesKind)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Fatalf("error of several lines: %q", err)
			}
			return
		}
		for _, column := range m.labels {
			if !articlesKind.has(column) {
				t.Fatalf("column %q does not exist", column)
			}
		}
	})
}

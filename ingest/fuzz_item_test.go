package ingest

import (
	"io"
	"log/slog"
	"testing"
	"time"
	"unicode/utf8"

	"gaung/ingest/source"
	"gaung/ingest/table"
	"gaung/warehouse/region"
)

// FuzzItem reads any item of a source: it gives an article whose values can be
// stored, or a reason, and never costs more than itself.
func FuzzItem(f *testing.F) {
	f.Add("https://dinkes.contoh.go.id/1", "Judul", "<p>Isi<p>Penulis: Rina", "Tue, 03 Nov 2026 08:00:00 +0700", "Rina")
	f.Add("javascript:x", "", "", "0000-00-00", "admin")
	f.Add("https://a.id/?utm_source=x#y", "\x00\xff", "PANGKALPINANG -- Isi.\nSumber:\nDinas Kominfo\n[Humas]", "32/1/2026", "")
	now := time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)
	in := &Ingester{now: func() time.Time { return now }, log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	reg := region.Region{Code: "99.01", Zone: time.FixedZone("WIB", 7*3600)}
	f.Fuzz(func(t *testing.T, url, title, html, published, author string) {
		var result SourceResult
		intake := in.intake(source.Source{Name: "x", Channel: "website"}, reg, in.newRun(reg.Code, "articles", "x"), &result)
		r := intake.read(arrival{item: source.Item{URL: url, Title: title, HTML: html, PublishedRaw: published, Authors: []string{author}}, number: 1, at: now, firstAt: now})
		switch {
		case r.bad != nil:
			if r.bad.reason == "" || r.bad.column == "body" {
				t.Fatalf("no reason, or a panic: %+v", r.bad)
			}
		case len(r.fact.values) != len(articleFields):
			t.Fatalf("%d values for %d fields", len(r.fact.values), len(articleFields))
		default:
			r.fact.contentHash()
			for i, v := range r.fact.values {
				if s, ok := v.(string); ok && utf8.ValidString(url+title+html+published+author) && !utf8.ValidString(s) {
					t.Fatalf("%s: invalid UTF-8 %q", articleFields[i], s)
				}
			}
		}
	})
}

// FuzzRawRow keeps any row raw and reads it back: by the same rules it says
// the same, and no NIK is kept outside of the columns that identify a case.
func FuzzRawRow(f *testing.F) {
	for _, seed := range []string{"", "-", "1", "ya", "2026-01-05", "  a\u200Bb ", "Siti 1971012345678901", "1971010505900001", "0812-3456-7890 siti@contoh.id", "a|b||c", "<p>197101<b>2345678901</b>", "pengaduan", "https://a.go.id/x?b=1"} {
		f.Add(seed, "2026-01-05")
	}
	now := time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)
	in := &Ingester{now: func() time.Time { return now }, regions: region.Builtin()}
	reg := region.Region{Code: "19.71", Zone: time.FixedZone("WIB", 7*3600)}
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) {
			return // every reader of files and databases gives valid texts
		}
		for _, k := range kinds {
			l := &layout{}
			var cells []string
			for i, c := range k.columns {
				if c.name == "region" {
					continue
				}
				l.bind = append(l.bind, c.name)
				cells = append(cells, []string{a, b}[i%2])
			}
			job := &importJob{in: in, kind: k, mapping: &mapping{}, region: reg, file: emptyBook("x"), name: "x"}
			run := &importRun{importJob: job, rejects: &rejectLog{in: in, kind: k.name}}
			first := &parsedRow{layout: l, row: table.Row{Number: 2, Cells: cells}}
			run.parse(first)
			raw := run.rawOf(first)
			if raw == nil {
				if !citizenKinds[k.name] || !holdsNIK(clean(a)) && !holdsNIK(clean(b)) || len(first.rec.problems) == 0 {
					t.Fatalf("%s %q: not kept", k.name, cells)
				}
				continue // a case under a citizen's own number
			}
			text, err := encodeRow(raw)
			if err != nil {
				t.Fatal(err)
			}
			if raw, err = decodeRow(string(text)); err != nil {
				t.Fatal(err)
			}
			again, kept := &rowReplay{kind: k, layouts: map[string]*layout{}}, []string(nil)
			second := &parsedRow{}
			second.layout, kept = again.layout(raw)
			second.row = table.Row{Number: 2, Cells: kept}
			run.parse(second)
			masked := maskPersonal(clean(a)) != clean(a) || maskPersonal(clean(b)) != clean(b)
			if len(first.rec.problems) > 0 || masked && len(second.rec.problems) > 0 {
				continue // a number that was masked is none
			}
			if len(second.rec.problems) > 0 {
				t.Fatalf("%s %q: kept as %s, which has problems %+v", k.name, cells, text, second.rec.problems)
			}
			if first.fact.keyHash() != second.fact.keyHash() {
				t.Fatalf("%s %q: another key after keeping it as %s", k.name, cells, text)
			}
			if !masked && first.fact.contentHash() != second.fact.contentHash() {
				t.Fatalf("%s: says other things after keeping it as %s:\n%q\n%q", k.name, text, first.fact.values, second.fact.values)
			}
			for column, cell := range raw.Cells {
				if column != "body" && !numberColumns[column] && maskNIK(cell) != cell && column[max(0, len(column)-3):] != "_at" {
					t.Fatalf("%s.%s keeps a NIK: %q", k.name, column, cell)
				}
			}
		}
	})
}

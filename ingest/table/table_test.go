package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// read opens content under a name and returns all rows of all sheets.
func read(t testing.TB, name string, content []byte) ([]Row, error) {
	t.Helper()
	b, err := OpenReader(bytes.NewReader(content), name, Limits{})
	if err != nil {
		return nil, err
	}
	defer b.Close()
	var rows []Row
	for _, sheet := range b.Sheets() {
		in, err := b.Rows(sheet)
		if err != nil {
			return nil, err
		}
		for {
			row, err := in.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				in.Close()
				return rows, err
			}
			rows = append(rows, row)
		}
		in.Close()
	}
	return rows, nil
}

func TestText(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte("a;b\nDinas ±;2\n"))
	if err != nil {
		t.Fatal(err)
	}
	bigEndian, err := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte("kode,nama\n1,Dinas\n"))
	if err != nil {
		t.Fatal(err)
	}
	latin, err := charmap.Windows1252.NewEncoder().Bytes([]byte("a,b\n“kutip”,é\n"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		content string
		want    []Row
	}{
		{"comma", "a,b\n1,2\n", []Row{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}}},
		{"no final newline", "a,b\n1,2", []Row{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}}},
		{"semicolon and BOM", utf8BOM + "a;b\r\n1,5;2\r\n", []Row{{1, []string{"a", "b"}}, {2, []string{"1,5", "2"}}}},
		{"tab", "a\tb\n1, 2\t3; 4\n", []Row{{1, []string{"a", "b"}}, {2, []string{"1, 2", "3; 4"}}}},
		{"commas in a semicolon file", "code;name\n01;Dinas A, B, dan C\n02;Dinas D, E, dan F\n", []Row{
			{1, []string{"code", "name"}}, {2, []string{"01", "Dinas A, B, dan C"}}, {3, []string{"02", "Dinas D, E, dan F"}},
		}},
		{"title above", "REGISTER, TAHUN 2026\n\nno;tgl;nama\n1;2;3\n", []Row{
			{1, []string{"REGISTER, TAHUN 2026"}}, {2, []string{""}}, {3, []string{"no", "tgl", "nama"}}, {4, []string{"1", "2", "3"}},
		}},
		{"sep line", "sep=;\na;b\n", []Row{{1, []string{"sep=", ""}}, {2, []string{"a", "b"}}}},
		{"lines in quotes", "a,b\n\"x\r\ny\",\"say \"\"hi\"\"\"\n3,4\n", []Row{
			{1, []string{"a", "b"}}, {2, []string{"x\ny", `say "hi"`}}, {4, []string{"3", "4"}},
		}},
		{"stray quotes", "a,b\nsay \"hi\",\"x\"y\"\n", []Row{{1, []string{"a", "b"}}, {2, []string{`say "hi"`, `x"y`}}}},
		{"lone CR", "a,b\r1,2\r", []Row{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}}},
		{"UTF-16 with mark", string(utf16), []Row{{1, []string{"a", "b"}}, {2, []string{"Dinas ±", "2"}}}},
		{"UTF-16 without mark", string(bigEndian), []Row{{1, []string{"kode", "nama"}}, {2, []string{"1", "Dinas"}}}},
		{"Windows-1252", string(latin), []Row{{1, []string{"a", "b"}}, {2, []string{"“kutip”", "é"}}}},
		{"both encodings", "a,b\né,\xe9\n", []Row{{1, []string{"a", "b"}}, {2, []string{"é", "é"}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(t, "x.csv", []byte(tt.content))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnusableFiles(t *testing.T) {
	tests := []struct {
		name, content, want string
	}{
		{"kosong.csv", "", "kosong.csv: berkas kosong"},
		{"kosong.csv", utf8BOM + "\r\n ", "kosong.csv: berkas kosong"},
		{"r.xlsx", "bukan excel", "r.xlsx: bukan berkas XLSX"},
		{"r.xlsx", "PK\x03\x04 rusak", "r.xlsx: bukan berkas XLSX"},
		{"r.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "r.xls: ini berkas .xls lama"},
		{"r.xls", "<html><table><tr><td>1</td></tr></table>", "r.xls: isinya halaman HTML"},
		{"r.csv", "%PDF-1.7\n1,2", "r.csv: bukan berkas CSV"},
		{"r.csv", "\x01\x02\x03\x04\x05", "r.csv: bukan berkas CSV"},
		{"r.csv", "a,b\n1,\"terbuka\n2,3\n", `r.csv baris 2: tanda kutip (") yang dibuka`},
		{"r.csv", strings.Repeat("a,", 600), "r.csv baris 1: lebih dari 512 kolom"},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			_, err := read(t, tt.name, []byte(tt.content))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("error %v, want *Error", err)
			}
			if !strings.HasPrefix(e.Error(), tt.want) || strings.Contains(e.Error(), "\n") {
				t.Errorf("got  %q\nwant %q and one line", e.Error(), tt.want)
			}
		})
	}
}

func TestMissingFile(t *testing.T) {
	for _, path := range []string{filepath.Join(t.TempDir(), "tidak-ada.csv"), t.TempDir()} {
		if _, err := Open(path, "", Limits{}); err == nil {
			t.Errorf("Open(%s): no error", path)
		}
	}
}

func TestLimits(t *testing.T) {
	if _, err := OpenReader(strings.NewReader("a,b\n1,2\n"), "x.csv", Limits{FileBytes: 4}); err == nil {
		t.Error("file above the limit was opened")
	}
	b, err := OpenReader(strings.NewReader("a,b\n1,\"xxxxxxxxxxxxxxxxxxxxxxxxx\n"), "x.csv", Limits{RecordBytes: 10})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	in, err := b.Rows("")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if _, err := in.Next(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Next(); err == nil || !strings.Contains(err.Error(), "tanda kutip") {
		t.Errorf("an open quote beyond the limit: %v", err)
	}
}

func TestSpoolIsRemoved(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	if _, err := read(t, "x.csv", []byte("a,b\n")); err != nil {
		t.Fatal(err)
	}
	if _, err := read(t, "x.xlsx", []byte("rusak")); err == nil {
		t.Fatal("no error for a broken workbook")
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if len(left) > 0 {
		t.Errorf("left in the temporary folder: %v", left)
	}
}

// TestReadsWhatIsWritten writes random cells with the standard library's
// writer and reads them back.
func TestReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		width := rapid.IntRange(2, 6).Draw(rt, "width")
		cell := rapid.StringOfN(rapid.RuneFrom([]rune("ab,;\"' \n\té±")), 0, 8, -1)
		row := rapid.SliceOfN(cell, width, width)
		rows := rapid.SliceOfN(row, 1, 10).Draw(rt, "rows")
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		if err := w.WriteAll(rows); err != nil {
			rt.Fatal(err)
		}
		in := newCSVReader(bytes.NewReader(out.Bytes()), nil, "x.csv", ',', DefaultLimits)
		var got [][]string
		for {
			r, err := in.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				rt.Fatal(err)
			}
			got = append(got, r.Cells)
		}
		if diff := cmp.Diff(rows, got); diff != "" {
			rt.Fatalf("cells (-written +read):\n%s", diff)
		}
	})
}

// FuzzRead checks that no content makes the reader panic, hang, give invalid
// text, or give row numbers that do not grow.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", utf8BOM + "a;b\r\n\"x\"y\"", "\xff\xfea\x00,\x00", "PK\x03\x04", "\"", "a\tb\r\r\n\xe9"} {
		f.Add("x.csv", []byte(seed))
		f.Add("x.xlsx", []byte(seed))
	}
	f.Add("x.xlsx", sampleWorkbook(f))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		rows, err := read(t, name, content)
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("error of type %T: %v", err, err)
		}
		last := 0
		for _, row := range rows {
			for _, cell := range row.Cells {
				if !utf8.ValidString(cell) && !strings.HasPrefix(string(content), "PK") {
					t.Fatalf("invalid UTF-8 in row %d: %q", row.Number, cell)
				}
			}
			if row.Number <= last && !strings.HasPrefix(string(content), "PK") {
				t.Fatalf("row %d after row %d", row.Number, last)
			}
			last = row.Number
		}
	})
}

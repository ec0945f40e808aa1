package table

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// workbookBytes saves a workbook that fill has filled.
func workbookBytes(t testing.TB, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func sampleWorkbook(t testing.TB) []byte {
	return workbookBytes(t, func(f *excelize.File) {
		must(t, f.SetSheetRow("Sheet1", "A1", &[]any{"no", "tgl", "opd"}))
		must(t, f.SetSheetRow("Sheet1", "A2", &[]any{1, time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), "Dinas A"}))
	})
}

// TestDateCells writes one instant under many number formats; a date cell
// reads the same whatever its format shows, and other numbers as stored.
func TestDateCells(t *testing.T) {
	serial := 46053.3541666667 // 2026-01-31 08:30
	formats := []struct {
		code string
		want string
	}{
		{"m/d/yy", "2026-01-31 08:30:00"},
		{"dd/mm/yyyy", "2026-01-31 08:30:00"},
		{`[$-421]dddd, d mmmm yyyy`, "2026-01-31 08:30:00"},
		{`"tgl "d-mmm`, "2026-01-31 08:30:00"},
		{"#,##0", "46053.3541666667"},
		{`"hari ke "0`, "46053.3541666667"},
		{"[Red]0.00", "46053.3541666667"},
	}
	content := workbookBytes(t, func(f *excelize.File) {
		for i, format := range formats {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format.code})
			must(t, err)
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			must(t, err)
			must(t, f.SetCellValue("Sheet1", cell, serial))
			must(t, f.SetCellStyle("Sheet1", cell, cell, style))
		}
		builtin, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		must(t, f.SetCellValue("Sheet1", "A8", 46053))
		must(t, f.SetCellStyle("Sheet1", "A8", "A8", builtin))
	})
	rows, err := read(t, "x.xlsx", content)
	must(t, err)
	var got, want []string
	for _, row := range rows {
		got = append(got, row.Cells[0])
	}
	for _, format := range formats {
		want = append(want, format.want)
	}
	want = append(want, "2026-01-31")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
}

func TestSheets(t *testing.T) {
	content := workbookBytes(t, func(f *excelize.File) {
		for _, name := range []string{"Februari", "Rahasia"} {
			_, err := f.NewSheet(name)
			must(t, err)
		}
		must(t, f.SetSheetVisible("Rahasia", false))
		must(t, f.SetCellValue("Sheet1", "B3", "x"))
		must(t, f.SetCellValue("Sheet1", "D3", "   "))
		must(t, f.SetCellValue("Februari", "A1", "0012"))
	})
	b, err := OpenReader(bytes.NewReader(content), "x.xlsx", Limits{})
	must(t, err)
	defer b.Close()
	if diff := cmp.Diff([]string{"Sheet1", "Februari"}, b.Sheets()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	rows, err := read(t, "x.xlsx", content)
	must(t, err)
	want := []Row{{1, nil}, {2, nil}, {3, []string{"", "x"}}, {1, []string{"0012"}}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestIsDateCode(t *testing.T) {
	for code, want := range map[string]bool{
		"yyyy-mm-dd": true, "d/m": true, "h:mm": false, "General": false, "0%": false, `"day" 0`: false, "[$-421]d mmm": true,
		"#,##0;[Red]d": false, `\d0`: false, "[h]:mm:ss": false,
	} {
		if got := isDateCode(code); got != want {
			t.Errorf("isDateCode(%q) = %v, want %v", code, got, want)
		}
	}
}

package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"image"
	"image/png"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// big is a month with enough of everything for every chart.
func big(month string) *metrics.Report {
	r := report()
	r.Month = month
	// Months differ, or a line of them would be none.
	r.Publication.Articles += int(month[len(month)-1]-'0') * 50
	r.Agenda = metrics.Agenda{Events: 12, Covered: ptr(7), OPD: []metrics.AgendaOPD{
		{OPD: "1.01", Name: "Dinas Kesehatan", Events: 10, Covered: ptr(7), MedianDaysToPublish: ptr(0.5)},
		{OPD: "1.02", Name: "Dinas Sosial", Events: 2, Covered: ptr(0)},
	}}
	r.Places = []metrics.PlaceStories{{Place: "Air Merapin", Stories: 9}, {Place: "Jakarta", Stories: 3}}
	r.Complaints.Resolve = metrics.CaseTable{OPD: []metrics.CaseOPD{
		{OPD: "1.01", Name: "Dinas Kesehatan", N: 118, CaseCounts: metrics.CaseCounts{OnTime: 100, Late: 18}, OnTimeShare: ptr(100.0 / 118), RMSTWD: ptr(8.5)},
		{OPD: "2.16.2.20.2.21.01.0000", Name: "Dinas Kominfo", N: 2, CaseCounts: metrics.CaseCounts{OnTime: 2}, OnTimeShare: ptr(1.0), RMSTWD: ptr(2.5)},
	}}
	return r
}

func day(t testing.TB, text string) calendar.Day {
	t.Helper()
	d, err := calendar.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// details are a few rows, one of them hostile.
func details(t testing.TB) []metrics.Detail {
	d := day(t, "2026-10-05")
	return []metrics.Detail{
		{Kind: metrics.DetailStory, OPD: "1.01", Name: "Dinas Kesehatan", Title: "=HYPERLINK(\"http://jahat\")", URL: "https://contoh.go.id/a", Day: d},
		{
			Kind: metrics.DetailRequest, OPD: "1.01", Name: "Dinas Kesehatan", ID: "001234567890123456", Day: d, Received: &d, Ended: ptr(d.Add(9)),
			WaitWD: ptr(7), LimitWD: ptr(10), State: metrics.DetailOnTime,
		},
		{Kind: metrics.DetailComplaint, ID: "+62", Type: "supervision", Day: d, WaitWD: ptr(4), LimitWD: ptr(3), State: metrics.DetailLate, Progress: metrics.ProgressMisrouted},
	}
}

func from(list []metrics.Detail) Rows {
	return func(emit func(metrics.Detail) error) error {
		for _, d := range list {
			if err := emit(d); err != nil {
				return err
			}
		}
		return nil
	}
}

func open(t *testing.T, r *metrics.Report, o Options) (*excelize.File, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := Workbook(&b, r, o); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, b.Bytes()
}

func monthsOf(list ...*metrics.Report) []metrics.SeriesMonth {
	var months []metrics.SeriesMonth
	for _, r := range list {
		months = append(months, r.InSeries())
	}
	return months
}

func full(t *testing.T) Options {
	return Options{
		History: monthsOf(big("2026-08"), big("2026-09"), big("2026-10")), Rows: from(details(t)), Example: true,
		Regions: []*metrics.Report{big("2026-10"), big("2026-10")}, Filter: "OPD kecamatan",
		Letterhead: &Letterhead{Government: "Pemerintah Kabupaten Contoh", Office: "Dinas Kominfo", Address: "Jalan Contoh 1", Place: "Contoh", Position: "Kepala Dinas", NIP: "1980", Logo: picture(t)},
	}
}

func picture(t *testing.T) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 80))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEverySheet(t *testing.T) {
	f, book := open(t, big("2026-10"), full(t))
	want := []string{"Ringkasan", "Peringkat", "Tren", "PPID", "Pengaduan", "Pranata Humas", "Agenda", "Wilayah", "Rincian", "Definisi", "Mutu Data"}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Fatal(diff)
	}
	charts := 0
	for charts < 100 {
		_, there := f.Pkg.Load(fmt.Sprintf("xl/charts/chart%d.xml", charts+1))
		if !there {
			break
		}
		charts++
	}
	if charts < 8 {
		t.Errorf("%d charts, want at least 8", charts)
	}
	// Every chart reads cells, not numbers of its own.
	for i := range charts {
		text := html.UnescapeString(part(t, book, fmt.Sprintf("xl/charts/chart%d.xml", i+1)))
		if !strings.Contains(text, "<f>'") || strings.Contains(text, "<v>") {
			t.Errorf("chart %d is not bound to cells: %s", i+1, text)
		}
	}
	for _, sheet := range want {
		above := 0
		if sheet == sheetSummary {
			above = letterRows
		}
		zone, _ := f.GetCellValue(sheet, fmt.Sprint("A", above+4))
		if zone != "Zona waktu WITA (Asia/Makassar) · saringan: OPD kecamatan · kode laporan: sementara (bulan belum ditutup) · DATA CONTOH" {
			t.Errorf("%s: %q", sheet, zone)
		}
		foot, err := f.GetHeaderFooter(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if sheet != sheetSummary && !strings.Contains(foot.OddHeader, "Pemerintah Kabupaten Contoh") {
			t.Errorf("%s: page head %q", sheet, foot.OddHeader)
		}
		if len(foot.OddFooter) > 255 || len(foot.OddHeader) > 255 {
			t.Errorf("%s: head or foot longer than the format allows", sheet)
		}
	}
	for sheet, key := range map[string]string{"Peringkat": "A6:A8", "PPID": "H6:H7", "Agenda": "E6:E7"} {
		looks, err := f.GetConditionalFormats(sheet)
		if err != nil || len(looks[key]) == 0 {
			t.Errorf("%s: no look on %s: %v %v", sheet, key, looks, err)
		}
	}
	if text := part(t, book, "xl/worksheets/sheet3.xml"); strings.Count(text, "<x14:sparkline>") != trendFigures+3 {
		t.Errorf("sparklines: %d", strings.Count(text, "<x14:sparkline>"))
	}
}

func TestClosedMonthShowsItsCode(t *testing.T) {
	r := big("2026-10")
	r.Closed = &metrics.Closed{ID: "9901-202610-1-K7Q4ZD2M"}
	f, _ := open(t, r, Options{})
	for _, sheet := range f.GetSheetList() {
		if line, _ := f.GetCellValue(sheet, "A4"); !strings.Contains(line, r.Closed.ID) {
			t.Errorf("%s: %q", sheet, line)
		}
	}
}

// leaves lists the numbers of a JSON document by path.
func leaves(path string, v any, out map[string]float64) {
	switch v := v.(type) {
	case float64:
		out[path] = v
	case []any:
		for i, e := range v {
			leaves(path+"."+strconv.Itoa(i), e, out)
		}
	case map[string]any:
		for k, e := range v {
			leaves(strings.TrimPrefix(path+"."+k, "."), e, out)
		}
	}
}

// Every figure of the report's tables stands in the workbook, unrounded, in
// the row of its OPD and the column of its name.
func TestWorkbookHoldsEveryFigure(t *testing.T) {
	r := big("2026-10")
	f, _ := open(t, r, Options{})
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var document map[string]any
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	at := func(path string) any {
		var v any = document
		for _, p := range strings.Split(path, ".") {
			v = v.(map[string]any)[p]
		}
		return v
	}
	checked := 0
	for _, c := range []struct {
		sheet, path string
		first       int
		t           table
	}{
		{sheetRanking, "publication.opd", 0, ranking(r)},
		{sheetRequests, "ppid.opd", 0, requests(r)},
		{sheetComplaints, "complaints.first_response.opd", 0, complaints(r)},
		{sheetComplaints, "complaints.resolve.opd", 1, complaints(r)},
		{sheetPeople, "people", 0, people(r)},
		{sheetAgenda, "agenda.opd", 0, agenda(r)},
		{sheetRegions, "places", 0, func() table { t, _ := regions(r, nil); return t }()},
	} {
		for i, row := range at(c.path).([]any) {
			numbers := map[string]float64{}
			leaves("", row, numbers)
			for j, column := range c.t.columns {
				want, ok := numbers[column.key]
				if !ok {
					continue
				}
				cell, _ := excelize.CoordinatesToCellName(j+1, headerRow+1+c.first+i)
				raw, err := f.GetCellValue(c.sheet, cell, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				got, err := strconv.ParseFloat(raw, 64)
				if err != nil && strings.ContainsAny(raw, "abcdefghijklmnopqrstuvwxyz–") {
					continue // words in the place of a number that would be misread
				}
				if got != want {
					t.Errorf("%s!%s (%s) is %q, the report says %v", c.sheet, cell, column.key, raw, want)
				}
				checked++
			}
		}
	}
	if checked < 70 {
		t.Errorf("only %d figures were compared", checked)
	}
	for i, figure := range figures.Key(wording.Indonesian, r, nil) {
		raw, _ := f.GetCellValue(sheetSummary, fmt.Sprint("B", headerRow+1+i), excelize.Options{RawCellValue: true})
		if got, _ := strconv.ParseFloat(raw, 64); figure.Number != nil && got != *figure.Number {
			t.Errorf("%s is %q, not %v", figure.Title, raw, *figure.Number)
		}
	}
}

func TestTrendHoldsTheMonths(t *testing.T) {
	history := []*metrics.Report{}
	for i := range 14 {
		r := big(time.Date(2025, time.August+time.Month(i), 1, 0, 0, 0, 0, time.UTC).Format("2006-01"))
		r.Publication.Stories = 100 + i
		history = append(history, r)
	}
	history[12].Publication.OPD = history[12].Publication.OPD[:1] // the others were not there yet
	f, book := open(t, big("2026-10"), Options{History: monthsOf(history...)})
	rows, err := f.GetRows(sheetTrend)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Nov 2025", "Des 2025"}, rows[4][3:5]); diff != "" || len(rows[4]) != 15 || rows[4][14] != "Okt 2026" {
		t.Errorf("months %v", rows[4])
	}
	if diff := cmp.Diff([]string{"Berita", "", "103", "104"}, rows[5][1:5]); diff != "" {
		t.Error(diff)
	}
	// A month in which the OPD was not there is empty, not zero.
	if gone, after := rows[headerRow+trendFigures+1][12], rows[headerRow+trendFigures+1][13]; gone != "" || after != "0" {
		t.Errorf("stories of Dinas Sosial: %q, then %q", gone, after)
	}
	line := ""
	for i := 1; !strings.Contains(line, "lineChart"); i++ {
		line = html.UnescapeString(part(t, book, fmt.Sprintf("xl/charts/chart%d.xml", i)))
	}
	if !strings.Contains(line, "<f>'Tren'!$D$6:$O$6</f>") {
		t.Errorf("the line does not read the months: %s", line)
	}
	empty, _ := open(t, big("2026-10"), Options{})
	if got, _ := empty.GetCellValue(sheetTrend, "A6"); got != "Bulan-bulan sebelumnya tidak disertakan dalam buku kerja ini." {
		t.Errorf("without history: %q", got)
	}
}

func TestRows(t *testing.T) {
	f, _ := open(t, big("2026-10"), Options{Rows: from(details(t))})
	rows, err := f.GetRows(sheetRows)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"berita", "1.01", "Dinas Kesehatan", "5 Okt 2026", "", "=HYPERLINK(\"http://jahat\")", "https://contoh.go.id/a"},
		{"permohonan PPID", "1.01", "Dinas Kesehatan", "5 Okt 2026", "001234567890123456", "", "", "", "", "", "5 Okt 2026", "14 Okt 2026", "7", "10", "tepat waktu"},
		{"pengaduan masuk", "", "", "5 Okt 2026", "+62", "", "", "Pengaduan berkadar pengawasan", "", "", "", "", "4", "3", "terlambat", "salah alamat"},
	}
	if diff := cmp.Diff(want, rows[headerRow:]); diff != "" {
		t.Error(diff)
	}
	if formula, _ := f.GetCellFormula(sheetRows, "F6"); formula != "" {
		t.Errorf("a title became the formula %q", formula)
	}
	tables, err := f.GetTables(sheetRows)
	if err != nil || len(tables) != 1 || tables[0].Range != "A5:P8" {
		t.Errorf("filter: %+v, %v", tables, err)
	}
	if panes, err := f.GetPanes(sheetRows); err != nil || !panes.Freeze || panes.YSplit != headerRow {
		t.Errorf("panes %+v, %v", panes, err)
	}
	control := ""
	list, _ := f.GetRows(sheetQuality)
	for _, row := range list {
		if row[0] == "Kendali: baris rincian berita" {
			control = strings.Join(row[1:], "|")
		}
	}
	if control != "1|angka laporan 1.234; datanya berubah sesudah laporan dibekukan" {
		t.Errorf("control: %q", control)
	}
}

// Rows beyond the end of a sheet go on on the next, none lost and none twice.
func TestRowsSplitOverSheets(t *testing.T) {
	var list []metrics.Detail
	for i := range 25 {
		list = append(list, metrics.Detail{Kind: metrics.DetailStory, ID: strconv.Itoa(i), Day: 20000})
	}
	f, _ := open(t, big("2026-10"), Options{Rows: from(list), sheetRows: headerRow + 10})
	var ids []string
	for _, sheet := range []string{"Rincian", "Rincian 2", "Rincian 3"} {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[headerRow:] {
			ids = append(ids, row[4])
		}
	}
	if len(ids) != 25 || ids[0] != "0" || ids[24] != "24" || !slices.IsSortedFunc(ids, func(a, b string) int {
		x, _ := strconv.Atoi(a)
		y, _ := strconv.Atoi(b)
		return x - y
	}) {
		t.Errorf("rows %v", ids)
	}
	if list := f.GetSheetList(); list[len(list)-1] != sheetQuality || !slices.Contains(list, "Rincian 3") {
		t.Errorf("sheets %v", list)
	}
	if none, _ := open(t, big("2026-10"), Options{Rows: from(nil)}); none != nil {
		if got, _ := none.GetCellValue(sheetRows, "A6"); got != "Tidak ada baris pada periode ini." {
			t.Errorf("without rows: %q", got)
		}
	}
}

func TestRowsThatFail(t *testing.T) {
	broken := errors.New("sambungan putus")
	var b bytes.Buffer
	err := Workbook(&b, big("2026-10"), Options{Rows: func(func(metrics.Detail) error) error { return broken }})
	if !errors.Is(err, broken) || b.Len() != 0 {
		t.Errorf("%d bytes written, %v", b.Len(), err)
	}
}

func TestLogo(t *testing.T) {
	for name, c := range map[string]struct {
		logo []byte
		warn string
	}{
		"picture":      {picture(t), ""},
		"no picture":   {[]byte("bukan gambar sama sekali"), "bukan gambar"},
		"hostile":      {[]byte("<svg onload=alert(1)>"), "bukan gambar"},
		"too large":    {make([]byte, maxLogoBytes+1), "lebih besar"},
		"out of scale": {wide(t), "tidak wajar"},
		"none":         {nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var warnings []string
			o := Options{Letterhead: &Letterhead{Government: "Pemerintah Kota", Office: "Diskominfo", Logo: c.logo}, Warn: func(s string) { warnings = append(warnings, s) }}
			f, _ := open(t, big("2026-10"), o)
			pictures, err := f.GetPictures(sheetSummary, "A1")
			if err != nil {
				t.Fatal(err)
			}
			if got := len(pictures) == 1; got != (name == "picture") {
				t.Errorf("picture on the sheet: %v", got)
			}
			if (c.warn == "") != (len(warnings) == 0) || c.warn != "" && (len(warnings) != 1 || !strings.Contains(warnings[0], c.warn) || strings.Contains(warnings[0], "\n")) {
				t.Errorf("warnings %q", warnings)
			}
			if office, _ := f.GetCellValue(sheetSummary, "A2"); office != "Diskominfo" {
				t.Errorf("office %q", office)
			}
		})
	}
}

func wide(t *testing.T) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, maxLogoPixels+1, 1))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A code stands on one line, however long.
func TestCodesDoNotWrap(t *testing.T) {
	f, _ := open(t, big("2026-10"), Options{})
	width, err := f.GetColWidth(sheetComplaints, "B")
	if err != nil || width < 24 {
		t.Errorf("the column of a code of 22 letters is %v wide, %v", width, err)
	}
}

// A name of 200 letters does not break the workbook.
func TestLongNames(t *testing.T) {
	r := big("2026-10")
	long := strings.Repeat("Badan & <Pengembangan> ", 9)[:200]
	r.RegionName, r.Publication.OPD[0].Name = long, long
	f, _ := open(t, r, Options{Letterhead: &Letterhead{Government: long, Office: long}})
	if got, _ := f.GetCellValue(sheetRanking, "E6"); got != long {
		t.Errorf("name %q", got)
	}
	foot, err := f.GetHeaderFooter(sheetRanking)
	if err != nil || len([]rune(foot.OddFooter)) > 255 || len([]rune(foot.OddHeader)) > 255 {
		t.Errorf("page head and foot: %d, %d letters, %v", len([]rune(foot.OddHeader)), len([]rune(foot.OddFooter)), err)
	}
}

func BenchmarkWorkbook(b *testing.B) {
	r := big("2026-10")
	for b.Loop() {
		if err := Workbook(io.Discard, r, Options{History: monthsOf(r), Rows: from(details(b))}); err != nil {
			b.Fatal(err)
		}
	}
}

// Whatever stands in the file, a logo either is a picture or is left out with
// one line.
func FuzzLogo(f *testing.F) {
	f.Add([]byte("GIF89a"))
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		warnings := 0
		o := Options{Letterhead: &Letterhead{Logo: file}, Warn: func(string) { warnings++ }}
		if l := o.readLogo(); (l == nil) != (warnings == 1) && len(file) > 0 {
			t.Errorf("logo %v with %d warnings", l != nil, warnings)
		}
	})
}

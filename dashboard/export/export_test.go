package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"html"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gaung/metrics"
)

func ptr[T any](v T) *T { return &v }

func report() *metrics.Report {
	return &metrics.Report{
		Region: "99.01", RegionName: "Kabupaten Contoh & Sekitarnya", Month: "2026-10", AsOf: "2026-11-05", Timezone: "Asia/Makassar",
		DefinitionsVersion: 1, GeneratedAt: time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC),
		Publication: metrics.Publication{Articles: 1500, Stories: 1234, OPD: []metrics.PublicationOPD{
			{
				OPD: "1.01", Name: "Dinas Kesehatan", Status: metrics.StatusOK, Articles: 1500, Stories: 1234, Weeks: 5, WeeksMet: 5, TargetPerWeek: 2,
				ActiveDays: 31, DaysSinceLast: ptr(0), PreviousStories: ptr(0), Score: ptr(1.2), RankMean: ptr(1.25), RankLow: ptr(1), RankHigh: ptr(2), Tier: ptr("A"), PTopTier: ptr(0.75),
			},
			{OPD: "1.02", Name: "Dinas Sosial", Status: metrics.StatusQuiet, Weeks: 5, TargetPerWeek: 2.5, Score: ptr(0.0), RankMean: ptr(2.0), RankLow: ptr(2), RankHigh: ptr(2), Tier: ptr("C")},
			{OPD: "1.03", Name: "Bagian Umum", Status: metrics.StatusSourceFailed, Weeks: 5, TargetPerWeek: 2},
		}},
		PPID: metrics.PPID{Received: 7, CaseCounts: metrics.CaseCounts{OnTime: 4, Late: 1, Pending: 1, Excluded: 1}, OPD: []metrics.CaseOPD{
			{
				OPD: "1.01", Name: "Dinas Kesehatan", N: 5, CaseCounts: metrics.CaseCounts{OnTime: 4, Late: 1}, OnTimeShare: ptr(0.8), OnTimeLow: ptr(0.3755), OnTimeHigh: ptr(0.9638),
				MedianWD: ptr(6.0), RMSTWD: ptr(7.25), RMSTIsBound: ptr(true), MeanClosedWD: ptr(6.5), Score: ptr(7.0), RankLow: ptr(1), RankHigh: ptr(1), Tier: ptr("A"),
			},
			{OPD: "1.02", Name: "Dinas Sosial", N: 2, CaseCounts: metrics.CaseCounts{Pending: 1, Excluded: 1}, Tier: ptr("data kurang")},
		}},
		Complaints: metrics.Complaints{
			ByKind: map[string]int{"complaint": 120}, FollowedUpShare: ptr(0.915), ResolvedShare: ptr(0.5),
			FirstResponse: metrics.CaseTable{OPD: []metrics.CaseOPD{{OPD: "1.01", Name: "Dinas Kesehatan", N: 120, CaseCounts: metrics.CaseCounts{OnTime: 120}, OnTimeShare: ptr(1.0)}}},
		},
		People:      []metrics.PersonWorks{{PersonID: "198001012005011001", Name: "Siti", OPD: "1.01", AsAuthor: 3}},
		DataQuality: metrics.DataQuality{RejectedRows: 4, FailedSources: []metrics.FailedSource{{Source: "situs", OPD: "1.03", Expected: 10, Answered: 2, Reason: "dns"}}},
	}
}

func workbook(t *testing.T, r *metrics.Report) (*excelize.File, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := Workbook(&b, r, Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, b.Bytes()
}

func TestWorkbookSheets(t *testing.T) {
	f, _ := workbook(t, report())
	want := []string{"Ringkasan", "Peringkat", "Tren", "PPID", "Pengaduan", "Pranata Humas", "Agenda", "Rincian", "Definisi", "Mutu Data"}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for _, sheet := range want {
		region, _ := f.GetCellValue(sheet, "A2")
		moment, _ := f.GetCellValue(sheet, "A3")
		if region != "Kabupaten Contoh & Sekitarnya (99.01) · Oktober 2026" ||
			moment != "Keadaan per 5 November 2026 WITA · dibuat 5 Nov 2026 pukul 09.00 WITA · definisi versi 1" {
			t.Errorf("%s: headings %q, %q", sheet, region, moment)
		}
		layout, err := f.GetPageLayout(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if *layout.Size != paperA4 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
			t.Errorf("%s: page layout %+v", sheet, layout)
		}
		foot, err := f.GetHeaderFooter(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(foot.OddFooter, "Halaman &P dari &N") || !strings.Contains(foot.OddFooter, "Contoh && Sekitarnya") {
			t.Errorf("%s: footer %q", sheet, foot.OddFooter)
		}
		if sheet == sheetSummary {
			continue
		}
		panes, err := f.GetPanes(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if !panes.Freeze || panes.YSplit != headerRow {
			t.Errorf("%s: panes %+v", sheet, panes)
		}
	}
	titles := map[string]string{}
	for _, name := range f.GetDefinedName() {
		if name.Name == "_xlnm.Print_Titles" {
			titles[name.Scope] = name.RefersTo
		}
	}
	if len(titles) != len(want) || titles["Pranata Humas"] != "'Pranata Humas'!$5:$5" {
		t.Errorf("repeated rows: %v", titles)
	}
}

func TestWorkbookCells(t *testing.T) {
	f, _ := workbook(t, report())
	for ref, want := range map[string]struct{ raw, shown string }{
		"Peringkat!G6":     {"1234", ""},                     // stories
		"Peringkat!O6":     {"1.2", "120%"},                  // score
		"Peringkat!N6":     {"0", ""},                        // previous stories: a zero is a number
		"Peringkat!G7":     {"0", ""},                        // quiet: no stories
		"Peringkat!N7":     {"–", "–"},                       // not known
		"Peringkat!M7":     {"belum pernah", "belum pernah"}, // never a story
		"Peringkat!G8":     {"sumber gagal", "sumber gagal"}, // broken source
		"Peringkat!A8":     {"–", "–"},                       // not ranked
		"PPID!H6":          {"0.8", "80%"},                   // 5 cases: whole per cent
		"PPID!H7":          {"belum matang", "belum matang"}, // still inside the limit
		"PPID!O7":          {"data kurang", "data kurang"},   // too few cases
		"PPID!M6":          {"ya (≤)", "ya (≤)"},             // upper bound
		"Pengaduan!A6":     {"Tanggapan pertama", ""},        //
		"Pengaduan!I6":     {"1", "100.0%"},                  // 120 cases: one decimal
		"Pranata Humas!A6": {"198001012005011001", ""},       // all 18 digits
		"Pranata Humas!E6": {"Dinas Kesehatan", ""},          //
		"Ringkasan!B6":     {"1234", ""},                     //
		"Ringkasan!B8":     {"0.8", "80%"},                   // PPID on time
		"Ringkasan!B9":     {"0.915", "91.5%"},               // complaints followed up
		"Mutu Data!B10":    {"4", ""},                        // rejected rows
		"Mutu Data!A11":    {"Sumber gagal: situs (Bagian Umum)", ""},
	} {
		sheet, cell, _ := strings.Cut(ref, "!")
		raw, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if raw != want.raw {
			t.Errorf("%s holds %q, want %q", ref, raw, want.raw)
		}
		if shown, _ := f.GetCellValue(sheet, cell); want.shown != "" && shown != want.shown {
			t.Errorf("%s shows %q, want %q", ref, shown, want.shown)
		}
	}
	for ref, want := range map[string]excelize.CellType{
		"Peringkat!G6": excelize.CellTypeUnset, "Peringkat!E6": excelize.CellTypeSharedString, "Pranata Humas!A6": excelize.CellTypeSharedString,
	} {
		sheet, cell, _ := strings.Cut(ref, "!")
		if got, _ := f.GetCellType(sheet, cell); got != want {
			t.Errorf("%s has type %v, want %v", ref, got, want)
		}
	}
}

// part is one file of the zip that a workbook is.
func part(t *testing.T, book []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWorkbookChartReadsTheRanking(t *testing.T) {
	_, book := workbook(t, report())
	chart := html.UnescapeString(part(t, book, "xl/charts/chart1.xml"))
	for _, want := range []string{"<f>'Peringkat'!$O$6:$O$8</f>", "<f>'Peringkat'!$E$6:$E$8</f>", `<barDir val="bar">`, `<min val="0">`} {
		if !strings.Contains(chart, want) {
			t.Errorf("chart lacks %s", want)
		}
	}
	header := part(t, book, "xl/worksheets/sheet2.xml")
	if !strings.Contains(header, `<autoFilter ref="$A$5:$Q$8"`) && !strings.Contains(header, `<autoFilter ref="A5:Q8"`) {
		t.Error("the ranking has no filter over its rows")
	}
}

func TestWorkbookOfEmptyReport(t *testing.T) {
	f, _ := workbook(t, &metrics.Report{Region: "99.01", Month: "2026-10", AsOf: "2026-10-05", Timezone: "Nowhere/Zone"})
	if got, _ := f.GetCellValue(sheetRequests, "A6"); got != "Tidak ada permohonan pada periode ini." {
		t.Errorf("empty table says %q", got)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriteErrorsAreReported(t *testing.T) {
	if err := Workbook(brokenWriter{}, report(), Options{}); err == nil {
		t.Error("Workbook to a closed pipe succeeded")
	}
	if err := CSV(brokenWriter{}, report(), "ppid"); err == nil {
		t.Error("CSV to a closed pipe succeeded")
	}
	if err := CSV(io.Discard, report(), "gaji"); err == nil {
		t.Error("CSV of an unknown table succeeded")
	}
}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	if err := CSV(&b, report(), "publikasi"); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffregion,month,as_of,tier,rank_low,rank_high,opd,name,status,stories,articles,weeks_met,weeks,target_per_week,active_days,days_since_last,previous_stories,score,rank_mean,p_top_tier\r\n" +
		"99.01,2026-10,2026-11-05,A,1,2,1.01,Dinas Kesehatan,ok,1234,1500,5,5,2,31,0,0,1.2,1.25,0.75\r\n" +
		"99.01,2026-10,2026-11-05,C,2,2,1.02,Dinas Sosial,quiet,0,0,0,5,2.5,0,,,0,2,\r\n" +
		"99.01,2026-10,2026-11-05,,,,1.03,Bagian Umum,source_failed,0,0,0,5,2,0,,,,,\r\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
	for metric, rows := range map[string]int{"publikasi": 3, "ppid": 2, "pengaduan": 1} {
		var b bytes.Buffer
		if err := CSV(&b, report(), metric); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
		if err != nil || len(records) != rows+1 {
			t.Errorf("%s: %d rows, %v", metric, len(records)-1, err)
		}
	}
}

func FuzzInert(f *testing.F) {
	for _, s := range []string{"", "=1", "+", "-x", "@", "\t=", "\r", "|", "biasa", "'=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := inert(s)
		if got != "" && strings.ContainsAny(got[:1], "=+-@\t\r\n|") {
			t.Errorf("inert(%q) = %q", s, got)
		}
		if strings.TrimPrefix(got, "'") != strings.TrimPrefix(s, "'") {
			t.Errorf("inert(%q) = %q changes the text", s, got)
		}
	})
}

func TestFileName(t *testing.T) {
	if got, want := FileName(report(), "publikasi", "csv"), "gaung_publikasi_99.01_2026-10_2026-11-05.csv"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	r := report()
	r.Region = "../../\"x\r\n"
	if got, want := FileName(r, "laporan", "xlsx"), "gaung_laporan_..-..--x--_2026-10_2026-11-05.xlsx"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestRowHeight(t *testing.T) {
	columns := []column{{width: 10}, {width: 30}}
	one := rowHeight(columns, []cell{plain("a"), plain(3)})
	two := rowHeight(columns, []cell{plain("a"), plain("Badan Kepegawaian dan Pengembangan Sumber")})
	if one != 17 || two != 30 {
		t.Errorf("heights %v and %v, want 17 and 30", one, two)
	}
}

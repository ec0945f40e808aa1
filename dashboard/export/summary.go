package export

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// summaryTable is the month in one table: the key figures first, then the
// totals behind them.
func summaryTable(r *metrics.Report) table {
	t := table{title: "Laporan kinerja komunikasi publik", columns: []column{
		{"", "Ukuran", text, 42},
		{"", "Nilai", count, 14},
		{"", "Dasar hitungan", text, 42},
		{"", "Target atau batas", text, 42},
	}}
	for _, f := range figures.Key(r, nil) {
		value := cell{words: f.Value.Text}
		switch {
		case f.Number == nil:
		case f.Share:
			value = shareOf(f.Number, f.Cases, "")
		default:
			value = plain(int(*f.Number))
		}
		basis := f.N
		if f.Of != "" {
			basis = f.Of + "; " + basis
		}
		t.rows = append(t.rows, []cell{plain(f.Title), value, plain(basis), plain(f.Target)})
	}
	add := func(title string, n int, basis string) {
		t.rows = append(t.rows, []cell{plain(title), plain(n), plain(basis), plain("")})
	}
	p := r.PPID
	add("PPID: permohonan masuk", p.Received, "menurut tanggal diterima")
	add("PPID: selesai tepat waktu", p.OnTime, "kohor bulan ini")
	add("PPID: terlambat", p.Late, "termasuk yang masih terbuka lewat batas")
	add("PPID: menunggu dalam batas", p.Pending, "kohor bulan ini")
	add("PPID: dikeluarkan", p.Excluded, "dicabut pemohon sebelum dijawab")
	add("PPID: diperpanjang", p.Extended, "batas menjadi 17 hari kerja")
	add("PPID: ditolak", p.Refused, "kohor bulan ini")
	add("PPID: keberatan masuk", p.Objections, "menurut tanggal keberatan diterima")
	for _, k := range wording.Kinds(r.Complaints.ByKind) {
		add("SP4N-LAPOR!: "+k.Words, k.N, "masuk pada bulan ini, termasuk salah alamat")
	}
	t.rows = append(t.rows, []cell{
		plain("SP4N-LAPOR!: selesai"), shareOf(r.Complaints.ResolvedShare, figures.Submitted(r.Complaints), wording.Unknown),
		plain(wording.Count(figures.Submitted(r.Complaints)) + " pengaduan masuk"), plain(""),
	})
	v := r.Complaints.Verify
	add("Verifikasi admin: tepat waktu", v.OnTime, "dari "+wording.Count(v.N)+" pengaduan, batas 3 hari kerja")
	add("Verifikasi admin: terlambat", v.Late, "dari "+wording.Count(v.N)+" pengaduan")
	add("Verifikasi admin: menunggu", v.Pending, "dari "+wording.Count(v.N)+" pengaduan")
	add("Agenda diumumkan", r.Agenda.Events, "acara pada bulan ini")
	t.rows = append(t.rows,
		[]cell{plain("Agenda menjadi berita"), optional(r.Agenda.Covered, wording.Unknown), plain("dari " + wording.Count(r.Agenda.Events) + " acara"), plain("")},
		[]cell{plain("OPD yang punya pranata humas"), optional(r.Staffing.OPDWithPranataHumas, wording.Unknown), plain(wording.Count(len(r.Staffing.OPDWithout)) + " OPD belum punya"), plain("")},
	)
	return t
}

// summary fills the first sheet: the table on the first printed page, the
// chart on the second.
func (b *book) summary(sheet string) error {
	t := summaryTable(b.report)
	last, err := b.rows(sheet, t)
	if err != nil {
		return err
	}
	b.file.SetActiveSheet(0)
	if len(b.report.Publication.OPD) == 0 {
		return b.printSetup(sheet, len(t.columns), last, 1, headerRow-2)
	}
	b.chartRow = last + 2
	if err := b.file.InsertPageBreak(sheet, fmt.Sprintf("A%d", b.chartRow)); err != nil {
		return err
	}
	return b.printSetup(sheet, len(t.columns), b.chartRow+b.chartHeight()/emptyRowPixels+1, 1, headerRow-2)
}

// The chart is as wide as the summary table and at most as tall as a page.
const (
	chartWidth     = 985
	chartMaxHeight = 590
	// emptyRowPixels is the least height that an empty row has on screen.
	emptyRowPixels = 16
)

// chartHeight is the height of the chart in pixels, by the number of its bars.
func (b *book) chartHeight() int {
	return min(chartMaxHeight, 110+24*len(b.report.Publication.OPD))
}

// chart draws the stories per OPD as native bars that follow the cells of the
// ranking sheet.
func (b *book) chart() error {
	n := len(b.report.Publication.OPD)
	if n == 0 {
		return nil
	}
	first, last := headerRow+1, headerRow+n
	name := func(column string) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", sheetRanking, column, first, column, last)
	}
	gap := uint(40)
	return b.file.AddChart(sheetSummary, fmt.Sprintf("A%d", b.chartRow), &excelize.Chart{
		Type: excelize.Bar,
		Series: []excelize.ChartSeries{{
			Name:       fmt.Sprintf("%s!$%s$%d", sheetRanking, storiesColumn, headerRow),
			Categories: name(nameColumn),
			Values:     name(storiesColumn),
			DataLabel:  excelize.ChartDataLabel{Font: excelize.Font{Family: fontFamily, Size: 8, Color: ink}},
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"0072B2"}},
		}},
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{
			Text: "Berita per OPD, " + wording.MonthOf(b.report.Month) + " (urut peringkat)",
			Font: &excelize.Font{Family: fontFamily, Bold: true, Size: 11, Color: ink},
		}}},
		Legend:    excelize.ChartLegend{Position: "none"},
		Dimension: excelize.ChartDimension{Width: chartWidth, Height: uint(b.chartHeight())},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true},
		Border:    excelize.LineOptions{Type: excelize.LineNone},
		GapWidth:  &gap,
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: excelize.Font{Family: fontFamily, Size: 8, Color: ink}},
		YAxis:     excelize.ChartAxis{Minimum: new(float64), None: true, MajorGridLines: false},
		Format:    excelize.GraphicOptions{AltText: "Diagram batang jumlah berita per OPD; angkanya ada pada lembar " + sheetRanking},
	})
}

// The columns of the ranking sheet that the chart reads.
const (
	nameColumn    = "E"
	storiesColumn = "G"
)

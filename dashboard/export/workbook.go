package export

import (
	"archive/zip"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// The sheets of a workbook, in order. Wilayah is there when there are several
// regions or places.
const (
	sheetSummary     = "Ringkasan"
	sheetRanking     = "Peringkat"
	sheetTrend       = "Tren"
	sheetRequests    = "PPID"
	sheetComplaints  = "Pengaduan"
	sheetPeople      = "Pranata Humas"
	sheetAgenda      = "Agenda"
	sheetRegions     = "Wilayah"
	sheetRows        = "Rincian"
	sheetDefinitions = "Definisi"
	sheetQuality     = "Mutu Data"
)

// Workbook writes a report as an Excel workbook: summary, ranking, trend,
// PPID, complaints, pranata humas, agenda, regions, the rows behind the
// figures, definitions and data quality, with native charts that follow the
// cells. Text from outside is written as text and never becomes a formula.
// Rows are written as they come, so memory does not grow with them; w gets
// its first byte when everything has been read.
func Workbook(w io.Writer, r *metrics.Report, o Options) error {
	b, err := newBook(r, o)
	if err != nil {
		return fmt.Errorf("export: start workbook: %w", err)
	}
	defer func() { _ = b.file.Close() }()
	for _, s := range b.sheets() {
		if _, err := b.file.NewSheet(s.name); err != nil {
			return fmt.Errorf("export: sheet %s: %w", s.name, err)
		}
		if err := s.write(s.name); err != nil {
			return fmt.Errorf("export: sheet %s: %w", s.name, err)
		}
	}
	if err := b.chartsOnSummary(); err != nil {
		return fmt.Errorf("export: charts: %w", err)
	}
	if err := b.save(w); err != nil {
		return fmt.Errorf("export: write workbook: %w", err)
	}
	return nil
}

// sheet is one sheet and how it is filled.
type sheet struct {
	name  string
	write func(name string) error
}

// sheets lists the sheets in the order they stand in the book.
func (b *book) sheets() []sheet {
	list := []sheet{
		{sheetSummary, b.summary},
		{sheetRanking, b.rankingSheet},
		{sheetTrend, b.trendSheet},
		{sheetRequests, b.requestsSheet},
		{sheetComplaints, b.complaintsSheet},
		{sheetPeople, b.peopleSheet},
		{sheetAgenda, b.agendaSheet},
	}
	if t, ok := regions(b.report, b.options.Regions); ok {
		list = append(list, sheet{sheetRegions, func(name string) error { return b.regionsSheet(name, t) }})
	}
	return append(list,
		sheet{sheetRows, b.rowsSheets},
		sheet{sheetDefinitions, func(name string) error { return b.plainSheet(name, definitions(), "") }},
		sheet{sheetQuality, func(name string) error {
			return b.plainSheet(name, quality(b.report, b.counted, b.options.Revisions), "")
		}},
	)
}

// book is a workbook being written.
type book struct {
	file    *excelize.File
	report  *metrics.Report
	options Options
	style   styles
	// placed is where the tables of the sheets stand, by sheet.
	placed map[string]*placed
	// counted is the number of rows of each kind on the sheets Rincian; nil
	// where they were left out.
	counted map[metrics.DetailKind]int
}

func newBook(r *metrics.Report, o Options) (*book, error) {
	f := excelize.NewFile()
	if err := f.SetDefaultFont(fontFamily); err != nil {
		return nil, err
	}
	b := &book{file: f, report: r, options: o, placed: map[string]*placed{}}
	var err error
	if b.style, err = newStyles(f); err != nil {
		return nil, err
	}
	if err := f.SetSheetName("Sheet1", sheetSummary); err != nil {
		return nil, err
	}
	return b, f.SetDocProps(&excelize.DocProperties{
		Creator: "Gaung", Title: "Laporan " + r.RegionName + " " + figures.Period(wording.Indonesian, r), Subject: code(r),
		Language: "id-ID", Created: r.GeneratedAt.UTC().Format(time.RFC3339), Modified: r.GeneratedAt.UTC().Format(time.RFC3339),
	})
}

// save writes the file straight to w: the library would hold all of it in
// memory first.
func (b *book) save(w io.Writer) error {
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	return b.file.Write(io.Discard)
}

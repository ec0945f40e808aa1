package export

import (
	"fmt"
	"io"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// YearMonth is what UU 14/2008 article 12 has to be published of a month of
// information requests: how many came, the time they took, how many were
// granted and refused. Received counts by the day of receipt, everything else
// over the cohort whose clock started in the month.
type YearMonth struct {
	Month     string // YYYY-MM, or "" for the whole year
	Received  int
	Granted   int // answered and not refused
	Refused   int
	Open      int // not answered by the as-of day
	Withdrawn int
	OnTime    int
	Late      int
	MeanWD    *float64 // working days of the answered; nil where there are none
	LongestWD *int
}

// yearTable is the table of article 12.
func yearTable(months []YearMonth) table {
	t := table{name: "pasal12", title: "Layanan informasi publik setahun (UU 14/2008 Pasal 12)", columns: []column{
		{"month", "Bulan", text, 18},
		{"received", wording.Indonesian.MetricName("ppid.received"), count, 13},
		{"granted", "Dikabulkan", count, 12},
		metric("ppid.refused", count, 10),
		{"open", "Belum dijawab", count, 11},
		{"withdrawn", "Dicabut pemohon", count, 11},
		metric("ppid.on_time", count, 10),
		metric("ppid.late", count, 11),
		{"mean_wd", "Rata-rata waktu menjawab (hari kerja)", decimal, 18},
		{"longest_wd", "Paling lama (hari kerja)", count, 14},
	}}
	for _, m := range months {
		name := wording.Indonesian.MonthOf(m.Month)
		if m.Month == "" {
			name = "Jumlah"
		}
		t.rows = append(t.rows, []cell{
			worded(m.Month, name), plain(m.Received), plain(m.Granted), plain(m.Refused), plain(m.Open), plain(m.Withdrawn),
			plain(m.OnTime), plain(m.Late), optional(m.MeanWD, wording.Unknown), optional(m.LongestWD, wording.Unknown),
		})
	}
	return t
}

// reasonTable counts the reasons of refusals.
func reasonTable(reasons []Reason) table {
	t := table{name: "alasan", title: "Alasan penolakan setahun (UU 14/2008 Pasal 12 huruf d)", columns: []column{
		{"reason", "Alasan penolakan", text, 90},
		{"refused", "Permohonan", count, 14},
	}}
	for _, r := range reasons {
		words := r.Words
		if words == "" {
			words = "alasan tidak tercatat"
		}
		t.rows = append(t.rows, []cell{plain(words), plain(r.Refused)})
	}
	return t
}

// Reason is a reason for which requests were refused, and how many.
type Reason struct {
	Words   string
	Refused int
}

// Year writes the yearly table of article 12 as CSV in the form of [CSV].
func Year(w io.Writer, r *metrics.Report, months []YearMonth) error {
	t := yearTable(months)
	header := []string{"region", "as_of"}
	for _, c := range t.columns {
		header = append(header, c.key)
	}
	out, err := newCSV(w, header)
	if err != nil {
		return err
	}
	for _, row := range t.rows {
		record := []string{inert(r.Region), r.AsOf}
		for _, c := range row {
			record = append(record, csvText(c.value))
		}
		_ = out.Write(record)
	}
	return flush(out)
}

// YearWorkbook writes the yearly table of article 12, with the reasons of
// refusals, as an Excel workbook.
func YearWorkbook(w io.Writer, r *metrics.Report, months []YearMonth, reasons []Reason, o Options) error {
	b, err := newBook(r, o)
	if err != nil {
		return fmt.Errorf("export: start workbook: %w", err)
	}
	defer func() { _ = b.file.Close() }()
	const first, second = "Pasal 12", "Alasan penolakan"
	err = b.file.SetSheetName(sheetSummary, first)
	if err == nil {
		err = b.plainSheet(first, yearTable(months), "Tidak ada permohonan pada tahun ini.")
	}
	if err == nil {
		_, err = b.file.NewSheet(second)
	}
	if err == nil {
		err = b.plainSheet(second, reasonTable(reasons), "Tidak ada permohonan yang ditolak pada tahun ini.")
	}
	if err == nil {
		err = b.save(w)
	}
	if err != nil {
		return fmt.Errorf("export: yearly workbook: %w", err)
	}
	return nil
}

package delivery

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/dashboard/export"
	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// MeasuredOptions are the parts of a [Measured]. Conn is required.
type MeasuredOptions struct {
	// Conn is the warehouse that is measured.
	Conn driver.Conn
	// Letterhead stands on the workbook of a monthly report; nil for none.
	Letterhead *export.Letterhead
	// Example marks the attachments as invented.
	Example bool
	// Dashboard is the web address messages point to; empty points nowhere.
	Dashboard string
}

// Measured is the content that the warehouse gives. Every figure is that of
// the monthly report; nothing is counted a second way.
type Measured struct {
	metrics    *metrics.Metrics
	conn       driver.Conn
	letterhead *export.Letterhead
	example    bool
	dashboard  string
}

var _ Content = (*Measured)(nil)

// NewMeasured makes the content.
func NewMeasured(o MeasuredOptions) (*Measured, error) {
	if o.Conn == nil {
		return nil, errors.New("delivery: MeasuredOptions.Conn is required")
	}
	return &Measured{metrics.New(o.Conn), o.Conn, o.Letterhead, o.Example, strings.TrimRight(o.Dashboard, "/")}, nil
}

// link is the dashboard's page of a region and month.
func (m *Measured) link(r region.Region, month calendar.Month) string {
	if m.dashboard == "" {
		return ""
	}
	return m.dashboard + "/?" + url.Values{"region": {r.Code}, "month": {month.String()}}.Encode()
}

// foot says what the figures of a message rest on.
func foot(r *metrics.Report) string {
	text := "Gaung, " + r.RegionName + ". Keadaan " + figures.AsOf(wording.Indonesian, r) + "."
	if r.Closed != nil {
		text += " Bulan ini sudah tutup buku, edisi " + r.Closed.ID + "."
	}
	return text + " Pesan ini dikirim otomatis; jangan dibalas."
}

// Monthly is the report of a month with its key figures, what wants attention,
// and the files that are wanted.
func (m *Measured) Monthly(ctx context.Context, r region.Region, month calendar.Month, files []File, now time.Time) (Message, error) {
	query := metrics.Query{Region: r, Month: month, Now: now}
	report, err := m.metrics.Report(ctx, query)
	if err != nil {
		return Message{}, err
	}
	previous, err := m.metrics.Report(ctx, metrics.Query{Region: r, Month: month.Add(-1), Now: now})
	if err != nil {
		return Message{}, err
	}
	name := wording.Indonesian.Month(month.Year, month.Month)
	p := page{
		Subject: "Laporan " + r.Name + " — " + name,
		Title:   "Laporan kehumasan " + r.Name + ", " + name,
		Intro:   "Berikut ringkasan bulan " + name + " " + figures.AsOf(wording.Indonesian, report) + ".",
		Link:    m.link(r, month),
		Foot:    foot(report),
	}
	if blank(report) {
		p.Intro = "Belum ada data untuk bulan " + name + ": tidak ada berita, permohonan PPID, maupun pengaduan yang tercatat. Periksa sumber dan impor sebelum membaca ini sebagai nol."
		return p.message()
	}
	p.Figures = keyFigures(report, previous)
	p.Blocks = monthBlocks(report)
	attached, err := m.files(ctx, query, report, files)
	if err != nil {
		return Message{}, err
	}
	if slices.Contains(files, FileWorkbook) {
		p.Intro += " Buku kerja Excel terlampir."
	} else if len(attached) > 0 {
		p.Intro += " Berkasnya terlampir."
	}
	return p.message(attached...)
}

// blank says that a month has no data at all.
func blank(r *metrics.Report) bool {
	return r.Publication.Articles == 0 && r.Publication.Stories == 0 && r.PPID.Received == 0 && r.PPID.CaseCounts == metrics.CaseCounts{} &&
		figures.Submitted(r.Complaints) == 0
}

func keyFigures(r, previous *metrics.Report) []shownFigure {
	var list []shownFigure
	for _, f := range figures.Key(wording.Indonesian, r, previous) {
		value := f.Value.Text
		if f.Of != "" {
			value += " " + f.Of
		}
		var notes []string
		for _, note := range []string{f.N, f.Compare, f.Value.Note} {
			if note != "" {
				notes = append(notes, note)
			}
		}
		list = append(list, shownFigure{f.Title, value, strings.Join(notes, "; ")})
	}
	return list
}

// monthBlocks lists what wants attention in a month, the most binding first.
func monthBlocks(r *metrics.Report) []block {
	var cases []string
	if n := r.PPID.Late; n > 0 {
		cases = append(cases, wording.Indonesian.Count(n)+" permohonan PPID melewati batas waktu")
	}
	if n := r.PPID.Pending; n > 0 {
		cases = append(cases, wording.Indonesian.Count(n)+" permohonan PPID masih menunggu, belum lewat batas")
	}
	resolve := sum(r.Complaints.Resolve.OPD)
	if n := resolve.Late; n > 0 {
		cases = append(cases, wording.Indonesian.Count(n)+" pengaduan melewati batas penyelesaian")
	}
	if n := resolve.Pending; n > 0 {
		cases = append(cases, wording.Indonesian.Count(n)+" pengaduan masih berjalan, belum lewat batas")
	}
	return []block{
		{Title: "Yang perlu dijawab", Items: cases, Empty: "Tidak ada permohonan atau pengaduan yang tertunggak."},
		{Title: "OPD tanpa berita sebulan penuh", Items: quiet(r), Empty: "Tidak ada."},
		{Title: "Sumber yang gagal; diamnya OPD ini tidak dapat dinilai", Items: brokenSources(r), Empty: "Semua sumber menjawab."},
	}
}

func quiet(r *metrics.Report) []string {
	var list []string
	for _, o := range r.Publication.OPD {
		if o.Status == metrics.StatusQuiet {
			list = append(list, o.Name)
		}
	}
	return list
}

func brokenSources(r *metrics.Report) []string {
	list := make([]string, len(r.DataQuality.FailedSources))
	for i, f := range r.DataQuality.FailedSources {
		list[i] = sourceWords(r, f)
	}
	return list
}

// sourceWords tells of a failed source.
func sourceWords(r *metrics.Report, f metrics.FailedSource) string {
	words := f.Source
	if name := opdName(r, f.OPD); name != "" {
		words += " (" + name + ")"
	}
	words += ": menjawab " + wording.Indonesian.Count(f.Answered) + " dari " + wording.Indonesian.Count(f.Expected) + " pengambilan"
	if zone, err := time.LoadLocation(r.Timezone); err == nil && !f.Since.IsZero() {
		words += " sejak " + wording.Indonesian.Instant(f.Since, zone)
	}
	return words + "; " + wording.Indonesian.Reason(f.Reason)
}

// opdName is the name of an OPD of the report, its code when it is not there.
func opdName(r *metrics.Report, code string) string {
	for _, o := range r.Publication.OPD {
		if o.OPD == code {
			return o.Name
		}
	}
	return code
}

package delivery

import (
	"slices"
	"strings"

	"gaung/dashboard/figures"
	"gaung/metrics"
)

// minDecided is how many cases a share needs before it may raise an alert; with
// fewer, one case moves it across any threshold.
const minDecided = 5

// figure is a figure of the monthly report that can have a threshold.
type figure struct {
	name, words string
	share       bool
	// value is nil while the figure is not known or stands on too few cases;
	// n is the number of cases behind a share.
	value func(*metrics.Report) (value *float64, n int)
}

// watched lists the figures that can have a threshold. A count grows through
// the month, so that only a share can fall below something.
var watched = []figure{
	{"ppid_on_time_share", "PPID tepat waktu", true, func(r *metrics.Report) (*float64, int) { return shareOf(r.PPID.CaseCounts) }},
	{"ppid_late", "Permohonan PPID melewati batas waktu", false, func(r *metrics.Report) (*float64, int) { return count(r.PPID.Late) }},
	{"complaints_on_time_share", "Pengaduan selesai tepat waktu", true, func(r *metrics.Report) (*float64, int) {
		return shareOf(sum(r.Complaints.Resolve.OPD))
	}},
	{"complaints_late", "Pengaduan melewati batas penyelesaian", false, func(r *metrics.Report) (*float64, int) {
		return count(sum(r.Complaints.Resolve.OPD).Late)
	}},
	{"unmatched_opd", "Baris dengan OPD yang tidak dikenal", false, func(r *metrics.Report) (*float64, int) { return count(r.DataQuality.UnmatchedOPD) }},
	{"rejected_rows", "Baris yang ditolak", false, func(r *metrics.Report) (*float64, int) { return count(r.DataQuality.RejectedRows) }},
	{"failed_sources", "Sumber yang gagal", false, func(r *metrics.Report) (*float64, int) { return count(len(r.DataQuality.FailedSources)) }},
}

func findFigure(name string) *figure {
	i := slices.IndexFunc(watched, func(f figure) bool { return f.name == name })
	if i < 0 {
		return nil
	}
	return &watched[i]
}

// check says in words what is wrong with a threshold, "" for nothing.
func (t Threshold) check() string {
	f := findFigure(t.Figure)
	switch {
	case f == nil:
		list := make([]string, len(watched))
		for i, f := range watched {
			list[i] = f.name
		}
		return "figure " + quoted(t.Figure) + " tidak dikenal; yang boleh: " + strings.Join(list, ", ")
	case (t.Below == nil) == (t.Above == nil):
		return "isi salah satu: below atau above"
	case t.Below != nil && !f.share:
		return "jumlah bertambah sepanjang bulan, jadi hanya bagian (…_share) yang boleh punya below; pakai above"
	case f.share && (t.Below != nil && *t.Below > 1 || t.Above != nil && *t.Above > 1):
		return "bagian ditulis dari 0 sampai 1, seperti 0.8"
	}
	return ""
}

func quoted(s string) string { return `"` + oneLine(s, 60) + `"` }

func count(n int) (*float64, int) {
	v := float64(n)
	return &v, n
}

func shareOf(c metrics.CaseCounts) (*float64, int) {
	n := c.OnTime + c.Late
	if n < minDecided {
		return nil, n
	}
	return figures.OnTime(c), n
}

func sum(rows []metrics.CaseOPD) metrics.CaseCounts {
	var c metrics.CaseCounts
	for _, row := range rows {
		c.OnTime += row.OnTime
		c.Late += row.Late
		c.Pending += row.Pending
		c.Excluded += row.Excluded
	}
	return c
}

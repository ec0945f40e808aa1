package export

import (
	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// summaryTable is the month in one table: the key figures first, then the
// totals behind them.
func summaryTable(r *metrics.Report) table {
	t := table{title: "Laporan kinerja komunikasi publik", columns: []column{
		{"what", "Ukuran", text, 42},
		{"value", "Nilai", count, 14},
		{"", "Dasar hitungan", text, 42},
		{"", "Target atau batas", text, 42},
	}}
	for _, f := range figures.Key(wording.Indonesian, r, nil) {
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
	name := wording.Indonesian.MetricName
	p := r.PPID
	add(name("ppid.received"), p.Received, "menurut tanggal diterima")
	add(name("ppid.on_time"), p.OnTime, "kohor periode ini")
	add(name("ppid.late"), p.Late, "termasuk yang masih terbuka lewat batas")
	add(name("ppid.pending"), p.Pending, "kohor periode ini")
	add(name("ppid.excluded"), p.Excluded, "dicabut pemohon sebelum dijawab")
	add(name("ppid.extended"), p.Extended, "batas menjadi 17 hari kerja")
	add(name("ppid.refused"), p.Refused, "kohor periode ini")
	add(name("ppid.objections"), p.Objections, "menurut tanggal keberatan diterima")
	for _, k := range wording.Indonesian.Kinds(r.Complaints.ByKind) {
		add("SP4N-LAPOR!: "+k.Words, k.N, "masuk pada periode ini, termasuk salah alamat")
	}
	t.rows = append(t.rows, []cell{
		plain(name("complaints.resolved_share")), shareOf(r.Complaints.ResolvedShare, figures.Submitted(r.Complaints), wording.Unknown),
		plain(wording.Indonesian.Count(figures.Submitted(r.Complaints)) + " pengaduan masuk"), plain(""),
	})
	v := r.Complaints.Verify
	add(name("complaints.verify.on_time"), v.OnTime, "dari "+wording.Indonesian.Count(v.N)+" pengaduan, batas 3 hari kerja")
	add(name("complaints.verify.late"), v.Late, "dari "+wording.Indonesian.Count(v.N)+" pengaduan")
	add(name("complaints.verify.pending"), v.Pending, "dari "+wording.Indonesian.Count(v.N)+" pengaduan")
	add(name("agenda.events"), r.Agenda.Events, "acara pada periode ini")
	t.rows = append(t.rows,
		[]cell{plain(name("agenda.covered")), optional(r.Agenda.Covered, wording.Unknown), plain("dari " + wording.Indonesian.Count(r.Agenda.Events) + " acara"), plain("")},
		[]cell{plain(name("staffing.opd_with_pranata_humas")), optional(r.Staffing.OPDWithPranataHumas, wording.Unknown), plain(wording.Indonesian.Count(len(r.Staffing.OPDWithout)) + " OPD belum punya"), plain("")},
	)
	return t
}

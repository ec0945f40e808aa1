package export

import (
	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// agenda is the table of announced events.
func agenda(r *metrics.Report) table {
	t := table{name: "agenda", title: "Agenda dan liputannya", columns: []column{
		{"opd", codeTitle, text, 9},
		{"name", "OPD", text, 50},
		{"events", "Acara", count, 12},
		{"covered", "Menjadi berita", count, 14},
		{"share", "Bagian yang menjadi berita", percent, 16},
		{"median_days_to_publish", "Median hari sampai berita", decimal, 18},
	}}
	for _, o := range r.Agenda.OPD {
		var share *float64
		if o.Covered != nil && o.Events > 0 {
			v := float64(*o.Covered) / float64(o.Events)
			share = &v
		}
		t.rows = append(t.rows, []cell{
			plain(o.OPD), plain(o.Name), plain(o.Events), optional(o.Covered, wording.Unknown),
			shareOf(share, o.Events, wording.Unknown), optional(o.MedianDaysToPublish, wording.Unknown),
		})
	}
	return t
}

// regions is the table that sets regions side by side; with one region only,
// the places its stories come from. It reports whether there are several.
func regions(r *metrics.Report, list []*metrics.Report) (table, bool) {
	if len(list) > 1 {
		return manyRegions(list), true
	}
	t := table{name: "wilayah", title: "Berita menurut tempat peristiwa", columns: []column{
		{"name", "Tempat", text, 60},
		{"stories", "Berita", count, 16},
	}}
	for _, p := range r.Places {
		name := p.Place
		if name == "" {
			name = "tidak disebut"
		}
		t.rows = append(t.rows, []cell{plain(name), plain(p.Stories)})
	}
	return t, len(t.rows) > 1
}

func manyRegions(list []*metrics.Report) table {
	t := table{name: "wilayah", title: "Wilayah berdampingan", columns: []column{
		{"region", codeTitle, text, 9},
		{"name", "Wilayah", text, 40},
		{"stories", "Berita", count, 12},
		{"articles", "Artikel", count, 12},
		{"met", "OPD memenuhi target", count, 13},
		{"measured", "OPD dinilai", count, 12},
		{"received", "PPID masuk", count, 12},
		{"on_time_share", "PPID tepat waktu", percent, 13},
		{"submitted", "Pengaduan masuk", count, 13},
		{"followed_up_share", "Pengaduan ditindaklanjuti", percent, 15},
		{"resolved_share", "Pengaduan selesai", percent, 13},
		{"code", "Kode laporan", text, 30},
	}}
	for _, r := range list {
		a := figures.Attain(r)
		n := figures.Submitted(r.Complaints)
		t.rows = append(t.rows, []cell{
			plain(r.Region), plain(r.RegionName), plain(r.Publication.Stories), plain(r.Publication.Articles), plain(a.Met), plain(a.Measured),
			plain(r.PPID.Received), shareOf(figures.OnTime(r.PPID.CaseCounts), r.PPID.OnTime+r.PPID.Late, wording.Unknown),
			plain(n), shareOf(r.Complaints.FollowedUpShare, n, wording.Unknown), shareOf(r.Complaints.ResolvedShare, n, wording.Unknown), plain(code(r)),
		})
	}
	return t
}

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
		metric("agenda.opd.events", count, 12),
		metric("agenda.opd.covered", count, 14),
		{"share", "Bagian yang menjadi berita", percent, 16},
		metric("agenda.opd.median_days_to_publish", decimal, 18),
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
		metric("places.stories", count, 16),
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
		metric("publication.stories", count, 12),
		metric("publication.articles", count, 12),
		{"met", wording.Indonesian.MetricName("figures.opd_on_target"), count, 13},
		{"measured", "OPD dinilai", count, 12},
		{"received", wording.Indonesian.MetricName("ppid.received"), count, 12},
		{"on_time_share", wording.Indonesian.MetricName("figures.ppid_on_time_share"), percent, 13},
		{"submitted", wording.Indonesian.MetricName("figures.complaints_submitted"), count, 13},
		{"followed_up_share", wording.Indonesian.MetricName("complaints.followed_up_share"), percent, 15},
		{"resolved_share", wording.Indonesian.MetricName("complaints.resolved_share"), percent, 13},
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

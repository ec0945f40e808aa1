package figures

import (
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// Publication lists the key figures of the publication page.
func Publication(lang wording.Language, r, previous *metrics.Report) []Figure {
	return finish(lang, r, previous, stories(lang, r, previous), targets(lang, r, previous), articles(lang, r, previous))
}

// Requests lists the key figures of the PPID page.
func Requests(lang wording.Language, r, previous *metrics.Report) []Figure {
	p := r.PPID
	before := metrics.PPID{}
	if previous != nil {
		before = previous.PPID
	}
	n := p.OnTime + p.Late + p.Pending + p.Excluded
	cohort := lang.T("dari {1} permohonan periode ini", lang.Count(n))
	return finish(lang,
		r, previous,
		counted(lang, "received", lang.MetricName("ppid.received"), p.Received, before.Received, previous, lang.T("Tanpa target: warga yang menentukan"), lang.T("{1} diperpanjang menjadi 17 hari kerja", lang.Count(p.Extended))),
		requests(lang, r, previous),
		counted(lang, "late", lang.MetricName("ppid.late"), p.Late, before.Late, previous, lang.T("Target 0, batas 10 atau 17 hari kerja"), lang.T("{1}, yang masih terbuka termasuk", cohort)),
		counted(lang, "objections", lang.MetricName("ppid.objections"), p.Objections, before.Objections, previous, lang.T("Dijawab dalam 30 hari kerja"), lang.T("{1} permohonan periode ini ditolak", lang.Count(p.Refused))),
	)
}

// Complaints lists the key figures of the complaints page. Followed up and
// resolved are two figures, side by side and never exchanged.
func Complaints(lang wording.Language, r, previous *metrics.Report) []Figure {
	n := Submitted(r.Complaints)
	received := counted(lang, "submitted", lang.MetricName("figures.complaints_submitted"), n, 0, nil, lang.T("Tanpa target: warga yang menentukan"), lang.T("semua jenis, salah alamat termasuk"))
	if previous != nil {
		received.Movement, received.Compare = compare(lang, n, Submitted(previous.Complaints), previous)
	}
	return finish(lang, r, previous, received, verified(lang, r, previous), complaints(lang, r, previous), resolved(lang, r, previous))
}

// finish adds to every figure the day it speaks of, and what to say where
// there is no period to compare with.
func finish(lang wording.Language, r, previous *metrics.Report, list ...Figure) []Figure {
	missing := lang.T("Bulan sebelumnya tidak tersedia")
	if p, err := r.Compare.Days(); err == nil && (r.Month == "" || r.Compare.With == metrics.CompareYear) {
		missing = lang.T("belum ada angka untuk {1}", lang.ShortSpan(p))
	}
	for i := range list {
		list[i].AsOf = AsOf(lang, r)
		if previous == nil {
			list[i].Movement, list[i].Compare = None, missing
		}
	}
	return list
}

// counted is a figure that is a plain count.
func counted(lang wording.Language, id, title string, now, before int, previous *metrics.Report, target, n string) Figure {
	f := Figure{ID: id, Title: title, Number: float(now), Value: wording.Value(lang.Count(now)), Target: target, N: n}
	if previous != nil {
		f.Movement, f.Compare = compare(lang, now, before, previous)
	}
	return f
}

func articles(lang wording.Language, r, previous *metrics.Report) Figure {
	before := 0
	if previous != nil {
		before = previous.Publication.Articles
	}
	return counted(lang, "articles", lang.MetricName("publication.articles"), r.Publication.Articles, before, previous,
		lang.T("Tanpa target: tayang ulang tidak menambah berita"), lang.T("memuat {1} berita yang berbeda", lang.Count(r.Publication.Stories)))
}

// VerifiedShare is the share of complaints that the admin verified within the
// limit, of those decided; nil while none is.
func VerifiedShare(v metrics.VerifyCounts) *float64 {
	return OnTime(metrics.CaseCounts{OnTime: v.OnTime, Late: v.Late})
}

func verified(lang wording.Language, r, previous *metrics.Report) Figure {
	v := r.Complaints.Verify
	share, decided := VerifiedShare(v), v.OnTime+v.Late
	f := Figure{
		ID: "verified", Title: lang.MetricName("figures.verified_on_time_share"), Number: share, Share: true, Cases: decided,
		Value:  lang.OnTimeShare(share, metrics.CaseCounts{OnTime: v.OnTime, Late: v.Late, Pending: v.Pending}),
		Target: lang.T("Wajib 100%, batas 3 hari kerja"),
		N:      lang.T("{1} pengaduan dihitung, {2} belum jatuh tempo", lang.Count(decided), lang.Count(v.Pending)),
	}
	if previous != nil {
		before := previous.Complaints.Verify
		f.Movement, f.Compare = compareShares(lang, share, VerifiedShare(before), decided, before.OnTime+before.Late, previous)
	}
	return f
}

func resolved(lang wording.Language, r, previous *metrics.Report) Figure {
	c := r.Complaints
	n := Submitted(c)
	f := Figure{
		ID: "resolved", Title: lang.MetricName("complaints.resolved_share"), Number: c.ResolvedShare, Share: true, Cases: n,
		Value:  lang.Missing("tidak ada pengaduan"),
		Target: lang.T("Wajib 100%, batas 5, 14 atau 60 hari kerja"),
		N:      lang.T("{1} pengaduan masuk", lang.Count(n)),
	}
	if c.ResolvedShare != nil {
		f.Value = wording.Value(lang.Percent(*c.ResolvedShare, n))
	}
	if previous != nil {
		f.Movement, f.Compare = compareShares(lang, c.ResolvedShare, previous.Complaints.ResolvedShare, n, Submitted(previous.Complaints), previous)
	}
	return f
}

package figures

import (
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// Publication lists the key figures of the publication page.
func Publication(r, previous *metrics.Report) []Figure {
	return finish(r, previous, stories(r, previous), targets(r, previous), articles(r, previous))
}

// Requests lists the key figures of the PPID page.
func Requests(r, previous *metrics.Report) []Figure {
	p := r.PPID
	before := metrics.PPID{}
	if previous != nil {
		before = previous.PPID
	}
	n := p.OnTime + p.Late + p.Pending + p.Excluded
	cohort := "dari " + wording.Count(n) + " permohonan bulan ini"
	return finish(
		r, previous,
		counted("received", "Permohonan masuk", p.Received, before.Received, previous, "Tanpa target: warga yang menentukan", wording.Count(p.Extended)+" diperpanjang menjadi 17 hari kerja"),
		requests(r, previous),
		counted("late", "Lewat batas", p.Late, before.Late, previous, "Target 0, batas 10 atau 17 hari kerja", cohort+", yang masih terbuka termasuk"),
		counted("objections", "Keberatan masuk", p.Objections, before.Objections, previous, "Dijawab dalam 30 hari kerja", wording.Count(p.Refused)+" permohonan bulan ini ditolak"),
	)
}

// Complaints lists the key figures of the complaints page. Followed up and
// resolved are two figures, side by side and never exchanged.
func Complaints(r, previous *metrics.Report) []Figure {
	n := Submitted(r.Complaints)
	received := counted("submitted", "Pengaduan masuk", n, 0, nil, "Tanpa target: warga yang menentukan", "semua jenis, salah alamat termasuk")
	if previous != nil {
		received.Movement, received.Compare = compare(n, Submitted(previous.Complaints), previous)
	}
	return finish(r, previous, received, verified(r, previous), complaints(r, previous), resolved(r, previous))
}

// finish adds to every figure the day it speaks of, and what to say where
// there is no month to compare with.
func finish(r, previous *metrics.Report, list ...Figure) []Figure {
	for i := range list {
		list[i].AsOf = AsOf(r)
		if previous == nil {
			list[i].Movement, list[i].Compare = None, "Bulan sebelumnya tidak tersedia"
		}
	}
	return list
}

// counted is a figure that is a plain count.
func counted(id, title string, now, before int, previous *metrics.Report, target, n string) Figure {
	f := Figure{ID: id, Title: title, Number: float(now), Value: wording.Value(wording.Count(now)), Target: target, N: n}
	if previous != nil {
		f.Movement, f.Compare = compare(now, before, previous)
	}
	return f
}

func articles(r, previous *metrics.Report) Figure {
	before := 0
	if previous != nil {
		before = previous.Publication.Articles
	}
	return counted("articles", "Artikel di semua kanal", r.Publication.Articles, before, previous,
		"Tanpa target: tayang ulang tidak menambah berita", "memuat "+wording.Count(r.Publication.Stories)+" berita yang berbeda")
}

// VerifiedShare is the share of complaints that the admin verified within the
// limit, of those decided; nil while none is.
func VerifiedShare(v metrics.VerifyCounts) *float64 {
	return OnTime(metrics.CaseCounts{OnTime: v.OnTime, Late: v.Late})
}

func verified(r, previous *metrics.Report) Figure {
	v := r.Complaints.Verify
	share, decided := VerifiedShare(v), v.OnTime+v.Late
	f := Figure{
		ID: "verified", Title: "Diverifikasi tepat waktu", Number: share, Share: true, Cases: decided,
		Value:  wording.OnTimeShare(share, metrics.CaseCounts{OnTime: v.OnTime, Late: v.Late, Pending: v.Pending}),
		Target: "Wajib 100%, batas 3 hari kerja",
		N:      wording.Count(decided) + " pengaduan dihitung, " + wording.Count(v.Pending) + " belum jatuh tempo",
	}
	if previous != nil {
		before := previous.Complaints.Verify
		f.Movement, f.Compare = compareShares(share, VerifiedShare(before), decided, before.OnTime+before.Late, previous)
	}
	return f
}

func resolved(r, previous *metrics.Report) Figure {
	c := r.Complaints
	n := Submitted(c)
	f := Figure{
		ID: "resolved", Title: "Pengaduan selesai", Number: c.ResolvedShare, Share: true, Cases: n,
		Value:  wording.Missing("tidak ada pengaduan"),
		Target: "Wajib 100%, batas 5, 14 atau 60 hari kerja",
		N:      wording.Count(n) + " pengaduan masuk",
	}
	if c.ResolvedShare != nil {
		f.Value = wording.Value(wording.Percent(*c.ResolvedShare, n))
	}
	if previous != nil {
		f.Movement, f.Compare = compareShares(c.ResolvedShare, previous.Complaints.ResolvedShare, n, Submitted(previous.Complaints), previous)
	}
	return f
}

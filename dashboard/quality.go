package dashboard

import (
	"time"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// qualityView says what stands between the figures and the truth.
type qualityView struct {
	Counts []qualityCount
	// Sources are sentences, one per source that failed.
	Sources []string
}

// qualityCount is one number of the data-quality box.
type qualityCount struct {
	N     int
	Words string
	Hint  string // what to do about it
}

func newQuality(r *metrics.Report, zone *time.Location) qualityView {
	q := r.DataQuality
	v := qualityView{Counts: []qualityCount{
		{q.UnmatchedOPD, "artikel atau kasus tanpa OPD yang dikenal", "tambahkan alias OPD"},
		{q.UnmatchedPeople, "nama penulis yang belum dikenal", "tambahkan alias pranata humas"},
		{q.UndatedArticles, "artikel tanpa tanggal yang dapat dipakai", "periksa tanggal di situs asal"},
		{q.InconsistentDates, "kasus dengan tanggal selesai sebelum tanggal mulai", "betulkan di register"},
		{q.RejectedRows, "baris impor ditolak", "lihat alasannya dengan gaung import --json"},
	}}
	names := make(map[string]string, len(r.Publication.OPD))
	for _, o := range r.Publication.OPD {
		names[o.OPD] = o.Name
	}
	for _, f := range q.FailedSources {
		v.Sources = append(v.Sources, failedSource(f, names, zone))
	}
	return v
}

// failedSource says in a sentence which source failed, how often, since when
// and why.
func failedSource(f metrics.FailedSource, names map[string]string, zone *time.Location) string {
	text := "Sumber " + f.Source
	if name := names[f.OPD]; name != "" {
		text += " (" + name + ")"
	} else if f.OPD != "" {
		text += " (" + f.OPD + ")"
	}
	text += " menjawab " + wording.Count(f.Answered) + " dari " + wording.Count(f.Expected) + " tarikan"
	if since := sinceText(f.Since, zone); since != "" {
		text += ", gagal sejak " + since
	}
	return text + ": " + wording.Reason(f.Reason) + "."
}

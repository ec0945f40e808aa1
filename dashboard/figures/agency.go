package figures

import (
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// Agency lists the key figures of one OPD: its stories, its attainment, and the
// on-time shares of its requests and of its first responses to complaints. The
// previous report may be nil, as for [Key].
func Agency(r, previous *metrics.Report, code string) []Figure {
	var before metrics.Report
	if previous != nil {
		before = *previous
	}
	return finish(
		r, previous,
		agencyStories(publicationOf(r, code), publicationOf(&before, code), previous),
		agencyWeeks(publicationOf(r, code), publicationOf(&before, code), previous),
		agencyCases("ppid", "PPID tepat waktu", "Wajib 100%, batas 10 atau 17 hari kerja", CasesOf(r.PPID.OPD, code), CasesOf(before.PPID.OPD, code), previous),
		agencyCases("complaints", "Tanggapan pertama tepat waktu", "Wajib 100%, batas 5 hari kerja",
			CasesOf(r.Complaints.FirstResponse.OPD, code), CasesOf(before.Complaints.FirstResponse.OPD, code), previous),
	)
}

// publicationOf is an OPD's row of the league table, nil without one.
func publicationOf(r *metrics.Report, code string) *metrics.PublicationOPD {
	for i := range r.Publication.OPD {
		if r.Publication.OPD[i].OPD == code {
			return &r.Publication.OPD[i]
		}
	}
	return nil
}

// CasesOf is an OPD's row under a clock, nil without one.
func CasesOf(rows []metrics.CaseOPD, code string) *metrics.CaseOPD {
	for i := range rows {
		if rows[i].OPD == code {
			return &rows[i]
		}
	}
	return nil
}

// unjudged is how a figure of publication reads where it cannot be measured.
func unjudged(o *metrics.PublicationOPD) (cell wording.Cell, ok bool) {
	switch {
	case o == nil:
		return wording.Missing("OPD tidak ada pada bulan ini"), true
	case o.Status == metrics.StatusSourceFailed:
		return wording.Cell{State: wording.Failed, Text: wording.FailedWords, Note: "diamnya tidak dapat dinilai"}, true
	case o.Status == metrics.StatusNoSource && o.Stories == 0:
		return wording.Missing("tanpa sumber"), true
	}
	return wording.Cell{}, false
}

func agencyStories(now, before *metrics.PublicationOPD, previous *metrics.Report) Figure {
	f := Figure{ID: "stories", Title: "Berita terbit", Target: "Target belum berlaku: belum ada minggu yang selesai", N: "tidak ada artikel"}
	cell, missing := unjudged(now)
	if f.Value = cell; missing {
		if now != nil && now.Stories > 0 {
			f.N = "sedikitnya " + wording.Count(now.Stories) + " berita terlihat"
		}
	} else {
		f.Number, f.Value = float(now.Stories), wording.Value(wording.Count(now.Stories))
		f.N = "dari " + wording.Count(now.Articles) + " artikel di semua kanal"
	}
	if now != nil && now.Weeks > 0 {
		f.Target = "Target " + wording.Trim(now.TargetPerWeek*float64(now.Weeks), 1) + " berita, " + wording.Trim(now.TargetPerWeek, 1) + " tiap minggu"
	}
	if previous == nil {
		return f
	}
	if _, unknown := unjudged(before); unknown || missing {
		f.Compare = "belum ada angka untuk " + period(previous)
		return f
	}
	f.Movement, f.Compare = compare(now.Stories, before.Stories, previous)
	return f
}

func agencyWeeks(now, before *metrics.PublicationOPD, previous *metrics.Report) Figure {
	f := Figure{ID: "weeks", Title: "Minggu memenuhi target", Target: "Target: semua minggu yang selesai", N: "belum ada minggu yang dinilai"}
	cell, missing := unjudged(now)
	switch {
	case missing:
		f.Value = cell
	case now.Weeks == 0:
		f.Value = wording.Cell{State: wording.Immature, Text: wording.ImmatureWords, Note: "belum ada minggu yang selesai"}
		missing = true
	default:
		f.Number, f.Value, f.Of = float(now.WeeksMet), wording.Value(wording.Count(now.WeeksMet)), "dari "+wording.Count(now.Weeks)+" minggu"
		f.N = wording.Count(now.ActiveDays) + " hari aktif"
	}
	if previous == nil {
		return f
	}
	if _, unknown := unjudged(before); unknown || missing || before.Weeks == 0 {
		f.Compare = "belum ada angka untuk " + period(previous)
		return f
	}
	// Months have four weeks or five: only the shares compare.
	share, shareBefore := float64(now.WeeksMet)/float64(now.Weeks), float64(before.WeeksMet)/float64(before.Weeks)
	f.Movement, f.Compare = compareShares(&share, &shareBefore, now.Weeks, before.Weeks, previous)
	return f
}

func agencyCases(id, title, target string, now, before *metrics.CaseOPD, previous *metrics.Report) Figure {
	if now == nil {
		now = &metrics.CaseOPD{}
	}
	if before == nil {
		before = &metrics.CaseOPD{}
	}
	judged := now.OnTime + now.Late
	f := Figure{
		ID: id, Title: title, Number: now.OnTimeShare, Share: true, Cases: judged, Target: target,
		Value: wording.OnTimeShare(now.OnTimeShare, now.CaseCounts),
		N:     wording.Count(judged) + " kasus dihitung, " + wording.Count(now.Pending) + " belum jatuh tempo",
	}
	if interval := wording.Interval(now.OnTimeLow, now.OnTimeHigh, judged); interval != "" {
		f.N += "; selang 95% " + interval
	}
	if previous != nil {
		f.Movement, f.Compare = compareShares(now.OnTimeShare, before.OnTimeShare, judged, before.OnTime+before.Late, previous)
	}
	return f
}

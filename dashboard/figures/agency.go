package figures

import (
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// Agency lists the key figures of one OPD: its stories, its attainment, and the
// on-time shares of its requests and of its first responses to complaints. The
// previous report may be nil, as for [Key].
func Agency(lang wording.Language, r, previous *metrics.Report, code string) []Figure {
	var before metrics.Report
	if previous != nil {
		before = *previous
	}
	return finish(lang,
		r, previous,
		agencyStories(lang, publicationOf(r, code), publicationOf(&before, code), previous),
		agencyWeeks(lang, publicationOf(r, code), publicationOf(&before, code), previous),
		agencyCases(lang, "ppid", lang.MetricName("figures.ppid_on_time_share"), lang.T("Wajib 100%, batas 10 atau 17 hari kerja"), CasesOf(r.PPID.OPD, code), CasesOf(before.PPID.OPD, code), previous),
		agencyCases(lang, "complaints", lang.MetricName("figures.first_response_on_time_share"), lang.T("Wajib 100%, batas 5 hari kerja"),
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
func unjudged(lang wording.Language, o *metrics.PublicationOPD) (cell wording.Cell, ok bool) {
	switch {
	case o == nil:
		return lang.Missing("OPD tidak ada pada periode ini"), true
	case o.Status == metrics.StatusSourceFailed:
		return wording.Cell{State: wording.Failed, Text: lang.T(wording.FailedWords + "|satu"), Note: lang.T("diamnya tidak dapat dinilai")}, true
	case o.Status == metrics.StatusNoSource && o.Stories == 0:
		return lang.Missing("tanpa sumber"), true
	}
	return wording.Cell{}, false
}

func agencyStories(lang wording.Language, now, before *metrics.PublicationOPD, previous *metrics.Report) Figure {
	f := Figure{ID: "stories", Title: lang.MetricName("publication.opd.stories"), Target: lang.T("Target belum berlaku: belum ada minggu yang selesai"), N: lang.T("tidak ada artikel")}
	cell, missing := unjudged(lang, now)
	if f.Value = cell; missing {
		if now != nil && now.Stories > 0 {
			f.N = lang.T("sedikitnya {1} berita terlihat", lang.Count(now.Stories))
		}
	} else {
		f.Number, f.Value = float(now.Stories), wording.Value(lang.Count(now.Stories))
		f.N = lang.T("dari {1} artikel di semua kanal", lang.Count(now.Articles))
	}
	if now != nil && now.Weeks > 0 {
		f.Target = lang.T("Target {1} berita, {2} tiap minggu", lang.Trim(now.TargetPerWeek*float64(now.Weeks), 1), lang.Trim(now.TargetPerWeek, 1))
	}
	if previous == nil {
		return f
	}
	if _, unknown := unjudged(lang, before); unknown || missing || (now.PreviousStories == nil && before.Stories == 0) {
		f.Compare = lang.T("belum ada angka untuk {1}", period(lang, previous))
		return f
	}
	f.Movement, f.Compare = compare(lang, now.Stories, before.Stories, previous)
	return f
}

func agencyWeeks(lang wording.Language, now, before *metrics.PublicationOPD, previous *metrics.Report) Figure {
	f := Figure{ID: "weeks", Title: lang.MetricName("publication.opd.weeks_met"), Target: lang.T("Target: semua minggu yang selesai"), N: lang.T("belum ada minggu yang dinilai")}
	cell, missing := unjudged(lang, now)
	switch {
	case missing:
		f.Value = cell
	case now.Weeks == 0:
		f.Value = wording.Cell{State: wording.Immature, Text: lang.T(wording.ImmatureWords), Note: lang.T("belum ada minggu yang selesai")}
		missing = true
	default:
		f.Number, f.Value, f.Of = float(now.WeeksMet), wording.Value(lang.Count(now.WeeksMet)), lang.T("dari {1} minggu", lang.Count(now.Weeks))
		f.N = lang.T("{1} hari aktif", lang.Count(now.ActiveDays))
	}
	if previous == nil {
		return f
	}
	if _, unknown := unjudged(lang, before); unknown || missing || before.Weeks == 0 || (now.PreviousStories == nil && before.Stories == 0) {
		f.Compare = lang.T("belum ada angka untuk {1}", period(lang, previous))
		return f
	}
	// Months have four weeks or five: only the shares compare.
	share, shareBefore := float64(now.WeeksMet)/float64(now.Weeks), float64(before.WeeksMet)/float64(before.Weeks)
	f.Movement, f.Compare = compareShares(lang, &share, &shareBefore, now.Weeks, before.Weeks, previous)
	return f
}

func agencyCases(lang wording.Language, id, title, target string, now, before *metrics.CaseOPD, previous *metrics.Report) Figure {
	if now == nil {
		now = &metrics.CaseOPD{}
	}
	if before == nil {
		before = &metrics.CaseOPD{}
	}
	judged := now.OnTime + now.Late
	f := Figure{
		ID: id, Title: title, Number: now.OnTimeShare, Share: true, Cases: judged, Target: target,
		Value: lang.OnTimeShare(now.OnTimeShare, now.CaseCounts),
		N:     lang.T("{1} kasus dihitung, {2} belum jatuh tempo", lang.Count(judged), lang.Count(now.Pending)),
	}
	if interval := lang.Interval(now.OnTimeLow, now.OnTimeHigh, judged); interval != "" {
		f.N += lang.T("; selang 95% {1}", interval)
	}
	if previous != nil {
		f.Movement, f.Compare = compareShares(lang, now.OnTimeShare, before.OnTimeShare, judged, before.OnTime+before.Late, previous)
	}
	return f
}

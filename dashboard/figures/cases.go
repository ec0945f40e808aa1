package figures

import (
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// OnTime is the on-time share of a group of cases (contract: on_time / (on_time
// + late)), nil while no case is decided.
func OnTime(c metrics.CaseCounts) *float64 {
	decided := c.OnTime + c.Late
	if decided == 0 {
		return nil
	}
	share := float64(c.OnTime) / float64(decided)
	return &share
}

// Submitted counts the complaints submitted in the month, of every kind and
// misrouted ones included.
func Submitted(c metrics.Complaints) int {
	n := 0
	for _, k := range c.ByKind {
		n += k
	}
	return n
}

// Waiting counts the complaints that still wait for a first response inside
// their limit.
func Waiting(c metrics.Complaints) int {
	n := 0
	for _, o := range c.FirstResponse.OPD {
		n += o.Pending
	}
	return n
}

func requests(lang wording.Language, r, previous *metrics.Report) Figure {
	share := OnTime(r.PPID.CaseCounts)
	decided := r.PPID.OnTime + r.PPID.Late
	f := Figure{
		ID:     "ppid",
		Title:  lang.MetricName("figures.ppid_on_time_share"),
		Number: share,
		Share:  true,
		Cases:  decided,
		Value:  lang.OnTimeShare(share, r.PPID.CaseCounts),
		Target: lang.T("Wajib 100%, batas 10 atau 17 hari kerja"),
		N:      lang.T("{1} permohonan dihitung", lang.Count(decided)),
	}
	if r.PPID.Pending > 0 {
		f.N += lang.T(", {1} belum jatuh tempo", lang.Count(r.PPID.Pending))
	}
	if previous != nil {
		f.Movement, f.Compare = compareShares(lang, share, OnTime(previous.PPID.CaseCounts),
			decided, previous.PPID.OnTime+previous.PPID.Late, previous)
	}
	return f
}

func complaints(lang wording.Language, r, previous *metrics.Report) Figure {
	c := r.Complaints
	n := Submitted(c)
	f := Figure{
		ID:     "complaints",
		Title:  lang.MetricName("complaints.followed_up_share"),
		Number: c.FollowedUpShare,
		Share:  true,
		Cases:  n,
		Value:  lang.Missing("tidak ada pengaduan"),
		Target: lang.T("Wajib 100%, tanggapan pertama 5 hari kerja"),
		N:      lang.T("{1} pengaduan masuk", lang.Count(n)),
	}
	if c.FollowedUpShare != nil {
		f.Value = wording.Value(lang.Percent(*c.FollowedUpShare, n))
	}
	if waiting := Waiting(c); waiting > 0 {
		f.N += lang.T(", {1} belum jatuh tempo", lang.Count(waiting))
	}
	if previous != nil {
		f.Movement, f.Compare = compareShares(lang, c.FollowedUpShare, previous.Complaints.FollowedUpShare,
			n, Submitted(previous.Complaints), previous)
	}
	return f
}

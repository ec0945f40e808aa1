package dashboard

import (
	"strings"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// ppidView is the month's information requests.
type ppidView struct {
	Summary string
	Table   caseTable
}

// complaintsView is the month's complaints.
type complaintsView struct {
	Summary       string
	Verify        string
	FollowedUp    wording.Cell
	Resolved      wording.Cell
	FirstResponse caseTable
	Resolve       caseTable
}

// caseTable is a table of response times under one clock.
type caseTable struct {
	ID      string
	Caption string
	Rows    []caseRow
	Empty   string // said instead of a table without rows
}

// caseRow is one OPD's response times.
type caseRow struct {
	OPD      string
	Name     string
	N        int
	OnTime   int
	Late     int
	Pending  int
	Excluded int
	Share    wording.Cell
	Interval string
	Span     span
	Median   wording.Cell
	Mean     wording.Cell
	Tier     string
	Places   string
	Scarce   bool // too few cases to be ranked
}

// newPPID words the information requests of a report.
func newPPID(r *metrics.Report) ppidView {
	p := r.PPID
	parts := []string{
		wording.Count(p.Received) + " permohonan masuk",
		wording.Count(p.OnTime) + " selesai tepat waktu",
		wording.Count(p.Late) + " terlambat",
		wording.Count(p.Pending) + " menunggu dalam batas waktu",
		wording.Count(p.Extended) + " diperpanjang",
		wording.Count(p.Refused) + " ditolak",
		wording.Count(p.Objections) + " keberatan",
	}
	if p.Excluded > 0 {
		parts = append(parts, wording.Count(p.Excluded)+" dikeluarkan (dicabut pemohon)")
	}
	return ppidView{
		Summary: strings.Join(parts, ", ") + ".",
		Table: newCaseTable("ppid", "Batas 10 hari kerja sejak berkas lengkap, 17 bila diperpanjang",
			p.OPD, "Tidak ada permohonan PPID pada bulan ini."),
	}
}

// newComplaints words the complaints of a report.
func newComplaints(r *metrics.Report) complaintsView {
	c := r.Complaints
	n := figures.Submitted(c)
	var kinds []string
	for _, k := range wording.Kinds(c.ByKind) {
		if k.N > 0 {
			kinds = append(kinds, strings.ToLower(k.Words)+" "+wording.Count(k.N))
		}
	}
	v := complaintsView{
		Summary: wording.Count(n) + " pengaduan masuk.",
		Verify: "Verifikasi admin (batas 3 hari kerja): " + wording.Count(c.Verify.OnTime) + " tepat waktu, " +
			wording.Count(c.Verify.Late) + " terlambat, " + wording.Count(c.Verify.Pending) + " menunggu, dari " +
			wording.Count(c.Verify.N) + ".",
		FollowedUp: wholeShare(c.FollowedUpShare, n),
		Resolved:   wholeShare(c.ResolvedShare, n),
		FirstResponse: newCaseTable("tanggapan", "Tanggapan pertama: batas 5 hari kerja sejak disposisi",
			c.FirstResponse.OPD, "Tidak ada pengaduan pada bulan ini."),
		Resolve: newCaseTable("penyelesaian",
			"Penyelesaian: batas 5 hari kerja untuk informasi dan aspirasi, 14 untuk pengaduan, 60 untuk pengaduan berkadar pengawasan",
			c.Resolve.OPD, "Tidak ada pengaduan pada bulan ini."),
	}
	if len(kinds) > 0 {
		v.Summary = wording.Count(n) + " pengaduan masuk: " + strings.Join(kinds, ", ") + "."
	}
	return v
}

// wholeShare is a share of all n complaints.
func wholeShare(share *float64, n int) wording.Cell {
	if share == nil {
		return wording.Missing("tidak ada pengaduan")
	}
	return wording.Value(wording.Percent(*share, n))
}

func newCaseTable(id, caption string, rows []metrics.CaseOPD, empty string) caseTable {
	t := caseTable{ID: id, Caption: caption, Empty: empty}
	for _, c := range rows {
		t.Rows = append(t.Rows, caseRow{
			OPD: c.OPD, Name: c.Name, N: c.N,
			OnTime: c.OnTime, Late: c.Late, Pending: c.Pending, Excluded: c.Excluded,
			Share:    wording.OnTimeShare(c.OnTimeShare, c.CaseCounts),
			Interval: wording.Interval(c.OnTimeLow, c.OnTimeHigh, c.OnTime+c.Late),
			Span:     shareSpan(c.OnTimeLow, c.OnTimeHigh, c.OnTimeShare),
			Median:   wording.MedianWait(c),
			Mean:     wording.MeanWait(c),
			Tier:     wording.Tier(c.Tier),
			Places:   wording.Range(c.RankLow, c.RankHigh),
			Scarce:   c.RankLow == nil,
		})
	}
	return t
}

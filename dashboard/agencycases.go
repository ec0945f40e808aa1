package dashboard

import (
	"slices"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// agencyCases is one clock of an OPD beside those it is compared with.
type agencyCases struct {
	caseRow
	table   caseTable
	Clock   string
	Others  wording.Cell // the others' restricted mean wait
	Group   string
	Verdict string
}

// Drill is a count that leads to its cases.
func (c agencyCases) Drill(part string, n int) drill { return c.table.Drill(c.caseRow, part, n) }

// DrillShare is the on-time share, which leads to the cases it is of.
func (c agencyCases) DrillShare() drill { return c.table.DrillShare(c.caseRow) }

// DrillMean is the mean wait, which leads to the cases it is of.
func (c agencyCases) DrillMean() drill { return c.table.DrillMean(c.caseRow) }

// newAgencyCases sets the clocks of an OPD beside the others' waits.
func newAgencyCases(m *monthly, code, query string) []agencyCases {
	lang, r := m.sel.Lang, m.report
	var list []agencyCases
	for _, t := range []struct {
		clock, kind string
		rows        []metrics.CaseOPD
	}{
		{lang.T("Permohonan PPID"), requestRows, r.PPID.OPD},
		{lang.T("Tanggapan pertama"), responseRows, r.Complaints.FirstResponse.OPD},
		{lang.T("Penyelesaian"), resolveRows, r.Complaints.Resolve.OPD},
	} {
		c := figures.CasesOf(t.rows, code)
		if c == nil {
			continue
		}
		table := newCaseTable(lang, "", "", []metrics.CaseOPD{*c}, "", "", query).leadingTo(t.kind, m.rows)
		row := agencyCases{
			caseRow: table.Rows[0], table: table, Clock: t.clock,
			Others: lang.OptionalNumber(c.OthersRMSTWD, 1, "tidak ada yang lain untuk dibandingkan"), Group: othersWords(lang, c.PeerGroup),
		}
		if c.Funnel != nil {
			row.Verdict = lang.T(verdictWords[c.Funnel.Verdict])
		}
		list = append(list, row)
	}
	return list
}

// waitLine says whether an OPD's waits under a clock changed.
type waitLine struct {
	Clock, Text, URL string
	Signal           shift
}

// newWaitLines words the charts of one OPD under each clock.
func newWaitLines(lang wording.Language, c *metrics.CaseChanges, code, query string) []waitLine {
	var list []waitLine
	for _, clock := range waitClocks(c) {
		i := slices.IndexFunc(clock.charts, func(o metrics.CaseChange) bool { return o.OPD == code })
		if i < 0 || len(c.Months) == 0 {
			continue
		}
		o := waitChange(clock.charts[i])
		line := waitLine{Clock: lang.T(clock.words), URL: changesPage.path + query + "#" + clock.id}
		switch last := o.last(); {
		case o.mean == nil:
			line.Text = lang.T("baru {1} bulan dengan sedikitnya 5 kasus, perlu 12 untuk menilai perubahan.", lang.Count(o.n))
		case last == nil:
			line.Text = lang.T("{1} kurang dari 5 kasus; bulan biasa berkisar {2} hari kerja.", lang.MonthOf(c.Months[len(c.Months)-1]), o.usual(lang))
		default:
			line.Signal = o.signal(lang)
			line.Text = lang.T("{1} rata-rata {2} hari kerja; bulan biasa berkisar {3}.", lang.MonthOf(c.Months[len(c.Months)-1]), lang.Number(*last, 1), o.usual(lang))
		}
		list = append(list, line)
	}
	return list
}

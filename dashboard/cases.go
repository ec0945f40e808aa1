package dashboard

import (
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// caseTable is a table of response times under one clock.
type caseTable struct {
	ID      string
	Caption string
	Of      string   // what a row is about
	Sort    *sorting // nil where the order is fixed
	Rows    []caseRow
	Empty   string // said instead of a table without rows
	lang    wording.Language

	rows  string // the kind of rows that the counts lead to
	links rowLinks
	// regions is set where a row is about a region, and gives the links to its
	// cases.
	regions func(code string) rowLinks
}

// leadingTo makes the counts of a table lead to rows of a kind.
func (t caseTable) leadingTo(kind string, links rowLinks) caseTable {
	t.rows, t.links = kind, links
	return t
}

// Drill is a count of a row that leads to its cases.
func (t caseTable) Drill(row caseRow, part string, n int) drill {
	links, opd := t.linksOf(row)
	return links.to(t.rows, part, opd, n)
}

// DrillShare is the on-time share of a row; it leads to the cases it is of.
func (t caseTable) DrillShare(row caseRow) drill {
	links, opd := t.linksOf(row)
	return links.basis(t.rows, judgedPart, opd, row.OnTime+row.Late, row.Share)
}

// DrillMedian and DrillMean are the waits of a row; they lead to the cases they
// are of.
func (t caseTable) DrillMedian(row caseRow) drill { return t.drillWait(row, row.Median) }

// DrillMean is the mean wait; see [caseTable.DrillMedian].
func (t caseTable) DrillMean(row caseRow) drill { return t.drillWait(row, row.Mean) }

func (t caseTable) drillWait(row caseRow, wait wording.Cell) drill {
	links, opd := t.linksOf(row)
	if wait.State != wording.Measured {
		return plain(wait)
	}
	return links.basis(t.rows, cohortPart, opd, row.N, wait)
}

func (t caseTable) linksOf(row caseRow) (links rowLinks, opd string) {
	if t.regions != nil {
		return t.regions(row.OPD), ""
	}
	return t.links, row.OPD
}

// caseRow is one OPD's response times.
type caseRow struct {
	OPD      string
	URL      string // of the page about it
	Name     string
	Hidden   bool
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
	TopTier  string // how probable tier A is; empty without tiers
	Places   string
	Scarce   bool // too few cases to be ranked
	Shift    shift
}

// newCaseTable words the rows of a clock; those that a search leaves out are
// hidden.
func newCaseTable(lang wording.Language, id, caption string, rows []metrics.CaseOPD, empty, search, query string) caseTable {
	t := caseTable{ID: id, Caption: caption, Of: "OPD", Empty: empty, lang: lang}
	for _, c := range rows {
		t.Rows = append(t.Rows, caseRow{
			OPD: c.OPD, URL: agencyURL(c.OPD, query), Name: c.Name, Hidden: hides(search, c.Name+" "+c.OPD), N: c.N,
			OnTime: c.OnTime, Late: c.Late, Pending: c.Pending, Excluded: c.Excluded,
			Share:    lang.OnTimeShare(c.OnTimeShare, c.CaseCounts),
			Interval: lang.Interval(c.OnTimeLow, c.OnTimeHigh, c.OnTime+c.Late),
			Span:     shareSpan(c.OnTimeLow, c.OnTimeHigh, c.OnTimeShare),
			Median:   lang.MedianWait(c),
			Mean:     lang.MeanWait(c),
			Tier:     wording.Tier(c.Tier),
			TopTier:  topTier(lang, c.PTopTier),
			Places:   wording.Range(c.RankLow, c.RankHigh),
			Scarce:   c.RankLow == nil,
			Shift:    newShift(lang, c.Movement),
		})
	}
	return t
}

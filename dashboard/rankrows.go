package dashboard

import (
	"cmp"
	"slices"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// rankPart is the OPD of a ranking with a place, or those listed without one.
type rankPart struct {
	table   string // as the fairness panel names it
	without bool
}

// rankedEntry is one OPD of a ranking with the evidence it was judged by.
type rankedEntry struct {
	opd, name string
	low, high *int
	n         int    // its evidence
	rows      string // the kind of rows that the evidence is, empty for none
}

// rankedRow is one OPD of a ranking as the page of rows shows it.
type rankedRow struct {
	OPD, Name string
	Places    wording.Cell
	Evidence  drill
}

// rankPartName names a part of the OPD of a ranking in addresses.
func rankPartName(table string, without bool) string {
	if without {
		return table + "-tanpa-tempat"
	}
	return table
}

// rankParts are the rankings of a report, each with those it has no place for.
func rankParts() []rowPart {
	var list []rowPart
	for _, table := range []string{"publication", "ppid", "first_response", "resolve", "index"} {
		for _, without := range []bool{false, true} {
			list = append(list, rowPart{name: rankPartName(table, without), words: rankingWords[table].Words, rank: rankPart{table: table, without: without}})
		}
	}
	return list
}

// rankEntries lists the OPD of a ranking in its order.
func rankEntries(r *metrics.Report, table string) []rankedEntry {
	var list []rankedEntry
	cases := func(kind string, rows []metrics.CaseOPD) {
		for _, o := range rows {
			list = append(list, rankedEntry{o.OPD, o.Name, o.RankLow, o.RankHigh, o.N, kind})
		}
	}
	switch table {
	case "publication":
		for _, o := range r.Publication.OPD {
			list = append(list, rankedEntry{o.OPD, o.Name, o.RankLow, o.RankHigh, o.Stories, storyRows})
		}
	case "ppid":
		cases(requestRows, r.PPID.OPD)
	case "first_response":
		cases(responseRows, r.Complaints.FirstResponse.OPD)
	case "resolve":
		cases(resolveRows, r.Complaints.Resolve.OPD)
	case "index":
		for _, o := range r.Index.OPD {
			list = append(list, rankedEntry{o.OPD, o.Name, o.RankLow, o.RankHigh, len(o.Components), ""})
		}
	}
	return list
}

// addRanked takes in the OPD of a ranking, those with the least evidence first.
func (l *rowList) addRanked(r *metrics.Report) error {
	part := l.ask.part.rank
	list := slices.DeleteFunc(rankEntries(r, part.table), func(e rankedEntry) bool {
		return !l.ask.ofOPD(e.opd) || (e.low == nil) != part.without
	})
	slices.SortStableFunc(list, func(a, b rankedEntry) int { return cmp.Compare(a.n, b.n) })
	lang := l.sel.Lang
	l.view.Unit = lang.T(rankingWords[part.table].Unit)
	for _, e := range list {
		if l.file != nil {
			if err := l.file.ranked(e); err != nil {
				return err
			}
			continue
		}
		if !l.room() {
			continue
		}
		row := rankedRow{OPD: e.opd, Name: e.name, Places: lang.Missing("tanpa tempat"), Evidence: plain(wording.Value(lang.Count(e.n)))}
		if places := wording.Range(e.low, e.high); places != "" {
			row.Places = wording.Value(places)
		}
		switch e.rows {
		case "":
		case storyRows:
			row.Evidence = l.links.to(e.rows, allRows, e.opd, e.n)
		default:
			row.Evidence = l.links.to(e.rows, cohortPart, e.opd, e.n)
		}
		l.view.Ranked = append(l.view.Ranked, row)
	}
	return nil
}

// ofRanking are the links to the OPD of rankings: an OPD chosen by name keeps
// its place among all the others, so that these are listed too.
func (l rowLinks) ofRanking(sel *selection) rowLinks {
	other := *sel
	other.Filter.OPD = nil
	l.query = other.ownQuery()
	return l
}

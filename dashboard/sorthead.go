package dashboard

import (
	"slices"

	"gaung/dashboard/wording"
)

// The figures that tables have columns of, by their paths in the registry. The
// last part of a path is what the address calls the column.
var (
	leagueColumns = []string{
		"publication.opd.stories", "publication.opd.articles", "publication.opd.weeks_met", "publication.opd.active_days",
		"publication.opd.days_since_last", "publication.opd.previous_stories", "publication.opd.score",
	}
	caseColumns = []string{
		"ppid.opd.n", "ppid.opd.on_time", "ppid.opd.late", "ppid.opd.pending", "ppid.opd.excluded", "ppid.opd.on_time_share",
		"ppid.opd.median_wd", "ppid.opd.rmst_wd",
	}
)

// sortHead is the head of a column that a table can be ordered by.
type sortHead struct {
	Label, Unit string
	URL         string // empty where the table cannot be ordered
	Aria        string // ascending or descending; empty for the other columns
	Figure      bool
}

// Heads are the heads of the league table.
func (v rankingView) Heads() []sortHead {
	heads := []sortHead{v.Sort.head("", v.lang.T("Tempat"), "", false), v.Sort.head("name", "OPD", "", false), {Label: v.lang.T("Status")}}
	for _, path := range leagueColumns {
		h := v.Sort.figure(v.lang, path)
		if path == "publication.opd.days_since_last" {
			h.Unit = "" // its name says it
		}
		heads = append(heads, h)
	}
	return heads
}

// Choices are the heads that order the league table, for where its rows are
// cards without heads.
func (v rankingView) Choices() []sortHead {
	return slices.DeleteFunc(v.Heads(), func(h sortHead) bool { return h.URL == "" })
}

// Heads are the heads of a table of response times.
func (t caseTable) Heads() []sortHead {
	heads := []sortHead{t.Sort.head("name", t.Of, "", false)}
	for _, path := range caseColumns {
		h := t.Sort.figure(t.lang, path)
		if path == "ppid.opd.on_time_share" {
			h.Unit = t.lang.T("selang 95%")
		}
		heads = append(heads, h)
	}
	return append(heads, t.Sort.head("", t.lang.T("Tempat"), "", false))
}

// head makes the head of a column; the empty key is the order of the ranking.
// The first click orders numbers from the most and words from the start, the
// next turns that round, the one after that gives the ranking's order back.
func (s *sorting) head(key, label, unit string, figure bool) sortHead {
	h := sortHead{Label: label, Unit: unit, Figure: figure}
	if s == nil {
		return h
	}
	a, first := s.at, figure
	if a.Sort, a.Descending = key, first; key == "" {
		a.Descending = false
	}
	if s.key == key {
		h.Aria = "ascending"
		if s.descending {
			h.Aria = "descending"
		}
		if a.Descending = !s.descending; s.descending != first || key == "" {
			a.Sort, a.Descending = "", false
		}
	}
	h.URL = a.sortedQuery()
	return h
}

// figure makes the head of a column of a figure, by the words of the registry.
func (s *sorting) figure(lang wording.Language, path string) sortHead {
	m, err := lang.Metric(path)
	if err != nil {
		m.Head = path // a test finds it
	}
	return s.head(columnKey(path), m.Head, m.Unit, true)
}

// orderWords says in what order the tables of a page stand; empty for that of
// the ranking.
func (a address) orderWords() string {
	if a.Sort == "" {
		return ""
	}
	label := "OPD"
	for _, path := range slices.Concat(leagueColumns, caseColumns) {
		if columnKey(path) == a.Sort {
			label = a.Lang.MetricHead(path)
			break
		}
	}
	if a.Descending {
		return a.Lang.T("urut {1}, menurun", label)
	}
	return a.Lang.T("urut {1}, menaik", label)
}

package dashboard

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// sorting is the order of the tables of a page: a column of one of the page's
// tables, or none for the order of the ranking. It stands in the address, so
// that it works without scripts and a copied link keeps it.
type sorting struct {
	key        string
	descending bool
	at         address // of the page, without the order
}

// sortHead is the head of a column that a table can be ordered by.
type sortHead struct {
	Label, Unit string
	URL         string // empty where the table cannot be ordered
	Aria        string // ascending or descending; empty for the other columns
	Figure      bool
}

// sorting is the order that the address of the page asks for.
func (m *monthly) sorting() *sorting {
	return &sorting{key: m.sort, descending: m.descending, at: m.sel.address()}
}

// sorted reports whether the rows stand in another order than the ranking's.
func (m *monthly) sorted() bool { return m.sort != "" }

// Head makes the head of a column; the empty key is the order of the ranking.
// The first click orders numbers from the most and words from the start, the
// next turns that round, the one after that gives the ranking's order back.
func (s *sorting) Head(key, label, unit string, figure bool) sortHead {
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

// Metric makes the head of a column of a figure, by the words of the registry.
func (s *sorting) Metric(m wording.MetricWords) sortHead {
	return s.Head(m.Key, m.Head, m.Unit, true)
}

// sortedQuery is the address with the order of its tables; never empty, so
// that it leads to the page itself.
func (a address) sortedQuery() string {
	query := a.query()
	for _, f := range a.kept() {
		if query == "" {
			query = "?"
		} else {
			query += "&"
		}
		query += f.Name + "=" + f.Value
	}
	if query == "" {
		return "?"
	}
	return query
}

// number is what a row is ordered by; ok is false for a value that is not
// known, which stands last either way.
type number struct {
	value float64
	ok    bool
}

func known(n int) number { return number{float64(n), true} }

func maybe[N int | float64](n *N) number {
	if n == nil {
		return number{}
	}
	return number{float64(*n), true}
}

// sortRows orders a copy of rows; those that are equal stand by name, whichever
// the direction.
func sortRows[T any](s *sorting, rows []T, name func(T) string, of map[string]func(T) number) []T {
	by := of[s.key]
	if by == nil && s.key != "name" {
		return rows
	}
	out := slices.Clone(rows)
	slices.SortStableFunc(out, func(a, b T) int {
		names := cmp.Compare(strings.ToLower(name(a)), strings.ToLower(name(b)))
		if by == nil {
			if s.descending {
				return -names
			}
			return names
		}
		x, y := by(a), by(b)
		if x.ok != y.ok {
			if x.ok {
				return -1
			}
			return 1
		}
		order := cmp.Compare(x.value, y.value)
		if s.descending {
			order = -order
		}
		return cmp.Or(order, names)
	})
	return out
}

// publicationColumns is what the league table can be ordered by.
var publicationColumns = map[string]func(metrics.PublicationOPD) number{
	"stories":           func(o metrics.PublicationOPD) number { return known(o.Stories) },
	"articles":          func(o metrics.PublicationOPD) number { return known(o.Articles) },
	"weeks_met":         func(o metrics.PublicationOPD) number { return known(o.WeeksMet) },
	"active_days":       func(o metrics.PublicationOPD) number { return known(o.ActiveDays) },
	"days_since_last":   func(o metrics.PublicationOPD) number { return maybe(o.DaysSinceLast) },
	"previous_stories":  func(o metrics.PublicationOPD) number { return maybe(o.PreviousStories) },
	"score":             func(o metrics.PublicationOPD) number { return maybe(o.Score) },
	"others_attainment": func(o metrics.PublicationOPD) number { return maybe(o.OthersAttainment) },
}

// caseColumns is what the tables of response times can be ordered by.
var caseColumns = map[string]func(metrics.CaseOPD) number{
	"n":             func(o metrics.CaseOPD) number { return known(o.N) },
	"on_time":       func(o metrics.CaseOPD) number { return known(o.OnTime) },
	"late":          func(o metrics.CaseOPD) number { return known(o.Late) },
	"pending":       func(o metrics.CaseOPD) number { return known(o.Pending) },
	"excluded":      func(o metrics.CaseOPD) number { return known(o.Excluded) },
	"on_time_share": func(o metrics.CaseOPD) number { return maybe(o.OnTimeShare) },
	"median_wd":     func(o metrics.CaseOPD) number { return maybe(o.MedianWD) },
	"rmst_wd":       func(o metrics.CaseOPD) number { return maybe(o.RMSTWD) },
}

// ordered is the report with its rows in the order of the page; everything that
// shows rows (tables and charts) reads it, so that they agree.
func (m *monthly) ordered() *metrics.Report {
	s := m.sorting()
	if s.key == "" {
		return m.report
	}
	r := *m.report
	name := func(o metrics.CaseOPD) string { return o.Name }
	r.Publication.OPD = sortRows(s, r.Publication.OPD, func(o metrics.PublicationOPD) string { return o.Name }, publicationColumns)
	r.PPID.OPD = sortRows(s, r.PPID.OPD, name, caseColumns)
	r.Complaints.FirstResponse.OPD = sortRows(s, r.Complaints.FirstResponse.OPD, name, caseColumns)
	r.Complaints.Resolve.OPD = sortRows(s, r.Complaints.Resolve.OPD, name, caseColumns)
	return &r
}

// order is the column that the address asks tables to be ordered by; a column
// that no table has is refused.
func (a address) order() (string, error) {
	if a.Sort == "" || a.Sort == "name" || publicationColumns[a.Sort] != nil || caseColumns[a.Sort] != nil {
		return a.Sort, nil
	}
	return "", badValue("Kolom {1} tidak dapat diurutkan; pilih lewat kepala tabel.", nil, strconv.Quote(a.Sort))
}

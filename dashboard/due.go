package dashboard

import (
	"slices"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// The rules of contract section 3 whose cases stand on the two pages.
var (
	requestRules   = []string{"ppid", "objection"}
	complaintRules = []string{"complaint-verify", "complaint-first-response", "complaint-resolve"}
)

// ruleWords names the clock of a rule.
var ruleWords = map[string]string{
	"ppid":                     "Permohonan|jam",
	"objection":                "Keberatan|jam",
	"complaint-verify":         "Verifikasi",
	"complaint-first-response": "Tanggapan pertama",
	"complaint-resolve":        "Penyelesaian",
}

// dueRows is how many clocks of either list a page names: a long backlog must
// not hide what can still be met.
const dueRows = 12

// dueView is what is overdue and due within seven days.
type dueView struct {
	Failed  bool // the list could not be read in time
	AsOf    string
	Query   string
	Own     bool // all of one OPD, which needs no column then
	Rows    []dueRow
	More    int // cases that the list has no room for
	Overdue int // cases, not clocks
	Soon    int
	Unknown int // clocks whose due day cannot be told
	// All leads to the complete lists, as far as the visitor may see them.
	All []drill
}

// dueRow is one clock that runs.
type dueRow struct {
	ID      string
	URL     string // of the case; empty, as the number, where it is not for the visitor
	OPD     string
	Name    wording.Cell
	Hidden  bool
	Clock   string
	From    string
	Due     string
	Left    string // "lewat 3 hari", "hari ini", "2 hari lagi"
	Overdue bool
}

// newRequestDue is what is due of information requests.
func newRequestDue(m *monthly) dueView { return newDueOf(m, requestDueRows, requestRules) }

// newComplaintDue is what is due of complaints.
func newComplaintDue(m *monthly) dueView { return newDueOf(m, complaintDueRows, complaintRules) }

func newDueOf(m *monthly, kind string, rules []string) dueView {
	v := newDue(m, rules)
	if !v.Failed {
		v.addAll(m, kind, rules, "")
	}
	return v
}

// newDue words the part of a due list that belongs to the rules, the most
// pressing first.
func newDue(m *monthly, rules []string) dueView {
	lang := m.sel.Lang
	if m.due == nil {
		return dueView{Failed: true}
	}
	v := dueView{
		AsOf: lang.Day(m.due.AsOf), Query: m.sel.query(),
		Overdue: countDue(m.due.Overdue, rules), Soon: countDue(m.due.Soon, rules),
	}
	for _, u := range m.due.Unknown {
		if slices.Contains(rules, u.Rule) {
			v.Unknown++
		}
	}
	for i, list := range [][]metrics.DueCase{m.due.Overdue, m.due.Soon} {
		named := 0
		for _, c := range list {
			if !slices.Contains(rules, c.Rule) {
				continue
			}
			if named++; named > dueRows {
				v.More++
				continue
			}
			row := newDueRow(lang, c, i == 0, m.search, v.Query)
			if !m.rows.visitor.mayOPD(m.sel.Region.Code, c.OPD) {
				row.ID, row.URL = "", ""
				row.Hidden = hides(m.search, c.Name+" "+c.OPD) // what is not shown is not found
			}
			v.Rows = append(v.Rows, row)
		}
	}
	return v
}

// addAll leads to the complete lists of the rules, of one OPD or of all.
func (v *dueView) addAll(m *monthly, kind string, rules []string, opd string) {
	for _, d := range []struct {
		part, text string
		n          int
	}{
		{overduePart, "{1}: {2} lewat batas", countDue(m.due.Overdue, rules)},
		{soonPart, "{1}: {2} segera jatuh tempo", countDue(m.due.Soon, rules)},
	} {
		if url := m.rows.address(kind, d.part, opd, d.n); url != "" {
			k, _ := rowKindOf(kind)
			v.All = append(v.All, drill{URL: url, N: d.n, Text: m.sel.Lang.T(d.text, m.sel.Lang.T(k.words), m.sel.Lang.Count(d.n))})
		}
	}
}

func newDueRow(lang wording.Language, c metrics.DueCase, overdue bool, search, query string) dueRow {
	row := dueRow{
		ID: c.ID, URL: caseURL(caseOfRule(c.Rule), c.ID, c.OPD, query), OPD: c.OPD, Name: wording.Value(c.Name), Hidden: hides(search, c.Name+" "+c.OPD+" "+c.ID),
		Clock: lang.T(ruleWords[c.Rule]), From: lang.ShortDay(c.From), Due: lang.ShortDay(c.Due), Overdue: overdue,
	}
	if c.Name == "" {
		row.Name = lang.Missing("OPD tidak dikenal")
	}
	if row.Clock == "" {
		row.Clock = c.Rule
	}
	if c.Extended {
		row.Clock += lang.T(" (diperpanjang)")
	}
	switch {
	case c.DaysLeft < 0:
		row.Left = lang.T("lewat {1} hari", lang.Count(-c.DaysLeft))
	case c.DaysLeft == 0:
		row.Left = lang.T("hari ini")
	default:
		row.Left = lang.T("{1} hari lagi", lang.Count(c.DaysLeft))
	}
	return row
}

// countDue counts the cases of a list under the rules; a case with two clocks
// is one case.
func countDue(list []metrics.DueCase, rules []string) int {
	seen := map[string]bool{}
	for _, c := range list {
		if slices.Contains(rules, c.Rule) {
			seen[c.OPD+"\x00"+c.ID] = true
		}
	}
	return len(seen)
}

package dashboard

import (
	"slices"

	"gaung/dashboard/figures"
)

// overviewPage is the month in one screen.
var overviewPage = page{path: "/", name: "overview", nav: "Ringkasan", view: monthPage("Ringkasan", "overview", wants{previous: true, due: true}, newOverview)}

// topRows is how many OPD the overview names; the rest are a link away. A
// 1366×768 screen shows half of them: more would not fit.
const topRows = 12

// overviewView is what templates/overview.html shows.
type overviewView struct {
	Head head

	Figures    []figures.Figure
	NoArticles bool // nothing was ever pulled: silence of the OPD would be a lie
	Top        []rankRow
	Ranked     int // how many OPD have a place at all
	Attention  []attention
	Fairness   fairnessLine // empty without a ranking
}

// newOverview turns a month into the page.
func newOverview(_ *Server, m *monthly) (any, error) {
	lang := m.sel.Lang
	r := m.report
	view := &overviewView{
		Head:      newHead(m, "", ""),
		Figures:   m.rows.figures(figures.Key(lang, r, m.previous), r, ""),
		Attention: newAttention(m),
	}
	if m.sel.Through.LastArticle.IsZero() {
		view.NoArticles = true
		view.Figures = slices.DeleteFunc(view.Figures, func(f figures.Figure) bool { return f.ID == "stories" || f.ID == "targets" })
		view.Attention = slices.DeleteFunc(view.Attention, func(a attention) bool { return a.ID == "quiet" })
		return view, nil
	}
	ranking := newRanking(lang, r, "", m.sel.query())
	ranking.leadTo(m)
	view.Ranked = len(ranking.Ranked)
	view.Fairness = newFairnessLine(lang, r, m.sel.query())
	view.Top = ranking.Ranked[:min(topRows, view.Ranked)]
	return view, nil
}

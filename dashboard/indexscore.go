package dashboard

import (
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// indexPage is the Indeks Layanan Informasi with everything it is made of.
var indexPage = page{path: "/indeks", name: "index", nav: "Indeks", view: monthPage("Indeks Layanan Informasi", "index", wants{}, newIndex)}

// indexView is what templates/index.html shows.
type indexView struct {
	Head     head
	Search   string
	Version  int
	Weights  []indexWeightRow
	Rows     []indexRow
	Fairness fairnessView
}

// indexWeightRow is one component with its published weight.
type indexWeightRow struct{ Words, Weight string }

// indexRow is one OPD.
type indexRow struct {
	OPD, Name string
	Hidden    bool
	Score     wording.Cell
	Tier      string
	TopTier   string // the index gives none
	Places    string
	Scarce    bool
	// Points are the components in the order of the weights.
	Points  []wording.Cell
	Weights string // the places under other weights
}

// newIndex turns a month into the page.
func newIndex(_ *Server, m *monthly) (any, error) {
	lang := m.sel.Lang
	x := m.report.Index
	v := &indexView{
		Head: newHead(m, lang.T("Indeks Layanan Informasi"), ""), Search: m.search, Version: x.Version,
		Fairness: newFairness(m, "index"),
	}
	v.Fairness.Notes = indexNotes(lang, x.Sensitivity)
	for _, w := range x.Weights {
		v.Weights = append(v.Weights, indexWeightRow{Words: lang.T(rankingWords[w.Component].Words), Weight: lang.Percent(w.Weight, 0)})
	}
	for _, o := range x.OPD {
		v.Rows = append(v.Rows, newIndexRow(lang, o, x.Weights, m.search))
	}
	return v, nil
}

func newIndexRow(lang wording.Language, o metrics.IndexOPD, weights []metrics.IndexWeight, search string) indexRow {
	row := indexRow{
		OPD: o.OPD, Name: o.Name, Hidden: hides(search, o.Name+" "+o.OPD),
		Score: lang.OptionalNumber(o.Score, 0, "kurang dari dua komponen"),
		Tier:  wording.Tier(o.Tier), Places: wording.Range(o.RankLow, o.RankHigh), Scarce: o.RankLow == nil,
		Weights: wording.Range(o.WeightRankLow, o.WeightRankHigh),
	}
	for _, w := range weights {
		row.Points = append(row.Points, componentCell(lang, o, w.Component))
	}
	return row
}

// componentCell is what a component gives an OPD, in points with the weight it
// has there.
func componentCell(lang wording.Language, o metrics.IndexOPD, component string) wording.Cell {
	for _, c := range o.Components {
		if c.Component == component {
			cell := wording.Value(lang.Number(c.Points, 0))
			cell.Note = lang.T("bobot {1}", lang.Percent(c.Weight, 0))
			return cell
		}
	}
	return lang.Missing("tidak ada nilai; bobotnya dibagi ke komponen lain")
}

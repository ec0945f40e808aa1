package dashboard

import (
	"slices"
	"strings"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// fairnessView is "Kewajaran": how far the rankings of a page can be trusted.
type fairnessView struct {
	Query string
	Rows  []fairnessRow
	Notes []string // what is missing or late, in sentences
}

// fairnessRow is one ranking.
type fairnessRow struct {
	Table    string
	Words    string
	Ranked   drill
	Left     drill // listed without a place
	Smallest drill
	Unit     string // of Smallest
	Tiers    string
	TopThree wording.Cell
}

// rankingWords names the rankings of a report, and what their evidence is
// counted in.
var rankingWords = map[string]struct{ Words, Unit string }{
	"publication":    {"Publikasi", "berita"},
	"ppid":           {"PPID", "kasus"},
	"first_response": {"Tanggapan pertama", "kasus"},
	"resolve":        {"Penyelesaian", "kasus"},
	"index":          {"Indeks", "komponen"},
}

// newFairness words the panel for some of the rankings.
func newFairness(m *monthly, tables ...string) fairnessView {
	lang, f := m.sel.Lang, m.report.Fairness
	v := fairnessView{Query: m.sel.query()}
	links := m.rows.ofRanking(m.sel)
	for _, t := range f.Tables {
		if !slices.Contains(tables, t.Table) {
			continue
		}
		words := rankingWords[t.Table]
		row := fairnessRow{
			Table: t.Table, Words: lang.T(words.Words), Unit: lang.T(words.Unit),
			Ranked:   links.to(rankRows, rankPartName(t.Table, false), "", t.Ranked),
			Left:     links.to(rankRows, rankPartName(t.Table, true), "", t.Insufficient),
			Smallest: links.basis(rankRows, rankPartName(t.Table, false), "", t.Ranked, lang.OptionalCount(t.SmallestN, "tidak ada yang diperingkat")),
			Tiers:    lang.T("tanpa tingkat: perbedaannya belum meyakinkan"),
			TopThree: lang.Missing("tidak ada yang lain untuk dibandingkan"),
		}
		if t.HasTiers {
			row.Tiers = lang.T("bertingkat A, B, C")
		}
		if t.TopThreeSurvives != nil {
			row.TopThree = wording.Value(lang.Percent(*t.TopThreeSurvives, 0))
		}
		v.Rows = append(v.Rows, row)
	}
	if slices.Contains(tables, "publication") {
		v.Notes = append(publicationNotes(lang, f), indexNotes(lang, f.Weights)...)
	}
	return v
}

// fairnessLine is the panel in one sentence, for a page without room for it.
type fairnessLine struct{ Text, URL string }

// newFairnessLine says of the publication ranking what its panel says, in short.
func newFairnessLine(lang wording.Language, r *metrics.Report, query string) fairnessLine {
	f := r.Fairness
	line := fairnessLine{URL: publicationPage.path + query + "#judul-kewajaran"}
	i := slices.IndexFunc(f.Tables, func(t metrics.FairnessTable) bool { return t.Table == "publication" })
	if i < 0 || f.Tables[i].Ranked == 0 {
		return fairnessLine{}
	}
	t := f.Tables[i]
	var parts []string
	if t.TopThreeSurvives != nil {
		parts = append(parts, lang.T("peluang tiga teratas bertahan {1}", lang.Percent(*t.TopThreeSurvives, 0)))
	}
	if t.SmallestN != nil {
		parts = append(parts, lang.T("bukti terkecil {1} berita", lang.Count(*t.SmallestN)))
	}
	parts = append(parts,
		lang.T("{1} OPD tanpa sumber atau sumbernya gagal", lang.Count(f.NoSource+f.SourceFailed)),
		lang.T("{1} artikel terlambat masuk", lang.Count(f.LateArticles)))
	if f.Weights.TopThreeSame != nil {
		parts = append(parts, lang.T("indeks: tiga teratas sama pada {1} susunan bobot", lang.Percent(*f.Weights.TopThreeSame, 0)))
	}
	line.Text = strings.Join(parts, " · ")
	return line
}

// publicationNotes says what is missing from the publication figures.
func publicationNotes(lang wording.Language, f metrics.Fairness) []string {
	notes := []string{
		lang.T("{1} OPD tanpa sumber dan {2} OPD dengan sumber gagal tidak ikut diperingkat.", lang.Count(f.NoSource), lang.Count(f.SourceFailed)),
	}
	late := lang.T("{1} artikel baru terlihat lebih dari 3 hari sesudah terbit", lang.Count(f.LateArticles))
	if f.MedianLagDays != nil {
		late += lang.T(" (median jeda {1} hari)", lang.Count(*f.MedianLagDays))
	}
	if f.ArticlesAfterAsOf > 0 {
		late += lang.T("; {1} masuk sesudah hari keadaan ini", lang.Count(f.ArticlesAfterAsOf))
	}
	return append(notes, late+".")
}

// indexNotes says what the weights of the index decide.
func indexNotes(lang wording.Language, s metrics.Sensitivity) []string {
	if s.TopThreeSame == nil {
		return nil
	}
	text := lang.T("Bobot indeks diubah 10% naik dan turun dalam {1} susunan: tiga teratas tetap sama pada {2} di antaranya", lang.Count(s.Weightings), lang.Percent(*s.TopThreeSame, 0))
	if s.WidestBand != nil {
		text += lang.T(", dan satu OPD bergeser paling jauh {1} tempat", lang.Count(*s.WidestBand))
	}
	return []string{text + "."}
}

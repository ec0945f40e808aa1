package dashboard

import (
	"slices"

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
	Ranked   int
	Left     int // listed without a place
	Smallest wording.Cell
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
func newFairness(r *metrics.Report, query string, tables ...string) fairnessView {
	f := r.Fairness
	v := fairnessView{Query: query}
	for _, t := range f.Tables {
		if !slices.Contains(tables, t.Table) {
			continue
		}
		words := rankingWords[t.Table]
		row := fairnessRow{
			Table: t.Table, Words: words.Words, Ranked: t.Ranked, Left: t.Insufficient, Unit: words.Unit,
			Smallest: wording.OptionalCount(t.SmallestN, "tidak ada yang diperingkat"),
			Tiers:    "tanpa tingkat: perbedaannya belum meyakinkan",
			TopThree: wording.Missing("tidak ada yang lain untuk dibandingkan"),
		}
		if t.HasTiers {
			row.Tiers = "bertingkat A, B, C"
		}
		if t.TopThreeSurvives != nil {
			row.TopThree = wording.Value(wording.Percent(*t.TopThreeSurvives, 0))
		}
		v.Rows = append(v.Rows, row)
	}
	if slices.Contains(tables, "publication") {
		v.Notes = append(publicationNotes(f), indexNotes(f.Weights)...)
	}
	return v
}

// publicationNotes says what is missing from the publication figures.
func publicationNotes(f metrics.Fairness) []string {
	notes := []string{
		wording.Count(f.NoSource) + " OPD tanpa sumber dan " + wording.Count(f.SourceFailed) + " OPD dengan sumber gagal tidak ikut diperingkat.",
	}
	late := wording.Count(f.LateArticles) + " artikel baru terlihat lebih dari 3 hari sesudah terbit"
	if f.MedianLagDays != nil {
		late += " (median jeda " + wording.Count(*f.MedianLagDays) + " hari)"
	}
	if f.ArticlesAfterAsOf > 0 {
		late += "; " + wording.Count(f.ArticlesAfterAsOf) + " masuk sesudah hari keadaan ini"
	}
	return append(notes, late+".")
}

// indexNotes says what the weights of the index decide.
func indexNotes(s metrics.Sensitivity) []string {
	if s.TopThreeSame == nil {
		return nil
	}
	text := "Bobot indeks diubah 10% naik dan turun dalam " + wording.Count(s.Weightings) + " susunan: tiga teratas tetap sama pada " +
		wording.Percent(*s.TopThreeSame, 0) + " di antaranya"
	if s.WidestBand != nil {
		text += ", dan satu OPD bergeser paling jauh " + wording.Count(*s.WidestBand) + " tempat"
	}
	return []string{text + "."}
}

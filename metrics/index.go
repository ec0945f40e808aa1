package metrics

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"

	"gaung/metrics/stats"
)

// minComponents is how many components an OPD needs to have an index. With a
// single one the index would only repeat that ranking under a bigger name.
const minComponents = 2

// Index is the Indeks Layanan Informasi: the scores of the rankings put on one
// scale and weighed. A component an OPD has no score in never counts as zero:
// the weights of the others are scaled up to 1, and the gap is shown.
type Index struct {
	Version     int           `json:"version"` // of the weights
	Weights     []IndexWeight `json:"weights"`
	OPD         []IndexOPD    `json:"opd"`
	Sensitivity Sensitivity   `json:"sensitivity"`
}

// IndexOPD is one OPD's row. Score is the weighted mean of the points; it, the
// ranks and the tier are nil with fewer than two components.
type IndexOPD struct {
	OPD        string           `json:"opd"`
	Name       string           `json:"name"`
	Score      *float64         `json:"score"` // 0–100
	Components []IndexComponent `json:"components"`
	Missing    []string         `json:"missing"`
	RankMean   *float64         `json:"rank_mean"`
	RankLow    *int             `json:"rank_low"`
	RankHigh   *int             `json:"rank_high"`
	Tier       *string          `json:"tier"`
	// PTopTier is the probability to stand among as many as tier A has; nil
	// where there are no tiers.
	PTopTier *float64 `json:"p_top_tier"`
	// WeightRankLow and WeightRankHigh are the best and the worst place under
	// the weights of the sensitivity check.
	WeightRankLow  *int `json:"weight_rank_low"`
	WeightRankHigh *int `json:"weight_rank_high"`
}

// IndexComponent is a component an OPD has: its score in the ranking, the
// points that is worth, and the weight it gets in this OPD's index. The
// weights of a row add up to 1.
type IndexComponent struct {
	Component string  `json:"component"`
	Score     float64 `json:"score"`
	Points    float64 `json:"points"` // 0–100
	Weight    float64 `json:"weight"`
}

// index builds the index of every OPD that is ranked somewhere.
func (s *snapshot) index(a *agencies) Index {
	out := Index{Version: indexVersion, Weights: slices.Clone(indexWeights), OPD: []IndexOPD{}}
	var ranked, rest []IndexOPD
	for _, code := range s.scored() {
		row := IndexOPD{OPD: code, Name: a.name(code), Components: []IndexComponent{}, Missing: []string{}}
		present := 0.0
		for _, w := range indexWeights {
			d, ok := s.standings.of(w.Component).dist[code]
			if !ok {
				row.Missing = append(row.Missing, w.Component)
				continue
			}
			score := d.Expect()
			row.Components = append(row.Components, IndexComponent{w.Component, score, stats.Points(score, w.Worst, w.Best), w.Weight})
			present += w.Weight
		}
		score := 0.0
		for i := range row.Components {
			c := &row.Components[i]
			c.Weight /= present
			score += c.Weight * c.Points
		}
		if len(row.Components) < minComponents {
			few := stats.TierInsufficient
			row.Tier = &few
			rest = append(rest, row)
			continue
		}
		row.Score = &score
		ranked = append(ranked, row)
	}
	slices.SortFunc(ranked, func(x, y IndexOPD) int {
		return cmp.Or(cmp.Compare(*y.Score, *x.Score), byName(x.Name, x.OPD, y.Name, y.OPD))
	})
	slices.SortFunc(rest, func(x, y IndexOPD) int { return byName(x.Name, x.OPD, y.Name, y.OPD) })
	s.rankIndex(ranked)
	s.standings.of(tableIndex).unranked = len(rest)
	out.Sensitivity = sensitivity(ranked)
	out.OPD = shown(s, append(append(out.OPD, ranked...), rest...), func(r IndexOPD) string { return r.OPD })
	return out
}

// scored lists the OPD ranked in any component, in order of code.
func (s *snapshot) scored() []string {
	var codes []string
	for _, w := range indexWeights {
		codes = append(codes, s.standings.of(w.Component).order...)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// rankIndex gives the rows their places. An OPD's index is drawn from the
// draws of its components, so that what is uncertain there is so here.
func (s *snapshot) rankIndex(rows []IndexOPD) {
	st := &standing{entrant: make(map[string]int, len(rows))}
	mixtures := make([]stats.Mixture, len(rows))
	seed := s.seed(tableIndex)
	text := fmt.Appendf(nil, "mixtures %q\n", seed) // all that the draws depend on
	for i, r := range rows {
		mixtures[i].Key = r.OPD
		text = fmt.Appendf(text, "%q\n", r.OPD)
		for _, c := range r.Components {
			from := s.standings.of(c.Component)
			w := indexWeights[slices.IndexFunc(indexWeights, func(w IndexWeight) bool { return w.Component == c.Component })]
			text = fmt.Appendf(text, "%x %d %v %v %v\n", from.drawn.key, from.entrant[r.OPD], w.Worst, w.Best, c.Weight)
			mixtures[i].Parts = append(mixtures[i].Parts, stats.Part{
				League: from.drawn.league(), Entrant: from.entrant[r.OPD], Worst: w.Worst, Best: w.Best, Weight: c.Weight,
			})
		}
		st.order = append(st.order, r.OPD)
		st.entrant[r.OPD] = i
		st.evidence(len(r.Components))
	}
	st.drawn = s.standings.leagues.of(sha256.Sum256(text), len(rows), func() *stats.League { return stats.Combine(seed, mixtures) })
	places := st.places()
	for i := range rows {
		rows[i].RankMean, rows[i].RankLow, rows[i].RankHigh = &places[i].Mean, &places[i].Low, &places[i].High
		rows[i].Tier, rows[i].PTopTier = places[i].tier, places[i].topTier
	}
	s.standings.keep(tableIndex, st)
}

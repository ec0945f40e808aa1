package metrics

import (
	"cmp"
	"slices"

	"gaung/metrics/stats"
)

// attainmentCap keeps sheer volume from buying places: more than a fifth above
// the target counts no further.
const attainmentCap = 1.2

// publicationRow is a row with the stories expected of it: the weekly target
// added up over the weeks that are over.
type publicationRow struct {
	PublicationOPD
	expected float64
}

// ranked reports whether the row takes part in the ranking.
func (r publicationRow) ranked() bool {
	return (r.Status == StatusOK || r.Status == StatusQuiet) && r.expected > 0
}

func (r publicationRow) rate() stats.Rate { return stats.Rate{Y: r.Stories, Exposure: r.expected} }

// attainment is what is known of how far the OPD of a month met their targets.
type attainment struct {
	comparison comparison
	dist       map[string]stats.Distribution // of every ranked OPD, after shrinkage and capped
	all        map[string]stats.Rate         // of each group together
}

// attainments compares the ranked rows: stories by stories expected, after
// Gamma-Poisson shrinkage toward the peer group or the region.
func attainments(a *agencies, rows []publicationRow) attainment {
	rates := map[string]stats.Rate{}
	var codes []string
	for _, r := range rows {
		if r.ranked() {
			rates[r.OPD] = r.rate()
			codes = append(codes, r.OPD)
		}
	}
	slices.Sort(codes)
	rate := func(code string) stats.Rate { return rates[code] }
	out := attainment{comparison: compareAmong(a, codes), dist: make(map[string]stats.Distribution, len(codes))}
	fitted := priors(out.comparison, codes, rate, stats.FitGamma)
	out.all = priors(out.comparison, codes, rate, func(group []stats.Rate) (sum stats.Rate) {
		for _, r := range group {
			sum.Y, sum.Exposure = sum.Y+r.Y, sum.Exposure+r.Exposure
		}
		return sum
	})
	for _, code := range codes {
		out.dist[code] = stats.Capped{Distribution: fitted[out.comparison[code]].Posterior(rates[code]), Cap: attainmentCap}
	}
	return out
}

// others is the attainment of all the others a row is compared with, nil where
// there are none.
func (t attainment) others(r publicationRow) *float64 {
	all := t.all[t.comparison[r.OPD]]
	if left := all.Exposure - r.expected; left > 1e-9 {
		share := float64(all.Y-r.Stories) / left
		return &share
	}
	return nil
}

// rankPublication orders the rows by attainment after shrinkage, capped at
// 1.2, then by weeks met, active days and name. Rows that are not ranked
// follow by name, without score, places and tier.
func (s *snapshot) rankPublication(a *agencies, rows []publicationRow) []PublicationOPD {
	t := attainments(a, rows)
	var ranked, rest []PublicationOPD
	for _, r := range rows {
		if !s.scope.competes(r.OPD) {
			continue
		}
		if !r.ranked() {
			rest = append(rest, r.PublicationOPD)
			continue
		}
		score := t.dist[r.OPD].Expect()
		r.Score, r.PeerGroup, r.OthersAttainment = &score, t.comparison.name(r.OPD), t.others(r)
		ranked = append(ranked, r.PublicationOPD)
	}
	slices.SortFunc(ranked, func(a, b PublicationOPD) int {
		return cmp.Or(
			cmp.Compare(*b.Score, *a.Score),
			cmp.Compare(b.WeeksMet, a.WeeksMet),
			cmp.Compare(b.ActiveDays, a.ActiveDays),
			byName(a.Name, a.OPD, b.Name, b.OPD))
	})
	slices.SortFunc(rest, func(a, b PublicationOPD) int { return byName(a.Name, a.OPD, b.Name, b.OPD) })

	order := make([]string, len(ranked))
	for i, r := range ranked {
		order[i] = r.OPD
	}
	st := s.standings.draw(s.seed(tablePublication), false, order, t.dist)
	places := st.places()
	for i := range ranked {
		r := &ranked[i]
		st.evidence(r.Stories)
		r.RankMean, r.RankLow, r.RankHigh = &places[i].Mean, &places[i].Low, &places[i].High
		r.Tier, r.PTopTier = places[i].tier, places[i].topTier
	}
	st.unranked = len(rest)
	s.standings.keep(tablePublication, st)
	all := append(slices.Grow([]PublicationOPD{}, len(rows)), append(ranked, rest...)...)
	return shown(s, all, func(r PublicationOPD) string { return r.OPD })
}

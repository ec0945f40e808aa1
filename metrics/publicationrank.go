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

// rankPublication orders the rows by attainment (stories by stories expected)
// after Gamma-Poisson shrinkage, capped at 1.2, then by weeks met, active days
// and name. Rows that are not ranked follow by name, without score, places and
// tier.
func rankPublication(rows []publicationRow, seed string) []PublicationOPD {
	var ranked, rest []publicationRow
	var rates []stats.Rate
	for _, r := range rows {
		if !r.ranked() {
			rest = append(rest, r)
			continue
		}
		ranked = append(ranked, r)
		rates = append(rates, stats.Rate{Y: r.Stories, Exposure: r.expected})
	}
	prior := stats.FitGamma(rates)
	posterior := func(r publicationRow) stats.Capped {
		return stats.Capped{Distribution: prior.Posterior(stats.Rate{Y: r.Stories, Exposure: r.expected}), Cap: attainmentCap}
	}
	for i := range ranked {
		score := posterior(ranked[i]).Expect()
		ranked[i].Score = &score
	}
	slices.SortFunc(ranked, func(a, b publicationRow) int {
		return cmp.Or(
			cmp.Compare(*b.Score, *a.Score),
			cmp.Compare(b.WeeksMet, a.WeeksMet),
			cmp.Compare(b.ActiveDays, a.ActiveDays),
			byName(a.Name, a.OPD, b.Name, b.OPD))
	})
	slices.SortFunc(rest, func(a, b publicationRow) int { return byName(a.Name, a.OPD, b.Name, b.OPD) })

	entrants := make([]stats.Entrant, len(ranked))
	for i, r := range ranked {
		entrants[i] = stats.Entrant{Key: r.OPD, Dist: posterior(r)}
	}
	league := stats.NewLeague(seed, false, entrants)
	places, tiers := league.Places(), stats.Tiers(len(ranked), league.Beats)
	out := make([]PublicationOPD, 0, len(rows))
	for i, r := range ranked {
		r.RankMean, r.RankLow, r.RankHigh, r.Tier = &places[i].Mean, &places[i].Low, &places[i].High, &tiers[i]
		out = append(out, r.PublicationOPD)
	}
	for _, r := range rest {
		out = append(out, r.PublicationOPD)
	}
	return out
}

package metrics

import (
	"cmp"
	"slices"

	"gaung/metrics/stats"
)

// casePriors holds what the OPD of a region, and of its peer groups, have in
// common under one clock.
type casePriors struct {
	comparison comparison
	waits      map[string]stats.NormalPrior
	onTime     map[string]stats.BetaPrior
	all        map[string]stats.Waiting // the cases of each group together
}

func (t tallies) priors(a *agencies) casePriors {
	codes := t.codes()
	c := compareAmong(a, codes)
	return casePriors{
		comparison: c,
		waits: priors(c, codes, func(code string) stats.Waiting { return t[code].waits },
			func(group []stats.Waiting) stats.NormalPrior { return stats.FitNormal(group, horizonDays) }),
		onTime: priors(c, codes, func(code string) stats.Count { return t[code].judged() }, stats.FitBeta),
		all: priors(c, codes, func(code string) stats.Waiting { return t[code].waits }, func(group []stats.Waiting) stats.Waiting {
			var all stats.Waiting
			for _, w := range group {
				all = all.Plus(w)
			}
			return all
		}),
	}
}

// judged counts the cases that were on time among those that could be judged.
func (t *tally) judged() stats.Count { return stats.Count{K: t.OnTime, N: t.OnTime + t.Late} }

// wait is the restricted mean wait of an OPD after shrinkage.
func (p casePriors) wait(code string, t *tally) stats.Normal {
	return p.waits[p.comparison[code]].Posterior(t.waits)
}

// fill adds to a row what compares the OPD with the others.
func (p casePriors) fill(row *CaseOPD, t *tally) {
	group := p.comparison[row.OPD]
	row.PeerGroup = p.comparison.name(row.OPD)
	if r, ok := p.all[group].Minus(t.waits).RestrictedMean(horizonDays); ok {
		row.OthersRMSTWD = &r.Area
	}
	if c := t.judged(); c.N > 0 {
		share := p.onTime[group].Posterior(c).Expect()
		row.OnTimeScore = &share
	}
}

// waitPosteriors is the restricted mean wait, after shrinkage, of every OPD
// with enough cases to be ranked.
func (t tallies) waitPosteriors(p casePriors) map[string]stats.Distribution {
	out := map[string]stats.Distribution{}
	for _, code := range t.codes() {
		if t[code].waits.N() >= minCases {
			out[code] = p.wait(code, t[code])
		}
	}
	return out
}

// rankCases measures and ranks every OPD with a case: by restricted mean wait
// after shrinkage among those with at least five cases, then the others by
// name as "data kurang".
func (s *snapshot) rankCases(table string, a *agencies, t tallies) ([]CaseOPD, *Funnel) {
	p := t.priors(a)
	dist := t.waitPosteriors(p)
	t = t.among(s.scope.competes)
	funnel, limits := t.funnel()
	var ranked, rest []CaseOPD
	for _, code := range t.codes() {
		row := caseRow(code, a.name(code), t[code])
		p.fill(&row, t[code])
		row.Funnel = limits.point(t[code].judged())
		if d, ok := dist[code]; ok {
			score := d.Expect()
			row.Score = &score
			ranked = append(ranked, row)
		} else {
			few := stats.TierInsufficient
			row.Tier = &few
			rest = append(rest, row)
		}
	}
	slices.SortFunc(ranked, func(x, y CaseOPD) int {
		return cmp.Or(cmp.Compare(*x.Score, *y.Score), cmp.Compare(*x.RMSTWD, *y.RMSTWD), byName(x.Name, x.OPD, y.Name, y.OPD))
	})
	slices.SortFunc(rest, func(x, y CaseOPD) int { return byName(x.Name, x.OPD, y.Name, y.OPD) })

	order := make([]string, len(ranked))
	for i, r := range ranked {
		order[i] = r.OPD
	}
	st := s.standings.draw(s.seed(table), true, order, dist)
	places := st.places()
	for i := range ranked {
		st.evidence(ranked[i].N)
		ranked[i].RankLow, ranked[i].RankHigh, ranked[i].Tier, ranked[i].PTopTier = &places[i].Low, &places[i].High, places[i].tier, places[i].topTier
	}
	st.unranked = len(rest)
	s.standings.keep(table, st)
	all := append(slices.Grow([]CaseOPD{}, len(ranked)+len(rest)), append(ranked, rest...)...)
	return shown(s, all, func(r CaseOPD) string { return r.OPD }), funnel
}

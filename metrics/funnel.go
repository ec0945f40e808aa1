package metrics

import "gaung/metrics/stats"

// Funnel says around which on-time share the funnel limits of a table stand,
// and by how much they are widened because OPD differ more than chance alone
// would have them (1 = not at all). It takes the place of a fixed red-and-green
// cut-off, which colours small OPD by luck.
type Funnel struct {
	Target     float64 `json:"target"`
	Dispersion float64 `json:"dispersion"`
}

// FunnelPoint is an OPD's place in the funnel: the limits for its number of
// judged cases, and where its share lies.
type FunnelPoint struct {
	N       int           `json:"n"` // judged cases: on time or late
	Low95   float64       `json:"low_95"`
	High95  float64       `json:"high_95"`
	Low998  float64       `json:"low_998"`
	High998 float64       `json:"high_998"`
	Verdict stats.Verdict `json:"verdict"` // within, below_95, below_998, above_95, above_998
}

// limits gives OPD their places in a funnel; without one, none.
type limits struct{ funnel *stats.Funnel }

// funnel puts the limits around the on-time share of the region, which is that
// of all its cases, those of an unknown OPD included. It is nil while no case
// can be judged.
func (t tallies) funnel() (*Funnel, limits) {
	all := t.total()
	target, ok := stats.Pooled([]stats.Count{{K: all.OnTime, N: all.OnTime + all.Late}})
	if !ok {
		return nil, limits{}
	}
	counts := make([]stats.Count, 0, len(t))
	for _, code := range t.codes() {
		counts = append(counts, t[code].judged())
	}
	f := stats.NewFunnel(target, counts)
	return &Funnel{Target: f.Target, Dispersion: f.Dispersion}, limits{&f}
}

// point is nil for an OPD without a judged case.
func (l limits) point(c stats.Count) *FunnelPoint {
	if l.funnel == nil {
		return nil
	}
	at, ok := l.funnel.Limits(c.N)
	if !ok {
		return nil
	}
	return &FunnelPoint{
		N: c.N, Low95: at.P95.Low, High95: at.P95.High, Low998: at.P998.Low, High998: at.P998.High,
		Verdict: at.Judge(float64(c.K) / float64(c.N)),
	}
}

package stats

import "math"

const (
	// roundingVariance is the variance of a wait within the whole day it is
	// recorded on, 1/12 day² (Sheppard 1898). Waits that all look equal are
	// still not known more precisely than this.
	roundingVariance = 1.0 / 12
	// spreadWeight is how many cases the pooled spread is worth when an
	// agency's own spread is estimated.
	spreadWeight = 5.0
)

// NormalPrior is the distribution of the agencies' restricted mean waits,
// with Weight counted in fully observed cases. CaseVariance is the pooled
// variance of one case, in days².
type NormalPrior struct {
	Mean         float64
	Weight       float64
	CaseVariance float64
	horizon      int
}

// FitNormal fits the normal-normal prior to the waiting times of a group up to
// a horizon in days (Efron & Morris 1975, JASA 70:311). The variance of one
// case is pooled from Greenwood's variances, the variance between agencies is
// DerSimonian & Laird's moment estimate (1986, Control Clin Trials 7:177), each
// agency weighing as much as its Information. Weight is the first divided by
// the second, within MinPriorWeight and MaxPriorWeight. Empty sets say nothing.
func FitNormal(group []Waiting, horizon int) NormalPrior {
	p := NormalPrior{Weight: MaxPriorWeight, horizon: horizon}
	var means, weights []float64
	var sum, sum2, plain, spread float64
	for _, w := range group {
		r, ok := w.RestrictedMean(horizon)
		if !ok {
			continue
		}
		info := w.Information(horizon)
		means, weights = append(means, r.Area), append(weights, info)
		sum, sum2, plain = sum+info, sum2+info*info, plain+r.Area
		p.Mean += info * r.Area
		spread += info * info * r.Variance
	}
	p.CaseVariance = roundingVariance
	if len(means) == 0 {
		return p
	}
	if sum == 0 { // nobody has been waited for yet
		p.Mean = plain / float64(len(means))
		return p
	}
	p.Mean /= sum
	p.CaseVariance = max(spread/sum, roundingVariance)
	var q float64
	for i, mean := range means {
		q += weights[i] * (mean - p.Mean) * (mean - p.Mean)
	}
	// E[q] = (agencies−1)·case variance + variance between·(Σw − Σw²/Σw).
	if excess := q - float64(len(means)-1)*p.CaseVariance; excess > 0 {
		p.Weight = clampWeight(p.CaseVariance * (sum - sum2/sum) / excess)
	}
	return p
}

// Posterior is the restricted mean wait of an agency given its own cases. Its
// mean is (w·own + Weight·Mean) / (w + Weight).
//
// w counts the cases that ended; only where the agency is slower than the
// group do the waiting ones count too, by the part of the horizon they have
// been observed. A case that is left open can therefore make a score worse and
// never better. The spread is the agency's own, steadied by the pooled one.
func (p NormalPrior) Posterior(w Waiting) Normal {
	r, ok := w.RestrictedMean(p.horizon)
	if !ok {
		return Normal{Mean: p.Mean, SD: math.Sqrt(p.CaseVariance / p.Weight)}
	}
	info := w.Information(p.horizon)
	weight := float64(w.Ended())
	if r.Area > p.Mean {
		weight = info
	}
	spread := (info*info*r.Variance + spreadWeight*p.CaseVariance) / (info + spreadWeight)
	return Normal{
		Mean: (weight*r.Area + p.Weight*p.Mean) / (weight + p.Weight),
		SD:   math.Sqrt(spread / (weight + p.Weight)),
	}
}

package stats

import (
	"math"
	"slices"
)

// Funnel holds the limits within which an agency's share would lie if it were
// no different from the target, whatever its number of cases (Spiegelhalter
// 2005, Stat Med 24:1185).
type Funnel struct {
	Target float64
	// Dispersion is the factor by which the variance between agencies exceeds
	// chance, 1 where it does not do so beyond doubt (Spiegelhalter 2005, Qual
	// Saf Health Care 14:347).
	Dispersion float64
}

// NewFunnel puts the limits around a target share. The dispersion is estimated
// from the counts; those with N = 0 say nothing.
func NewFunnel(target float64, counts []Count) Funnel {
	return Funnel{Target: target, Dispersion: dispersion(target, counts)}
}

// Pooled is the share over all counts together. ok is false without a case.
func Pooled(counts []Count) (share float64, ok bool) {
	k, n := 0, 0
	for _, c := range counts {
		k, n = k+c.K, n+c.N
	}
	if n == 0 {
		return 0, false
	}
	return float64(k) / float64(n), true
}

// winsorized is the share of scores at either end that are drawn in to the
// next one, so that a few outliers do not widen the limits that should show
// them.
const winsorized = 0.1

// dispersion is the mean of the squared, winsorized scores z = (p − target) /
// sqrt(target(1−target)/n). For I agencies in line with the target it is about
// χ²/I; only a value above 1 + 2·sqrt(2/I) counts.
func dispersion(target float64, counts []Count) float64 {
	var scores []float64
	for _, c := range counts {
		if c.N > 0 && target > 0 && target < 1 {
			p := float64(c.K) / float64(c.N)
			scores = append(scores, (p-target)/math.Sqrt(target*(1-target)/float64(c.N)))
		}
	}
	if len(scores) == 0 {
		return 1
	}
	slices.Sort(scores)
	cut := int(winsorized * float64(len(scores)))
	low, high := scores[cut], scores[len(scores)-1-cut]
	sum := 0.0
	for _, z := range scores {
		z = min(max(z, low), high)
		sum += z * z
	}
	factor, agencies := sum/float64(len(scores)), float64(len(scores))
	if factor <= 1+2*math.Sqrt(2/agencies) {
		return 1
	}
	return factor
}

// Limits are the funnel's limits for one number of cases: 95 % of agencies in
// line with the target lie within P95, 99.8 % within P998.
type Limits struct{ P95, P998 Interval }

// Limits returns the limits for n cases: exact binomial points, interpolated
// between whole cases (Spiegelhalter 2005, appendix A.1.1), the upper ones as
// the lower ones of the failures. A share lies outside exactly where as few, or
// as many, successes have a probability below 2.5 % (0.1 %). The distance of
// the limits from the target is stretched by the root of the dispersion, within
// [0, 1]. ok is false without a case, or for a target outside [0, 1].
func (f Funnel) Limits(n int) (l Limits, ok bool) {
	if n <= 0 || !(f.Target >= 0 && f.Target <= 1) {
		return Limits{}, false
	}
	if f.Target == 0 || f.Target == 1 { // nothing else is possible
		sure := Interval{f.Target, f.Target}
		return Limits{sure, sure}, true
	}
	few, fewFailures := lowerPoints(n, f.Target), lowerPoints(n, 1-f.Target)
	stretch := func(p float64) float64 {
		return min(max(f.Target+math.Sqrt(f.Dispersion)*(p-f.Target), 0), 1)
	}
	return Limits{
		P998: Interval{stretch(few[0]), stretch(1 - fewFailures[0])},
		P95:  Interval{stretch(few[1]), stretch(1 - fewFailures[1])},
	}, true
}

// Verdict says where a share lies against the limits.
type Verdict string

// The verdicts. Below and above are outside the 95 % limits; far below and far
// above outside the 99.8 % limits too.
const (
	Within   Verdict = "within"
	Below    Verdict = "below_95"
	FarBelow Verdict = "below_998"
	Above    Verdict = "above_95"
	FarAbove Verdict = "above_998"
)

// Judge places a share. On a limit is within it.
func (l Limits) Judge(share float64) Verdict {
	switch {
	case share < l.P998.Low:
		return FarBelow
	case share < l.P95.Low:
		return Below
	case share > l.P998.High:
		return FarAbove
	case share > l.P95.High:
		return Above
	}
	return Within
}

// tails are the probabilities that lie below the 99.8 % and the 95 % limits.
var tails = [...]float64{0.001, 0.025}

// lowerPoints returns for each tail q the interpolated quantile of K/n for K
// successes of n at rate p: with r the least number for which P(K ≤ r) ≥ q, the
// point (r − (P(K ≤ r) − q)/P(K = r))/n, and 0 where that is negative.
func lowerPoints(n int, p float64) (points [len(tails)]float64) {
	size, all := float64(n), logGamma(float64(n)+1)
	below, found := 0.0, 0 // below = P(K < r)
	for r := 0; r <= n && found < len(tails); r++ {
		k := float64(r)
		at := math.Exp(all - logGamma(k+1) - logGamma(size-k+1) + k*math.Log(p) + (size-k)*math.Log1p(-p))
		for found < len(tails) && at > 0 && below+at >= tails[found] {
			points[found] = max((k-(below+at-tails[found])/at)/size, 0)
			found++
		}
		below += at
	}
	return points
}

func logGamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

package stats

// The prior weight says how many units of evidence the group's mean is worth
// against an agency's own record. Fitted to the spread between the agencies it
// is kept within bounds: the floor keeps one month of large differences from
// switching the shrinkage off, the ceiling stands for "no difference beyond
// chance was found", where the fitted weight would be infinite.
const (
	// MinPriorWeight is the floor: two cases, or two expected stories.
	MinPriorWeight = 2.0
	// MaxPriorWeight is the ceiling.
	MaxPriorWeight = 1000.0
)

// Count is K successes of N trials.
type Count struct{ K, N int }

// BetaPrior is the distribution of the agencies' shares, Beta(A, B).
type BetaPrior struct{ A, B float64 }

// FitBeta fits the beta-binomial prior by moments: the mean is the pooled
// share, pulled half a case toward the middle so that it is never exactly 0 or
// 1, the weight A+B follows from how much the shares spread beyond chance
// (Kleinman 1973, JASA 68:46), within MinPriorWeight and MaxPriorWeight.
// Counts with N = 0 say nothing; without any the prior is uniform.
func FitBeta(counts []Count) BetaPrior {
	var k, n, n2, groups float64
	for _, c := range counts {
		if c.N > 0 {
			k, n, n2, groups = k+float64(c.K), n+float64(c.N), n2+float64(c.N)*float64(c.N), groups+1
		}
	}
	if groups == 0 {
		return BetaPrior{1, 1}
	}
	mean := (k + 0.5) / (n + 1)
	var q float64
	for _, c := range counts {
		if c.N > 0 {
			d := float64(c.K)/float64(c.N) - k/n
			q += float64(c.N) * d * d
		}
	}
	weight := MaxPriorWeight
	// E[q] = mean(1−mean)·((groups−1) + ρ·(n − Σn²/n − (groups−1))), ρ = 1/(weight+1).
	excess := q/(mean*(1-mean)) - (groups - 1)
	room := n - n2/n - (groups - 1)
	if excess > 0 && room > 0 {
		weight = room/excess - 1
	}
	weight = clampWeight(weight)
	return BetaPrior{A: mean * weight, B: (1 - mean) * weight}
}

// Posterior is Beta(A+k, B+n−k), the share given an agency's own counts.
func (p BetaPrior) Posterior(c Count) Beta {
	return Beta{A: p.A + float64(c.K), B: p.B + float64(c.N-c.K)}
}

// Rate is Y events where Exposure were to be expected at rate 1.
type Rate struct {
	Y        int
	Exposure float64
}

// GammaPrior is the distribution of the agencies' rates, with the given shape
// and the weight (the rate parameter) in units of exposure.
type GammaPrior struct{ Shape, Weight float64 }

// FitGamma fits the Gamma-Poisson prior by moments: the mean is the pooled
// rate, the variance between agencies what the weighted spread shows beyond
// Poisson chance (Marshall 1991, Appl Stat 40:283). The weight, mean divided
// by that variance, stays within MinPriorWeight and MaxPriorWeight. Rates
// without exposure say nothing; without any the prior has mean 1.
func FitGamma(rates []Rate) GammaPrior {
	var y, e, e2, groups float64
	for _, r := range rates {
		if r.Exposure > 0 {
			y, e, e2, groups = y+float64(r.Y), e+r.Exposure, e2+r.Exposure*r.Exposure, groups+1
		}
	}
	if groups == 0 {
		return GammaPrior{Shape: MinPriorWeight, Weight: MinPriorWeight}
	}
	mean := y / e
	var q float64
	for _, r := range rates {
		if r.Exposure > 0 {
			d := float64(r.Y)/r.Exposure - mean
			q += r.Exposure * d * d
		}
	}
	weight := MaxPriorWeight
	// E[q] = (groups−1)·mean + variance·(e − Σe²/e).
	if excess := q - (groups-1)*mean; excess > 0 {
		weight = mean * (e - e2/e) / excess
	}
	weight = clampWeight(weight)
	return GammaPrior{Shape: mean * weight, Weight: weight}
}

// Posterior is the rate given an agency's own record.
func (p GammaPrior) Posterior(r Rate) Gamma {
	return Gamma{Shape: p.Shape + float64(r.Y), Rate: p.Weight + r.Exposure}
}

func clampWeight(w float64) float64 { return min(max(w, MinPriorWeight), MaxPriorWeight) }

// Package stats holds the small statistics behind the rankings: Wilson's
// interval, Kaplan–Meier waiting times with their restricted mean, empirical
// Bayes shrinkage, and places drawn from posterior distributions. It knows
// nothing of agencies or of the warehouse; docs/METHOD.md explains every
// formula with a worked example.
package stats

import "math"

// z95 is the two-sided 95 % point of the normal distribution.
const z95 = 1.959964

// Interval is a closed interval.
type Interval struct{ Low, High float64 }

// Wilson returns the 95 % score interval for k successes out of n, without
// continuity correction (Wilson 1927, JASA 22:209). ok is false unless
// 0 ≤ k ≤ n and n > 0. The bounds lie within [0, 1].
func Wilson(k, n int) (i Interval, ok bool) {
	if n <= 0 || k < 0 || k > n {
		return Interval{}, false
	}
	p, size := float64(k)/float64(n), float64(n)
	z2 := z95 * z95
	centre := p + z2/(2*size)
	half := z95 * math.Sqrt(p*(1-p)/size+z2/(4*size*size))
	scale := 1 + z2/size
	i = Interval{Low: (centre - half) / scale, High: (centre + half) / scale}
	if k == 0 {
		i.Low = 0
	}
	if k == n {
		i.High = 1
	}
	return i, true
}

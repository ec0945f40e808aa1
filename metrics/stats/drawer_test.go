package stats

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawn are many values of a distribution as a league draws them.
func drawn(dist Distribution, sign float32, n int, seed uint64) (values []float32, low, high float32) {
	values = make([]float32, n)
	low, high = drawers([]Distribution{dist}, sign)[0].draw(values, NewSource(seed))
	return values, low, high
}

// The steps of a ladder have the exact mean and variance of their
// distribution, but for the tails beyond the outermost ones.
func TestLadderMoments(t *testing.T) {
	check := func(name string, l *ladder, mean, variance float64) {
		t.Helper()
		var sum, sum2 float64
		for _, v := range l {
			sum, sum2 = sum+float64(v), sum2+float64(v)*float64(v)
		}
		m := sum / levels
		if sd := math.Sqrt(variance); math.Abs(m-mean) > 1e-3*sd {
			t.Errorf("%s: mean %v, want %v", name, m, mean)
		}
		if v := sum2/levels - m*m; math.Abs(v-variance) > 4e-3*variance {
			t.Errorf("%s: variance %v, want %v", name, v, variance)
		}
		if !slices.IsSorted(l[:]) {
			t.Errorf("%s: the steps are not in order", name)
		}
	}
	check("normal", normalLadder, 0, 1)
	for _, shape := range []float64{1, 1.01, 1.5, 2, 3.7, 12.5, 100, 1e4} {
		check(fmt.Sprint("gamma ", shape), gammaLadder(shape), shape, shape)
	}
}

// Quantiles that are known: of Gamma(1), which is exponential, −ln(1−p); of
// Gamma(2), the x with 1 − (1+x)e^(−x) = p.
func TestGammaLadderAgainstTheory(t *testing.T) {
	one, two := gammaLadder(1), gammaLadder(2)
	for i := range levels {
		if want := -math.Log1p(-level(i)); math.Abs(float64(one[i])-want) > 4e-4*(1+want) {
			t.Fatalf("Gamma(1), step %d: %v, want %v", i, one[i], want)
		}
		x := float64(two[i])
		// dp = density · dx, the density being x·e^(−x).
		if off := (1 - (1+x)*math.Exp(-x) - level(i)) / (x * math.Exp(-x)); math.Abs(off) > 4e-4*(1+x) {
			t.Fatalf("Gamma(2), step %d: %v is off by %v", i, x, off)
		}
	}
}

// Values drawn from a ladder are distributed as those of the sampler
// (Kolmogorov & Smirnov), turned and capped or not.
func TestDrawsAgainstSampler(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var dist Distribution
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			dist = Normal{rapid.Float64Range(-3, 30).Draw(t, "mean"), rapid.Float64Range(0, 4).Draw(t, "sd")}
		case 1:
			dist = Gamma{rapid.Float64Range(0, 60).Draw(t, "shape"), rapid.Float64Range(0.5, 40).Draw(t, "rate")}
		case 2:
			dist = Capped{Gamma{rapid.Float64Range(0.2, 60).Draw(t, "shape"), rapid.Float64Range(0.5, 40).Draw(t, "rate")}, 1.2}
		}
		const n = 8000
		sign := rapid.SampledFrom([]float32{1, -1}).Draw(t, "sign")
		seed := rapid.Uint64().Draw(t, "seed")
		values, low, high := drawn(dist, sign, n, seed)
		src, want := NewSource(^seed), make([]float32, n)
		for i := range want {
			want[i] = sign * float32(dist.Sample(src))
		}
		for _, v := range values {
			if v < low || v > high {
				t.Fatalf("%v: %v is outside %v … %v", dist, v, low, high)
			}
		}
		// 1 in 10⁷ of equal distributions exceed 2.9·√(2/n).
		if d := distance(values, want); d > 2.9*math.Sqrt(2.0/n) {
			t.Fatalf("%v: the distributions are %v apart", dist, d)
		}
	})
}

// distance is the greatest difference between two distributions of values. A
// value and its neighbour in the last digits are one step.
func distance(a, b []float32) float64 {
	slices.Sort(a)
	slices.Sort(b)
	var i, j int
	most := 0.0
	for i < len(a) && j < len(b) {
		v := min(a[i], b[j])
		v += float32(math.Abs(float64(v)))*1e-6 + 1e-9
		for i < len(a) && a[i] <= v {
			i++
		}
		for j < len(b) && b[j] <= v {
			j++
		}
		most = max(most, math.Abs(float64(i)/float64(len(a))-float64(j)/float64(len(b))))
	}
	return most
}

// Two leagues of one seed would be of no use if the draws of two entrants went
// together.
func TestDrawsAreIndependent(t *testing.T) {
	l := NewLeague("independent", true, []Entrant{{"a", Normal{0, 1}}, {"b", Normal{0, 1}}, {"c", Gamma{4, 4}}})
	for _, pair := range [][2]int{{0, 1}, {0, 2}, {1, 2}} {
		a, b := l.draws[l.at[pair[0]]], l.draws[l.at[pair[1]]]
		var ab, aa, bb, ma, mb float64
		for s := range a {
			ma, mb = ma+float64(a[s])/DrawCount, mb+float64(b[s])/DrawCount
		}
		for s := range a {
			x, y := float64(a[s])-ma, float64(b[s])-mb
			ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
		}
		if r := ab / math.Sqrt(aa*bb); math.Abs(r) > 5/math.Sqrt(DrawCount) {
			t.Errorf("entrants %v: correlation %v", pair, r)
		}
		if r := lag(a); math.Abs(r) > 5/math.Sqrt(DrawCount) {
			t.Errorf("entrant %d: a draw and the next correlate by %v", pair[0], r)
		}
	}
}

// lag is the correlation of each value with the next one.
func lag(values []float32) float64 {
	mean, cov, variance := 0.0, 0.0, 0.0
	for _, v := range values {
		mean += float64(v) / float64(len(values))
	}
	for s, v := range values {
		x := float64(v) - mean
		variance += x * x
		if s > 0 {
			cov += x * (float64(values[s-1]) - mean)
		}
	}
	return cov / variance
}

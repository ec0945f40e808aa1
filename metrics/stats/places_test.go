package stats

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Mean and variance of the samplers, over enough draws to be sure.
func TestSamplerMoments(t *testing.T) {
	for _, tt := range []struct {
		name           string
		d              Distribution
		mean, variance float64
	}{
		{"gamma 0.3", Gamma{0.3, 2}, 0.15, 0.075},
		{"gamma 1", Gamma{1, 1}, 1, 1},
		{"gamma 12.5", Gamma{12.5, 10}, 1.25, 0.125},
		{"gamma 400", Gamma{400, 20}, 20, 1},
		{"gamma 0", Gamma{0, 3}, 0, 0},
		{"beta 2 3", Beta{2, 3}, 0.4, 0.04},
		{"beta half", Beta{0.5, 0.5}, 0.5, 0.125},
		{"beta 90 10", Beta{90, 10}, 0.9, 0.09 / 101},
		{"normal", Normal{-3, 2}, -3, 4},
	} {
		rng := NewSource(7)
		const n = 200000
		var sum, sum2 float64
		for range n {
			x := tt.d.Sample(rng)
			sum, sum2 = sum+x, sum2+x*x
		}
		mean := sum / n
		variance := sum2/n - mean*mean
		if e := tt.d.Expect(); math.Abs(e-tt.mean) > 1e-12 {
			t.Errorf("%s: expected %v, want %v", tt.name, e, tt.mean)
		}
		if math.Abs(mean-tt.mean) > 5*math.Sqrt(tt.variance/n)+1e-12 {
			t.Errorf("%s: mean %v, want %v", tt.name, mean, tt.mean)
		}
		if math.Abs(variance-tt.variance) > 0.03*tt.variance+1e-12 {
			t.Errorf("%s: variance %v, want %v", tt.name, variance, tt.variance)
		}
	}
}

// P(X ≤ 1) of Gamma(2, 1) is 1 − 2/e, of Gamma(1/2, 1) it is erf(1).
func TestGammaTail(t *testing.T) {
	for shape, want := range map[float64]float64{2: 1 - 2/math.E, 0.5: math.Erf(1)} {
		rng := NewSource(5)
		const n = 100000
		below := 0
		for range n {
			if (Gamma{shape, 1}).Sample(rng) <= 1 {
				below++
			}
		}
		if got := float64(below) / n; math.Abs(got-want) > 0.007 {
			t.Errorf("shape %v: P(X ≤ 1) = %v, want %v", shape, got, want)
		}
	}
}

func TestPlacesOfClearOrder(t *testing.T) {
	l := NewLeague("x", true, []Entrant{{"c", Normal{9, 0.1}}, {"a", Normal{1, 0.1}}, {"b", Normal{5, 0.1}}})
	if diff := cmp.Diff([]Place{{3, 3, 3}, {1, 1, 1}, {2, 2, 2}}, l.Places()); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
	if p := l.Beats(1, 0); p != 1 {
		t.Errorf("P = %v", p)
	}
	l = NewLeague("x", false, []Entrant{{"c", Normal{9, 0.1}}, {"a", Normal{1, 0.1}}})
	if diff := cmp.Diff([]Place{{1, 1, 1}, {2, 2, 2}}, l.Places()); diff != "" {
		t.Errorf("higher is better (-want +got):\n%s", diff)
	}
}

// P(better) of two normals is known.
func TestBeatsAgainstTheory(t *testing.T) {
	l := NewLeague("theory", true, []Entrant{{"a", Normal{0, 1}}, {"b", Normal{1, 1}}})
	want := 0.5 * (1 + math.Erf(1/math.Sqrt2/math.Sqrt2))
	if got := l.Beats(0, 1); math.Abs(got-want) > 0.03 {
		t.Errorf("P = %v, want %v", got, want)
	}
	if a, b := l.Beats(0, 1), l.Beats(1, 0); a+b != 1 {
		t.Errorf("P(a<b) + P(b<a) = %v", a+b)
	}
}

// Entrants that are all alike have no tiers and wide places, even where every
// draw is the same number.
func TestIdenticalEntrants(t *testing.T) {
	for _, d := range []Distribution{Normal{10, 2}, Gamma{0, 1}, Capped{Gamma{900, 100}, 1.2}} {
		entrants := make([]Entrant, 20)
		for i := range entrants {
			entrants[i] = Entrant{fmt.Sprint("opd", i), d}
		}
		l := NewLeague("2026-10", true, entrants)
		if tiers := Tiers(len(entrants), l.Beats); tiers != nil {
			t.Errorf("%v: tiers %v", d, tiers)
		}
		for i, p := range l.Places() {
			if p.Low > 2 || p.High < 19 || math.Abs(p.Mean-10.5) > 0.5 {
				t.Errorf("%v: entrant %d has the place %+v", d, i, p)
			}
		}
	}
}

func TestTiers(t *testing.T) {
	// Strength of the evidence by distance of the means, in steps of 0.25.
	beats := func(scores ...float64) func(i, j int) float64 {
		return func(i, j int) float64 { return min(0.5+(scores[j]-scores[i])/4, 1) }
	}
	for _, tt := range []struct {
		scores []float64
		want   []string
	}{
		{nil, nil},
		{[]float64{1}, nil},
		{[]float64{1, 1.5, 2}, nil},
		{[]float64{1, 2.5, 3, 4, 5}, []string{"A", "B", "B", "C", "C"}},
		{[]float64{1, 3, 5, 7, 9}, []string{"A", "B", "C", "C", "C"}},
		{[]float64{1, 2.2, 2.1}, []string{"A", "B", "B"}}, // 2.1 alone would have stayed
	} {
		if diff := cmp.Diff(tt.want, Tiers(len(tt.scores), beats(tt.scores...))); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.scores, diff)
		}
	}
}

// Neither the order nor the company of an entrant changes its draws, and the
// order does not change its place.
func TestLeagueIgnoresOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "n")
		entrants := make([]Entrant, n)
		for i := range entrants {
			entrants[i] = Entrant{fmt.Sprint(i), Gamma{float64(rapid.IntRange(0, 9).Draw(t, "shape")), 4}}
		}
		turned := slices.Clone(entrants)
		slices.Reverse(turned)
		a, b := NewLeague("s", false, entrants), NewLeague("s", false, turned)
		pa, pb := a.Places(), b.Places()
		slices.Reverse(pb)
		if diff := cmp.Diff(pa, pb); diff != "" {
			t.Fatalf("places depend on the order:\n%s", diff)
		}
		sum := 0.0
		for _, p := range pa {
			sum += p.Mean
			if p.Low < 1 || p.High > n || p.Low > p.High || p.Mean < 1 || p.Mean > float64(n) {
				t.Fatalf("place %+v of %d", p, n)
			}
		}
		// Every place is taken by somebody in every draw.
		for top := 0; top <= n; top++ {
			share := 0.0
			for _, p := range a.Within(top) {
				share += p
			}
			if math.Abs(share-float64(top)) > 1e-9 {
				t.Fatalf("shares of the first %d places add up to %v", top, share)
			}
		}
		if math.Abs(sum-float64(n*(n+1))/2) > 1e-6 {
			t.Fatalf("mean places add up to %v", sum)
		}
		other := NewLeague("t", false, entrants)
		for i, e := range entrants {
			if e.Dist.Expect() > 0 && slices.Equal(a.draws[a.at[i]], other.draws[other.at[i]]) {
				t.Fatal("the seed changes nothing")
			}
		}
	})
}

func BenchmarkRankDraws(b *testing.B) {
	for _, n := range []int{40, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			entrants := make([]Entrant, n)
			for i := range entrants {
				entrants[i] = Entrant{fmt.Sprint(i), Gamma{float64(i%20) + 3, 10}}
			}
			for b.Loop() {
				NewLeague("bench", false, entrants).Places()
			}
		})
	}
}

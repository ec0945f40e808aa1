package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// tail is P(K ≤ k) for K of n at rate p, added up by products.
func tail(n, k int, p float64) float64 {
	at, sum := math.Pow(1-p, float64(n)), 0.0
	for r := 0; r <= k; r++ {
		sum += at
		at *= float64(n-r) / float64(r+1) * p / (1 - p)
	}
	return sum
}

func TestFunnelByHand(t *testing.T) {
	// n = 2, target 0.5: already none of two has a probability of 25 %.
	l, ok := Funnel{Target: 0.5, Dispersion: 1}.Limits(2)
	if !ok || l != (Limits{Interval{0, 1}, Interval{0, 1}}) {
		t.Errorf("limits %+v, %v", l, ok)
	}
	// n = 8: P(K = 0) = 1/256, P(K ≤ 1) = 9/256 ≥ 2.5 %; 2.5 % lies 0.675 of
	// the way from 0 to 1. P(K = 0) ≥ 0.1 %: no case lies below that.
	l, _ = Funnel{Target: 0.5, Dispersion: 1}.Limits(8)
	if want := (1 - (9.0/256-0.025)/(8.0/256)) / 8; math.Abs(l.P95.Low-want) > 1e-12 || math.Abs(l.P95.High-(1-want)) > 1e-12 || l.P998 != (Interval{0, 1}) {
		t.Errorf("limits %+v, want %v", l, want)
	}
	// A dispersion of 4 doubles the distance, within [0, 1].
	l, _ = Funnel{Target: 0.5, Dispersion: 4}.Limits(1000)
	narrow, _ := Funnel{Target: 0.5, Dispersion: 1}.Limits(1000)
	if math.Abs((l.P95.High-0.5)-2*(narrow.P95.High-0.5)) > 1e-12 {
		t.Errorf("limits %+v, without dispersion %+v", l, narrow)
	}
}

// A share lies outside exactly where so few, or so many, successes are too
// improbable; all of six at 80 % is not.
func TestFunnelVerdictAgainstTails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 150).Draw(t, "n")
		p := rapid.Float64Range(0.05, 0.95).Draw(t, "target")
		k := rapid.IntRange(0, n).Draw(t, "k")
		l, ok := Funnel{Target: p, Dispersion: 1}.Limits(n)
		if !ok || l.P998.Low > l.P95.Low || l.P95.High > l.P998.High || l.P998.Low < 0 || l.P998.High > 1 {
			t.Fatalf("limits %+v", l)
		}
		few, many := tail(n, k, p), tail(n, n-k, 1-p)
		for _, q := range []float64{0.001, 0.025} {
			if math.Abs(few-q) < 1e-9 || math.Abs(many-q) < 1e-9 {
				return // too close to call
			}
		}
		want := Within
		switch {
		case few < 0.001:
			want = FarBelow
		case few < 0.025:
			want = Below
		case many < 0.001:
			want = FarAbove
		case many < 0.025:
			want = Above
		}
		if got := l.Judge(float64(k) / float64(n)); got != want {
			t.Fatalf("%d of %d at %v is %s, want %s (tails %v, %v; limits %+v)", k, n, p, got, want, few, many, l)
		}
	})
}

func TestFunnelRefusesNonsense(t *testing.T) {
	for _, f := range []Funnel{{0.5, 1}, {-0.1, 1}, {1.1, 1}, {math.NaN(), 1}} {
		for _, n := range []int{0, -1} {
			if l, ok := f.Limits(n); ok {
				t.Errorf("%+v of %d: %+v", f, n, l)
			}
		}
	}
	if _, ok := (Funnel{Target: math.NaN(), Dispersion: 1}).Limits(5); ok {
		t.Error("limits around NaN")
	}
	// At the ends nothing can lie outside.
	for _, p := range []float64{0, 1} {
		l, ok := Funnel{Target: p, Dispersion: 1}.Limits(7)
		if !ok || l.P95.Low != p || l.P95.High != p || l.Judge(p) != Within {
			t.Errorf("target %v: %+v", p, l)
		}
	}
	if _, ok := Pooled(nil); ok {
		t.Error("a share of nothing")
	}
}

func TestDispersion(t *testing.T) {
	// Ten agencies of 100, half at 90 %, half at 70 %: z = ±0.1/0.04 = ±2.5,
	// mean square 6.25 > 1 + 2·sqrt(2/10).
	var counts []Count
	for i := range 10 {
		counts = append(counts, Count{90 - 20*(i%2), 100})
	}
	if f := NewFunnel(0.8, counts); math.Abs(f.Dispersion-6.25) > 1e-9 {
		t.Errorf("dispersion %v, want 6.25", f.Dispersion)
	}
	// One agency far out among ten is drawn in: it is what the funnel should show.
	for i := range counts {
		counts[i] = Count{80, 100}
	}
	counts[0].K = 20
	if f := NewFunnel(0.8, counts); f.Dispersion != 1 {
		t.Errorf("dispersion %v, want 1", f.Dispersion)
	}
	if f := NewFunnel(1, counts); f.Dispersion != 1 {
		t.Errorf("dispersion around 1 is %v", f.Dispersion)
	}
}

func TestJudge(t *testing.T) {
	l := Limits{P95: Interval{0.4, 0.6}, P998: Interval{0.3, 0.7}}
	for share, want := range map[float64]Verdict{0.29: FarBelow, 0.3: Below, 0.39: Below, 0.4: Within, 0.6: Within, 0.61: Above, 0.7: Above, 0.71: FarAbove} {
		if got := l.Judge(share); got != want {
			t.Errorf("%v is %s, want %s", share, got, want)
		}
	}
}

package stats

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

type observation struct {
	t     int
	event bool
}

func waiting(obs ...observation) Waiting {
	var w Waiting
	for _, o := range obs {
		if o.event {
			w.AddEvent(o.t, 1)
		} else {
			w.AddCensored(o.t, 1)
		}
	}
	return w
}

func golden() Waiting {
	return waiting(observation{2, true}, observation{3, false}, observation{4, true}, observation{4, true},
		observation{6, false}, observation{7, true}, observation{9, false}, observation{10, true},
		observation{12, false}, observation{15, false})
}

func TestKaplanMeierGolden(t *testing.T) {
	w := golden()
	want := []Step{{2, 10, 1, 0.9}, {4, 8, 2, 0.675}, {7, 5, 1, 0.54}, {10, 3, 1, 0.36}}
	if diff := cmp.Diff(want, w.Survival(), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("curve (-want +got):\n%s", diff)
	}
	if m, ok := w.Median(); !ok || m != 10 {
		t.Errorf("median %d, %v, want 10", m, ok)
	}
	for horizon, area := range map[int]float64{10: 7.445, 14: 8.885} {
		r, ok := w.RestrictedMean(horizon)
		if !ok || math.Abs(r.Area-area) > 1e-12 || r.Bound {
			t.Errorf("restricted mean to %d: %+v, %v; want %v, no bound", horizon, r, ok, area)
		}
	}
	if mean, ok := w.MeanEnded(); !ok || mean != 5.4 {
		t.Errorf("mean of the ended %v, %v, want 5.4", mean, ok)
	}
	if w.N() != 10 || w.Ended() != 5 {
		t.Errorf("n %d, ended %d", w.N(), w.Ended())
	}
}

func TestRestrictedMeanBound(t *testing.T) {
	for _, tt := range []struct {
		name  string
		w     Waiting
		area  float64
		bound bool
	}{
		{"all answered", waiting(observation{0, true}, observation{4, true}), 2, false},
		{"last one waits", waiting(observation{4, true}, observation{10, false}), 4 + 26*0.5, true},
		{"both on the last day", waiting(observation{4, true}, observation{4, false}), 4 + 26*0.5, true},
		{"waits at the horizon", waiting(observation{4, true}, observation{30, false}), 4 + 26*0.5, false},
		{"waits past the horizon", waiting(observation{4, true}, observation{90, false}), 4 + 26*0.5, false},
		{"answered past the horizon", waiting(observation{4, true}, observation{90, true}), 4 + 26*0.5, false},
		{"answered on the horizon", waiting(observation{30, true}), 30, false},
		{"nobody answered", waiting(observation{3, false}, observation{5, false}), 30, true},
		{"opened today", waiting(observation{0, false}), 30, true},
		{"one waited longer but was answered", waiting(observation{3, false}, observation{5, true}), 5, false},
	} {
		r, ok := tt.w.RestrictedMean(30)
		if !ok || math.Abs(r.Area-tt.area) > 1e-12 || r.Bound != tt.bound {
			t.Errorf("%s: %+v, %v; want %v, %v", tt.name, r, ok, tt.area, tt.bound)
		}
	}
}

func TestEmptyWaiting(t *testing.T) {
	var w Waiting
	if _, ok := w.Median(); ok {
		t.Error("an empty set has a median")
	}
	if _, ok := w.RestrictedMean(30); ok {
		t.Error("an empty set has a mean")
	}
	if _, ok := w.MeanEnded(); ok {
		t.Error("an empty set has a plain mean")
	}
	open := waiting(observation{5, false})
	if _, ok := open.Median(); ok {
		t.Error("the median of one open case is known")
	}
	if _, ok := open.MeanEnded(); ok {
		t.Error("the plain mean of one open case is known")
	}
}

// S = 1/2 exactly is reached, however the product was rounded.
func TestMedianAtExactlyHalf(t *testing.T) {
	for n := 2; n <= 400; n += 2 {
		var w Waiting
		for i := range n {
			w.AddEvent(i, 1)
		}
		if m, ok := w.Median(); !ok || m != n/2-1 {
			t.Errorf("%d cases, one a day: median %d, %v, want %d", n, m, ok, n/2-1)
		}
	}
	// 9/10 · 5/9 = 1/2, with censoring in between: nine at risk just after
	// day 1, none censored; censored ones at day 0 leave ten at risk.
	w := waiting(observation{0, false})
	w.AddEvent(1, 1)
	w.AddEvent(2, 4)
	w.AddCensored(2, 5)
	if m, ok := w.Median(); !ok || m != 2 {
		t.Errorf("median %d, %v, want 2", m, ok)
	}
}

func drawWaiting(t *rapid.T, label string) []observation {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) observation {
		return observation{rapid.IntRange(0, 45).Draw(t, "t"), rapid.Bool().Draw(t, "event")}
	}), 1, 40).Draw(t, label)
}

// naiveKM computes curve, median and area with fractions, case by case.
func naiveKM(obs []observation, horizon int) (area float64, median int, reached, bound bool) {
	s, sum := big.NewRat(1, 1), new(big.Rat)
	half := big.NewRat(1, 2)
	longest := 0
	for _, o := range obs {
		longest = max(longest, o.t)
	}
	for day := 0; day <= max(longest, horizon); day++ {
		if day > 0 && day <= horizon {
			sum.Add(sum, s) // S on [day−1, day)
		}
		atRisk, ended := 0, 0
		for _, o := range obs {
			if o.t >= day {
				atRisk++
				if o.t == day && o.event {
					ended++
				}
			}
		}
		if ended > 0 {
			s = new(big.Rat).Mul(s, big.NewRat(int64(atRisk-ended), int64(atRisk)))
			if !reached && s.Cmp(half) <= 0 {
				median, reached = day, true
			}
		}
	}
	area, _ = sum.Float64()
	return area, median, reached, longest < horizon && s.Sign() > 0
}

func TestWaitingAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		obs := drawWaiting(t, "cases")
		horizon := rapid.SampledFrom([]int{5, 10, 30}).Draw(t, "horizon")
		w := waiting(obs...)
		area, median, reached, bound := naiveKM(obs, horizon)
		r, ok := w.RestrictedMean(horizon)
		if !ok || math.Abs(r.Area-area) > 1e-9 || r.Bound != bound {
			t.Fatalf("restricted mean %+v, want %v, %v", r, area, bound)
		}
		if m, ok := w.Median(); ok != reached || m != median {
			t.Fatalf("median %d, %v, want %d, %v", m, ok, median, reached)
		}
		slices.Reverse(obs)
		if diff := cmp.Diff(w, waiting(obs...)); diff != "" {
			t.Fatalf("order matters:\n%s", diff)
		}
	})
}

// Without censoring the restricted mean is the mean of min(t, horizon), and
// Greenwood's variance is that of a mean: s²/n with the divisor n.
func TestRestrictedMeanWithoutCensoring(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ts := rapid.SliceOfN(rapid.IntRange(0, 45), 1, 30).Draw(t, "t")
		var w Waiting
		var sum, sum2 float64
		for _, v := range ts {
			w.AddEvent(v, 1)
			x := float64(min(v, 30))
			sum, sum2 = sum+x, sum2+x*x
		}
		n := float64(len(ts))
		mean := sum / n
		r, _ := w.RestrictedMean(30)
		if math.Abs(r.Area-mean) > 1e-9 {
			t.Fatalf("area %v, mean %v", r.Area, mean)
		}
		if v := (sum2/n - mean*mean) / n; math.Abs(r.Variance-v) > 1e-9 {
			t.Fatalf("variance %v, want %v", r.Variance, v)
		}
	})
}

// A case left open never makes the wait look shorter, nor does a later answer.
func TestOpenCaseNeverImproves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		obs := drawWaiting(t, "cases")
		before, _ := waiting(obs...).RestrictedMean(30)
		open := append(slices.Clip(obs), observation{rapid.IntRange(0, 45).Draw(t, "open"), false})
		after, _ := waiting(open...).RestrictedMean(30)
		if after.Area < before.Area-1e-9 {
			t.Fatalf("an open case took %v to %v", before.Area, after.Area)
		}
	})
}

// A million cases one by one, their curve, median and restricted mean.
func BenchmarkKaplanMeierMillion(b *testing.B) {
	src := NewSource(1)
	waits := make([]int, 1_000_000)
	for i := range waits {
		waits[i] = src.below(250)
	}
	for b.Loop() {
		var w Waiting
		for i, t := range waits {
			if i%4 == 0 {
				w.AddCensored(t, 1)
			} else {
				w.AddEvent(t, 1)
			}
		}
		if _, ok := w.Median(); !ok {
			b.Fatal("no median")
		}
		if _, ok := w.RestrictedMean(30); !ok {
			b.Fatal("no mean")
		}
	}
}

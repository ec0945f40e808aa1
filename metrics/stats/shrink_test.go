package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestFitBetaByHand(t *testing.T) {
	// Two agencies, 2 of 10 and 8 of 10: q = 10·0.3² · 2 = 1.8, mean 0.5,
	// excess 1.8/0.25 − 1 = 6.2, room 20 − 10 − 1 = 9, weight 9/6.2 − 1 < 2.
	p := FitBeta([]Count{{2, 10}, {8, 10}})
	if math.Abs(p.A-1) > 1e-12 || math.Abs(p.B-1) > 1e-12 {
		t.Errorf("prior %+v, want the floor weight 2 at mean 0.5", p)
	}
	if got := p.Posterior(Count{2, 10}).Expect(); math.Abs(got-3.0/12) > 1e-12 {
		t.Errorf("score %v, want 0.25", got)
	}
	// 40 of 100 and 60 of 100: q = 2, excess 7, room 99, weight 99/7 − 1.
	p = FitBeta([]Count{{40, 100}, {60, 100}})
	if got, want := p.A+p.B, 99.0/7-1; math.Abs(got-want) > 1e-9 {
		t.Errorf("weight %v, want %v", got, want)
	}
	// No spread beyond chance: the ceiling.
	if p = FitBeta([]Count{{5, 10}, {5, 10}, {5, 10}}); p.A+p.B != MaxPriorWeight {
		t.Errorf("weight %v", p.A+p.B)
	}
	if p = FitBeta(nil); p != (BetaPrior{1, 1}) {
		t.Errorf("prior of nothing %+v", p)
	}
}

func TestFitGammaByHand(t *testing.T) {
	// 4 and 12 stories of 8 expected: mean 1, q = 8·0.25·2 = 4, excess 3,
	// weight 1·(16 − 8)/3 = 8/3.
	p := FitGamma([]Rate{{4, 8}, {12, 8}})
	if math.Abs(p.Weight-8.0/3) > 1e-12 || math.Abs(p.Shape-8.0/3) > 1e-12 {
		t.Errorf("prior %+v", p)
	}
	if got, want := p.Posterior(Rate{4, 8}).Expect(), (8.0/3+4)/(8.0/3+8); math.Abs(got-want) > 1e-12 {
		t.Errorf("score %v, want %v", got, want)
	}
	if p = FitGamma([]Rate{{0, 8}, {0, 10}}); p.Posterior(Rate{0, 8}).Expect() != 0 {
		t.Errorf("nobody wrote, and the score is %v", p.Posterior(Rate{0, 8}).Expect())
	}
	if p = FitGamma([]Rate{{100, 8}, {0, 8}}); p.Weight != MinPriorWeight {
		t.Errorf("weight %v, want the floor", p.Weight)
	}
}

func TestFitNormalByHand(t *testing.T) {
	// Two agencies of four answered cases each, waits 1,1,3,3 and 9,9,11,11:
	// means 2 and 10, case variance 1, q = 4·16·2 = 128, excess 127,
	// weight 1·(8 − 4)/127, below the floor of 2.
	a, b := waiting(observation{1, true}, observation{1, true}, observation{3, true}, observation{3, true}),
		waiting(observation{9, true}, observation{9, true}, observation{11, true}, observation{11, true})
	p := FitNormal([]Waiting{a, b}, 30)
	if math.Abs(p.Mean-6) > 1e-12 || math.Abs(p.CaseVariance-1) > 1e-12 || p.Weight != MinPriorWeight {
		t.Fatalf("prior %+v", p)
	}
	post := p.Posterior(a)
	if want := (4*2 + 2*6.0) / 6; math.Abs(post.Mean-want) > 1e-12 {
		t.Errorf("score %v, want %v", post.Mean, want)
	}
	if want := math.Sqrt(1.0 / 6); math.Abs(post.SD-want) > 1e-12 {
		t.Errorf("spread %v, want %v", post.SD, want)
	}
	// Waits that all look equal keep the variance of rounding to whole days.
	same := waiting(observation{4, true}, observation{4, true})
	if p = FitNormal([]Waiting{same, same}, 30); p.CaseVariance != 1.0/12 || p.Weight != MaxPriorWeight || p.Posterior(same).Mean != 4 {
		t.Errorf("prior of equals %+v, score %v", p, p.Posterior(same).Mean)
	}
	// Nobody has been waited for: nothing is known but that they wait.
	fresh := waiting(observation{0, false})
	if p = FitNormal([]Waiting{fresh, fresh}, 30); p.Posterior(fresh).Mean != 30 {
		t.Errorf("score of fresh cases %v", p.Posterior(fresh).Mean)
	}
	if p = FitNormal(nil, 30); math.IsNaN(p.Posterior(fresh).Mean) {
		t.Error("NaN")
	}
}

// Fresh open cases know little: an agency that has nothing else stays near the
// group, one that never answered for long does not.
func TestInformationOfOpenCases(t *testing.T) {
	group := make([]Waiting, 0, 12)
	for i := range 10 {
		group = append(group, waiting(observation{3 + i%3, true}, observation{5, true}, observation{6, true}, observation{8 - i%2, true}, observation{2, true}))
	}
	fresh := waiting(observation{0, false}, observation{1, false}, observation{1, false}, observation{0, false}, observation{1, false})
	silent := waiting(observation{25, false}, observation{25, false}, observation{26, false}, observation{28, false}, observation{30, false})
	p := FitNormal(append(group, fresh, silent), 30)
	f, s := p.Posterior(fresh).Mean, p.Posterior(silent).Mean
	if math.Abs(f-p.Mean) > 3 || s < f+5 {
		t.Errorf("group %v, fresh %v, silent %v", p.Mean, f, s)
	}
}

func TestShrinkageProperties(t *testing.T) {
	between := func(x, a, b float64) bool { return x >= min(a, b)-1e-9 && x <= max(a, b)+1e-9 }
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 12).Draw(t, "agencies")
		var counts []Count
		var rates []Rate
		var waits []Waiting
		for range k {
			n := rapid.IntRange(0, 40).Draw(t, "n")
			counts = append(counts, Count{rapid.IntRange(0, n).Draw(t, "k"), n})
			rates = append(rates, Rate{rapid.IntRange(0, 40).Draw(t, "y"), float64(rapid.IntRange(0, 20).Draw(t, "e"))})
			waits = append(waits, waiting(drawWaiting(t, "waits")...))
		}
		bp, gp, np := FitBeta(counts), FitGamma(rates), FitNormal(waits, 30)
		for i := range counts {
			if c := counts[i]; c.N > 0 {
				if s := bp.Posterior(c).Expect(); !between(s, float64(c.K)/float64(c.N), bp.A/(bp.A+bp.B)) {
					t.Fatalf("share %v moved to %v, away from %v", c, s, bp)
				}
			}
			if r := rates[i]; r.Exposure > 0 {
				if s := gp.Posterior(r).Expect(); !between(s, float64(r.Y)/r.Exposure, gp.Shape/gp.Weight) {
					t.Fatalf("rate %v moved to %v, away from %v", r, s, gp)
				}
			}
			own, _ := waits[i].RestrictedMean(30)
			post := np.Posterior(waits[i])
			if !between(post.Mean, own.Area, np.Mean) || !(post.SD > 0) {
				t.Fatalf("wait %v became %+v under %+v", own.Area, post, np)
			}
			// Under the same prior an open case can only cost.
			open := Waiting{append([]int(nil), waits[i].Events...), append([]int(nil), waits[i].Censored...)}
			open.AddCensored(rapid.IntRange(0, 45).Draw(t, "open"), 1)
			if s := np.Posterior(open).Mean; s < post.Mean-1e-9 {
				t.Fatalf("an open case took the score from %v to %v", post.Mean, s)
			}
		}
	})
}

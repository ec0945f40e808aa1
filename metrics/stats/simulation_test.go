package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// This file repeats the simulations of what goes wrong in league tables: 30
// agencies with 2 to 220 cases, 40 % of them with fewer than ten. The bands in
// the tests are wide enough for another way of drawing agencies and far too
// narrow for the error the simulation warns of.

const simulated = 30

// agencySizes draws the numbers of cases: twelve small agencies, 18 larger ones.
func agencySizes(rng *rand.Rand) []int {
	sizes := make([]int, simulated)
	for i := range sizes {
		if i < simulated*4/10 {
			sizes[i] = 2 + rng.IntN(8)
		} else {
			sizes[i] = 10 + rng.IntN(211)
		}
	}
	return sizes
}

func successes(rng *rand.Rand, n int, p float64) int {
	k := 0
	for range n {
		if rng.Float64() < p {
			k++
		}
	}
	return k
}

// band fails unless a figure lies within [low, high].
func band(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	t.Logf("%s: %.3f", what, got)
	if !(got >= low && got <= high) {
		t.Errorf("%s is %.3f, want %.3f to %.3f", what, got, low, high)
	}
}

// extremes says which share of runs has a small agency first and last.
type extremes struct{ first, last float64 }

func (e *extremes) add(counts []Count, runs int, score func(Count) float64) {
	best, worst := 0, 0
	for i, c := range counts {
		if score(c) > score(counts[best]) {
			best = i
		}
		if score(c) < score(counts[worst]) {
			worst = i
		}
	}
	if counts[best].N < 10 {
		e.first += 1 / float64(runs)
	}
	if counts[worst].N < 10 {
		e.last += 1 / float64(runs)
	}
}

func rawShare(c Count) float64 { return float64(c.K) / float64(c.N) }

func wilsonLow(c Count) float64 {
	i, _ := Wilson(c.K, c.N)
	return i.Low
}

// F1 and F2: all agencies are equally good (85 %). The raw share puts a small
// one first and last in about nine of ten runs, Wilson's lower bound one last
// nearly always; the shrunk share hardly ever.
func TestF1F2SmallAgenciesAreNotExtremes(t *testing.T) {
	const runs = 1000
	rng := rand.New(rand.NewPCG(1, 1957))
	var raw, wilson, shrunk extremes
	for range runs {
		counts := make([]Count, simulated)
		for i, n := range agencySizes(rng) {
			counts[i] = Count{successes(rng, n, 0.85), n}
		}
		prior := FitBeta(counts)
		raw.add(counts, runs, rawShare)
		wilson.add(counts, runs, wilsonLow)
		shrunk.add(counts, runs, func(c Count) float64 { return prior.Posterior(c).Expect() })
	}
	band(t, "raw share: small agency first", raw.first, 0.85, 1)
	band(t, "raw share: small agency last", raw.last, 0.85, 1)
	band(t, "lower bound: small agency last", wilson.last, 0.95, 1)
	band(t, "shrunk share: small agency first", shrunk.first, 0, 0.03)
	band(t, "shrunk share: small agency last", shrunk.last, 0, 0.10)
}

// F1, with real differences: the shrunk share follows the truth best, Wilson's
// lower bound worst.
func TestF1ShrunkShareFollowsTheTruth(t *testing.T) {
	const runs = 600
	rng, src := rand.New(rand.NewPCG(2, 2199)), NewSource(2)
	var raw, wilson, shrunk float64
	for range runs {
		truth, counts := make([]float64, simulated), make([]Count, simulated)
		for i, n := range agencySizes(rng) {
			truth[i] = Beta{34, 6}.Sample(src)
			counts[i] = Count{successes(rng, n, truth[i]), n}
		}
		prior := FitBeta(counts)
		raw += correlation(truth, counts, rawShare) / runs
		wilson += correlation(truth, counts, wilsonLow) / runs
		shrunk += correlation(truth, counts, func(c Count) float64 { return prior.Posterior(c).Expect() }) / runs
	}
	band(t, "correlation of the shrunk share", shrunk, 0.55, 0.75)
	band(t, "correlation of the raw share", raw, 0.38, 0.60)
	band(t, "correlation of the lower bound", wilson, 0.20, 0.45)
	if shrunk < raw+0.05 || raw < wilson+0.05 {
		t.Errorf("order: shrunk %.2f, raw %.2f, lower bound %.2f", shrunk, raw, wilson)
	}
}

func correlation(truth []float64, counts []Count, score func(Count) float64) float64 {
	var x, y, xx, yy, xy float64
	for i, c := range counts {
		a, b := truth[i], score(c)
		x, y, xx, yy, xy = x+a, y+b, xx+a*a, yy+b*b, xy+a*b
	}
	n := float64(len(truth))
	return (n*xy - x*y) / math.Sqrt((n*xx-x*x)*(n*yy-y*y))
}

// F3: the 90 % range of an agency's place covers most of the table, and still a
// large part of it for the agencies with 80 cases or more.
func TestF3PlacesAreWide(t *testing.T) {
	const runs = 40
	rng, src := rand.New(rand.NewPCG(3, 1996)), NewSource(3)
	var all, large, largeN float64
	for run := range runs {
		counts, entrants := make([]Count, simulated), make([]Entrant, simulated)
		for i, n := range agencySizes(rng) {
			counts[i] = Count{successes(rng, n, Beta{34, 6}.Sample(src)), n}
		}
		prior := FitBeta(counts)
		for i, c := range counts {
			entrants[i] = Entrant{fmt.Sprint(i), prior.Posterior(c)}
		}
		for i, p := range NewLeague(fmt.Sprint(run), false, entrants).Places() {
			width := float64(p.High - p.Low + 1)
			all += width / (runs * simulated)
			if counts[i].N >= 80 {
				large, largeN = large+width, largeN+1
			}
		}
	}
	band(t, "mean range of places", all, 18, 24)
	band(t, "mean range from 80 cases on", large/largeN, 11, 17)
}

// F4: waits with a true median of 18 days. The median of the closed cases says
// 4, 6 and 13 days in windows of 30, 90 and 365 days; Kaplan–Meier says about
// 18 in each.
func TestF4ClosedCasesAreTooFast(t *testing.T) {
	for _, tt := range []struct {
		window    int
		low, high float64 // of the naive median
	}{{30, 3, 6}, {90, 5, 9}, {365, 10, 14.5}} {
		src := NewSource(uint64(tt.window))
		var w Waiting
		var closed []int
		for range 20_000 {
			seen := int(src.Uniform() * float64(tt.window))
			if wait := int(18 * math.Exp(1.9*src.Normal())); wait <= seen {
				w.AddEvent(wait, 1)
				closed = append(closed, wait)
			} else {
				w.AddCensored(seen, 1)
			}
		}
		slices.Sort(closed)
		median, ok := w.Median()
		if !ok {
			t.Fatalf("%d days: no median", tt.window)
		}
		band(t, fmt.Sprint("median of the closed cases, window ", tt.window), float64(closed[len(closed)/2]), tt.low, tt.high)
		band(t, fmt.Sprint("Kaplan–Meier median, window ", tt.window), float64(median), 16.5, 19.5)
	}
}

// F4: an office answers the easier part of its cases at once and leaves the
// rest; the other works steadily through all of them. Ranked by the mean of
// the closed cases the first one wins nearly always, by the restricted mean
// wait hardly ever; the Kaplan–Meier median is no safe measure.
func TestF4IgnoringHardCasesDoesNotPay(t *testing.T) {
	for _, tt := range []struct {
		cases                 int
		naiveLow              float64 // the naive mean is wrong at least so often
		ranked                float64 // the restricted mean at most so often
		medianLow, medianHigh float64
	}{{15, 0.80, 0.04, 0.15, 0.45}, {40, 0.93, 0.01, 0.10, 0.40}, {120, 0.99, 0, 0.02, 0.25}} {
		const runs = 1500
		src := NewSource(uint64(tt.cases))
		naive, ranked, median := 0.0, 0.0, 0.0
		for range runs {
			var picky, steady Waiting
			for range tt.cases {
				seen := 30 + src.below(31)
				wait := 200
				if src.Uniform() <= 0.52 {
					wait = int(-5 * math.Log(src.Uniform()))
				}
				record(&picky, wait, seen)
				record(&steady, int(8*math.Exp(0.8*src.Normal())), seen)
			}
			a, _ := picky.MeanEnded()
			b, _ := steady.MeanEnded()
			if a < b {
				naive += 1.0 / runs
			}
			prior := FitNormal([]Waiting{picky, steady}, 30)
			if prior.Posterior(picky).Mean < prior.Posterior(steady).Mean {
				ranked += 1.0 / runs
			}
			m, reached := picky.Median()
			if n, _ := steady.Median(); reached && m < n {
				median += 1.0 / runs
			}
		}
		band(t, fmt.Sprint(tt.cases, " cases: wrong by the mean of the closed"), naive, tt.naiveLow, 1.0001)
		band(t, fmt.Sprint(tt.cases, " cases: wrong by the restricted mean"), ranked, 0, tt.ranked)
		band(t, fmt.Sprint(tt.cases, " cases: wrong by the median"), median, tt.medianLow, tt.medianHigh)
	}
}

func record(w *Waiting, wait, seen int) {
	if wait <= seen {
		w.AddEvent(wait, 1)
	} else {
		w.AddCensored(seen, 1)
	}
}

// F16: every agency is truly at 88 %. A fixed cut-off of 85 % paints more than
// a quarter of them red by chance, the funnel around their own level hardly
// any.
func TestF16FunnelInsteadOfACutOff(t *testing.T) {
	const runs = 400
	rng := rand.New(rand.NewPCG(16, 2005))
	red, below, farBelow, above, dispersed := 0.0, 0.0, 0.0, 0.0, 0
	for range runs {
		counts := make([]Count, simulated)
		for i, n := range agencySizes(rng) {
			counts[i] = Count{successes(rng, n, 0.88), n}
		}
		target, _ := Pooled(counts)
		funnel := NewFunnel(target, counts)
		if funnel.Dispersion > 1 {
			dispersed++
		}
		for _, c := range counts {
			share := rawShare(c)
			if share < 0.85 {
				red += 1.0 / (runs * simulated)
			}
			limits, _ := funnel.Limits(c.N)
			switch limits.Judge(share) {
			case Below:
				below += 1.0 / (runs * simulated)
			case FarBelow:
				below, farBelow = below+1.0/(runs*simulated), farBelow+1.0/(runs*simulated)
			case Above, FarAbove:
				above += 1.0 / (runs * simulated)
			}
		}
	}
	band(t, "red by the cut-off", red, 0.22, 0.36)
	band(t, "below the 95 % limit", below, 0.001, 0.025)
	band(t, "below the 99.8 % limit", farBelow, 0, 0.002)
	band(t, "above the 95 % limit", above, 0.001, 0.025)
	band(t, "dispersion found where there is none", float64(dispersed)/runs, 0, 0.05)
}

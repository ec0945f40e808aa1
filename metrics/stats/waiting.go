package stats

import "math/big"

// Waiting is a set of waiting times on whole days, as two histograms: Events[t]
// cases ended after t days, Censored[t] were last seen still waiting after t
// days. The zero value is empty.
type Waiting struct {
	Events   []int
	Censored []int
}

// AddEvent adds n cases that ended after t days; t must not be negative.
func (w *Waiting) AddEvent(t, n int) { w.Events = add(w.Events, t, n) }

// AddCensored adds n cases last seen waiting after t days; t must not be negative.
func (w *Waiting) AddCensored(t, n int) { w.Censored = add(w.Censored, t, n) }

func add(hist []int, t, n int) []int {
	for len(hist) <= t {
		hist = append(hist, 0)
	}
	hist[t] += n
	return hist
}

// N is the number of cases.
func (w Waiting) N() int { return total(w.Events) + total(w.Censored) }

// Ended is the number of cases that ended.
func (w Waiting) Ended() int { return total(w.Events) }

func total(hist []int) int {
	n := 0
	for _, c := range hist {
		n += c
	}
	return n
}

// MeanEnded is the plain mean wait of the cases that ended. It leaves out
// whoever still waits and is shown only for comparison. ok is false if none
// ended.
func (w Waiting) MeanEnded() (mean float64, ok bool) {
	n, sum := 0, 0
	for t, c := range w.Events {
		n += c
		sum += t * c
	}
	if n == 0 {
		return 0, false
	}
	return float64(sum) / float64(n), true
}

// Step is one drop of a survival curve: S is the share still waiting from day
// T on. AtRisk cases were waiting just before T and Ended of them ended at T.
type Step struct {
	T      int
	AtRisk int
	Ended  int
	S      float64
}

// Survival returns the Kaplan–Meier estimate (Kaplan & Meier 1958, JASA
// 53:457), one step per day on which a case ended. A case censored on that
// day counts as at risk on it. S is 1 before the first step.
func (w Waiting) Survival() []Step {
	var steps []Step
	atRisk, s := w.N(), 1.0
	// Without censoring between two steps S is a plain ratio of counts; run and
	// runS hold where the present stretch without censoring began, so that S
	// is not worn down by repeated rounding.
	run, runS := atRisk, 1.0
	for t := 0; t < max(len(w.Events), len(w.Censored)); t++ {
		if d := at(w.Events, t); d > 0 {
			s = runS * float64(atRisk-d) / float64(run)
			steps = append(steps, Step{T: t, AtRisk: atRisk, Ended: d, S: s})
			atRisk -= d
		}
		if c := at(w.Censored, t); c > 0 {
			atRisk -= c
			run, runS = atRisk, s
		}
	}
	return steps
}

// Median is the first day t with S(t) ≤ 0.5; ok is false where the curve does
// not come down to a half.
func (w Waiting) Median() (t int, ok bool) {
	steps := w.Survival()
	for i, step := range steps {
		if atMostHalf(steps[:i+1]) {
			return step.T, true
		}
	}
	return 0, false
}

// atMostHalf decides S ≤ 1/2 for the last step: in floating point where that
// is beyond doubt, in exact arithmetic where it is close.
func atMostHalf(steps []Step) bool {
	const doubt = 1e-9
	if s := steps[len(steps)-1].S; s < 0.5-doubt || s > 0.5+doubt {
		return s < 0.5
	}
	exact := big.NewRat(1, 1)
	for _, step := range steps {
		exact.Mul(exact, big.NewRat(int64(step.AtRisk-step.Ended), int64(step.AtRisk)))
	}
	return exact.Cmp(big.NewRat(1, 2)) <= 0
}

// RestrictedMean is the mean wait up to a horizon: the area under the survival
// curve from day 0 to the horizon (Royston & Parmar 2013, BMC Med Res Methodol
// 13:152).
type RestrictedMean struct {
	Area float64
	// Bound is true when the last observation is censored before the horizon.
	// The curve was then carried flat, and the true mean is at most Area.
	Bound bool
	// Variance is Greenwood's variance of Area: the sum over the days t_j with
	// d_j of n_j cases ended of (area from t_j to the horizon)² · d_j / (n_j (n_j − d_j))
	// (Klein & Moeschberger 2003, Survival Analysis, section 4.5).
	Variance float64
}

// RestrictedMean measures the area up to the horizon, in days. ok is false for
// an empty set.
func (w Waiting) RestrictedMean(horizon int) (r RestrictedMean, ok bool) {
	if w.N() == 0 {
		return RestrictedMean{}, false
	}
	steps := w.Survival()
	last, s := 0, 1.0
	areas := make([]float64, 0, len(steps)) // areas[j]: from 0 to the j-th step
	for _, step := range steps {
		if step.T >= horizon {
			break
		}
		r.Area += s * float64(step.T-last)
		areas = append(areas, r.Area)
		last, s = step.T, step.S
	}
	r.Area += s * float64(horizon-last)
	for j, before := range areas {
		if left := steps[j].AtRisk - steps[j].Ended; left > 0 {
			after := r.Area - before
			r.Variance += after * after * float64(steps[j].Ended) / (float64(steps[j].AtRisk) * float64(left))
		}
	}
	end := len(steps) > 0 && steps[len(steps)-1].S == 0
	r.Bound = !end && w.last() < horizon
	return r, true
}

// Information is how many fully observed waits the set is worth: 1 for each
// case that ended, and the observed part of the horizon for each that did not.
func (w Waiting) Information(horizon int) float64 {
	sum := 0
	for t, c := range w.Censored {
		sum += min(t, horizon) * c
	}
	return float64(w.Ended()) + float64(sum)/float64(horizon)
}

// last is the longest time on record.
func (w Waiting) last() int {
	for t := max(len(w.Events), len(w.Censored)) - 1; t > 0; t-- {
		if at(w.Events, t) > 0 || at(w.Censored, t) > 0 {
			return t
		}
	}
	return 0
}

func at(hist []int, t int) int {
	if t < len(hist) {
		return hist[t]
	}
	return 0
}

// Plus is the set of both sets' cases.
func (w Waiting) Plus(o Waiting) Waiting {
	return Waiting{combine(w.Events, o.Events, 1), combine(w.Censored, o.Censored, 1)}
}

// Minus is the set without the cases of o, which must be among them.
func (w Waiting) Minus(o Waiting) Waiting {
	return Waiting{combine(w.Events, o.Events, -1), combine(w.Censored, o.Censored, -1)}
}

func combine(a, b []int, sign int) []int {
	out := make([]int, max(len(a), len(b)))
	copy(out, a)
	for t, c := range b {
		out[t] += sign * c
	}
	return out
}

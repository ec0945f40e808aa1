package stats

import (
	"math"
	"slices"
	"strings"
)

// Part is one component of a mixture: the values of an entrant of another
// league, put on a scale from Worst (0) to Best (100) and cut off there, with
// a weight.
type Part struct {
	League      *League
	Entrant     int // as given to the other league
	Worst, Best float64
	Weight      float64
}

// Points puts a value on the scale of 0 to 100.
func Points(value, worst, best float64) float64 {
	return min(max(100*(value-worst)/(best-worst), 0), 100)
}

// Mixture is an entrant of a combined league: the mean of its parts by weight.
type Mixture struct {
	Key   string
	Parts []Part
}

// Combine makes a league of mixtures, the higher value being the better one.
// Draw by draw, it takes the values the components had in the same draw. A
// mixture without parts stands at 0.
func Combine(seed string, mixtures []Mixture) *League {
	n := len(mixtures)
	l := newLeague(seed, n)
	byKey := make([]int, n)
	for i := range byKey {
		byKey[i] = i
	}
	slices.SortFunc(byKey, func(i, j int) int { return strings.Compare(mixtures[i].Key, mixtures[j].Key) })
	l.fill(func(i int, values []float32) {
		l.at[byKey[i]] = i
		m := mixtures[byKey[i]]
		total := 0.0
		for _, p := range m.Parts {
			total += p.Weight
		}
		for _, p := range m.Parts {
			p.add(values, p.Weight/total)
		}
	})
	return l
}

// add takes the part's points, times share, from the values: lower is better.
func (p Part) add(values []float32, share float64) {
	perUnit := 100 / (p.Best - p.Worst)
	slope, offset, weight := float32(perUnit)*p.League.sign, float32(-p.Worst*perUnit), float32(share)
	for s, v := range p.League.draws[p.League.at[p.Entrant]] {
		points := slope*v + offset
		if points < 0 {
			points = 0
		} else if points > 100 {
			points = 100
		}
		values[s] -= weight * points
	}
}

// Stays is the share of draws in which the given entrants, as a set, stand
// before all others; a draw in which the last of them equals the first of the
// others counts half. ok is false where there is nobody else.
func (l *League) Stays(set []int) (share float64, ok bool) {
	n := len(l.draws)
	inside := make([]bool, n)
	for _, i := range set {
		inside[l.at[i]] = true
	}
	if len(set) == 0 || len(set) >= n {
		return 0, false
	}
	worst, best := slices.Repeat([]float32{float32(math.Inf(-1))}, DrawCount), slices.Repeat([]float32{float32(math.Inf(1))}, DrawCount)
	for i, values := range l.draws {
		if inside[i] {
			for s, v := range values {
				if v > worst[s] {
					worst[s] = v
				}
			}
			continue
		}
		for s, v := range values {
			if v < best[s] {
				best[s] = v
			}
		}
	}
	halves := 0
	for s := range worst {
		switch {
		case worst[s] < best[s]:
			halves += 2
		case worst[s] == best[s]:
			halves++
		}
	}
	return float64(halves) / (2 * DrawCount), true
}

// pairCount is how many pairs of draws two leagues are compared by.
const pairCount = 1000

// Better is the probability that entrant i of the league does better than it
// would under another distribution, drawn under another seed; an equal pair
// counts half. The values of the other distribution are the first ones of an
// entrant with that key in a league of that seed.
func (l *League) Better(i int, seed string, before Entrant) float64 {
	src := NewSource(seedOf(seed + "\x00" + before.Key))
	values := make([]float32, pairCount)
	for s := range values {
		values[s] = l.sign * float32(before.Dist.Sample(src))
	}
	return better(l.draws[l.at[i]][:pairCount], values)
}

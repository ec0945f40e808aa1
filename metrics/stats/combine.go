package stats

import (
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
	l.fill(func(i int, values []float32) (low, high float32) {
		l.at[byKey[i]] = i
		m := mixtures[byKey[i]]
		total := 0.0
		for _, p := range m.Parts {
			total += p.Weight
		}
		for _, p := range m.Parts {
			p.add(values, p.Weight/total)
		}
		return bounds(values)
	})
	return l
}

// add takes the part's points, times share, from the values: lower is better.
func (p Part) add(values []float32, share float64) {
	perUnit := 100 / (p.Best - p.Worst)
	slope, offset, weight := float32(perUnit)*p.League.sign, float32(-p.Worst*perUnit), float32(share)
	i := p.League.at[p.Entrant]
	draws := p.League.draws[i]
	if a, b := float32(slope*p.League.low[i])+offset, float32(slope*p.League.high[i])+offset; min(a, b) >= 0 && max(a, b) <= 100 {
		for s, v := range draws { // nothing to cut off
			values[s] -= float32(weight * (float32(slope*v) + offset))
		}
		return
	}
	for s, v := range draws {
		// min and max take no branch, which a processor could only guess at.
		values[s] -= float32(weight * min(max(float32(slope*v)+offset, 0), 100))
	}
}

// pairCount is how many pairs of draws two leagues are compared by.
const pairCount = 1000

// A Pair is an entrant of a league, by its number, and what it was before.
type Pair struct {
	Now    int
	Before Entrant
}

// Better is, for each pair, the probability that the entrant does better than
// it would under the other distribution, drawn under another seed; an equal
// draw counts half. The values of the other distribution are the first ones of
// an entrant with that key in a league of that seed.
func (l *League) Better(seed string, pairs []Pair) []float64 {
	dists := make([]Distribution, len(pairs))
	for i, p := range pairs {
		dists[i] = p.Before.Dist
	}
	out := make([]float64, len(pairs))
	by := drawers(dists, l.sign)
	share(len(pairs), func(from, to int) {
		values := make([]float32, pairCount)
		for i := from; i < to; i++ {
			by[i].draw(values, entrantSource(seed, pairs[i].Before.Key))
			out[i] = better(l.draws[l.at[pairs[i].Now]][:pairCount], values)
		}
	})
	return out
}

package examples

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// seed makes every generation the same. Changing it changes every file.
const seed = 9901

// chance is a stream of random choices. Each subject has its own stream, so
// that a change in one leaves the others as they were.
type chance struct{ *rand.Rand }

// newChance opens the stream of a subject.
func newChance(subject string) chance {
	h := fnv.New64a()
	h.Write([]byte(subject))
	return chance{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// maybe is true with probability p.
func (c chance) maybe(p float64) bool { return c.Float64() < p }

// between is a whole number from low to high, both possible.
func (c chance) between(low, high int) int { return low + c.IntN(high-low+1) }

// pick is one of the list.
func pick[T any](c chance, list []T) T { return list[c.IntN(len(list))] }

// weighted is an index, each with the probability of its share of weights.
func (c chance) weighted(weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	x := c.Float64() * sum
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// poisson is a count with the given mean (Knuth's product method: means here
// are below ten).
func (c chance) poisson(mean float64) int {
	limit, n := math.Exp(-mean), 0
	for p := c.Float64(); p > limit; p *= c.Float64() {
		n++
	}
	return n
}

// lag is a waiting time with the given mean and the long tail of office work:
// the sum of two exponential times.
func (c chance) lag(mean float64) float64 {
	return mean / 2 * (c.ExpFloat64() + c.ExpFloat64())
}

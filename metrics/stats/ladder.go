package stats

import "math"

const (
	levelBits = 12
	levels    = 1 << levelBits
	// wordLevels is how many levels one random word chooses.
	wordLevels = 64 / levelBits
)

// A ladder is a distribution of unit scale by its quantiles: the values in the
// middle of equal parts of probability, lowest first. To draw is to choose one
// of them by chance (inversion; Devroye 1986, Non-Uniform Random Variate
// Generation, II.2), a few times faster than to make each value anew. The
// outermost parts, one in 4,096, lose what lies beyond their middle.
type ladder [levels]float32

// level is the probability below a step of a ladder.
func level(step int) float64 { return (float64(step) + 0.5) / levels }

var normalLadder = func() *ladder {
	l := &ladder{}
	for i := range l {
		l[i] = float32(math.Sqrt2 * math.Erfinv(2*level(i)-1))
	}
	return l
}()

const (
	// gammaReach is how far from the middle the density is added up, in units
	// that are nearly standard deviations.
	gammaReach = 6.5
	gammaParts = 260
)

// gammaLadder is the ladder of Gamma(shape, 1), for a shape of at least 1.
//
// A gamma variate is d·(1+c·w)³ with d = shape − 1/3, c = 1/√(9d), where w has
// a density proportional to exp(d − d·v + d·ln v), v = (1+c·w)³: nearly normal
// (Marsaglia & Tsang 2000, ACM TOMS 26:363). That density is added up by
// Simpson's rule, and the sum inverted part by part.
func gammaLadder(shape float64) *ladder {
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	low := max(-gammaReach, -1/c)
	width := (gammaReach - low) / gammaParts
	density := func(w float64) float64 {
		v := 1 + c*w
		if v <= 0 {
			return 0
		}
		v *= v * v
		return math.Exp(d * (1 - v + math.Log(v)))
	}
	var mass [gammaParts]float64
	total, left := 0.0, density(low)
	for i := range mass {
		middle, right := density(low+(float64(i)+0.5)*width), density(low+float64(i+1)*width)
		mass[i] = left + 4*middle + right
		total, left = total+mass[i], right
	}
	l := &ladder{}
	below, part := 0.0, 0
	for i := range l {
		target := level(i) * total
		for part < gammaParts-1 && below+mass[part] < target {
			below, part = below+mass[part], part+1
		}
		v := 1 + c*(low+width*(float64(part)+(target-below)/mass[part]))
		l[i] = float32(d * v * v * v)
	}
	return l
}

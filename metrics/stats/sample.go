package stats

import (
	"cmp"
	"math"
)

// Distribution is what a place can be drawn from.
type Distribution interface {
	// Expect is the mean.
	Expect() float64
	// Sample draws one value.
	Sample(src *Source) float64
}

// Normal is a normal distribution.
type Normal struct{ Mean, SD float64 }

// Expect is the mean.
func (n Normal) Expect() float64 { return n.Mean }

// Sample draws one value.
func (n Normal) Sample(src *Source) float64 { return n.Mean + n.SD*src.Normal() }

// Gamma is a gamma distribution with mean Shape/Rate. A shape of 0 stands for
// the constant 0.
type Gamma struct{ Shape, Rate float64 }

// Expect is the mean.
func (g Gamma) Expect() float64 { return g.Shape / g.Rate }

// Sample draws one value by Marsaglia & Tsang's method (2000, ACM TOMS 26:363).
func (g Gamma) Sample(src *Source) float64 {
	if g.Shape <= 0 {
		return 0
	}
	if g.Shape < 1 {
		// The method needs a shape of at least 1: Gamma(a) = Gamma(a+1)·U^(1/a).
		boost := math.Pow(src.Uniform(), 1/g.Shape)
		return Gamma{g.Shape + 1, g.Rate}.Sample(src) * boost
	}
	d := g.Shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := src.Normal()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v *= v * v
		u := src.Uniform()
		if u < 1-0.0331*x*x*x*x || math.Log(u) < 0.5*x*x+d*(1-v+math.Log(v)) {
			return d * v / g.Rate
		}
	}
}

// Beta is a beta distribution with mean A/(A+B).
type Beta struct{ A, B float64 }

// Expect is the mean.
func (b Beta) Expect() float64 { return b.A / (b.A + b.B) }

// Sample draws one value, as the share of one gamma variate in two.
func (b Beta) Sample(src *Source) float64 {
	x := Gamma{b.A, 1}.Sample(src)
	y := Gamma{b.B, 1}.Sample(src)
	if x+y == 0 {
		return b.Expect()
	}
	return x / (x + y)
}

// Capped is a distribution whose values above Cap count as Cap.
type Capped struct {
	Distribution
	Cap float64
}

// Expect is the mean of the distribution, at most Cap.
func (c Capped) Expect() float64 { return min(c.Distribution.Expect(), c.Cap) }

// Sample draws one value.
func (c Capped) Sample(src *Source) float64 { return min(c.Distribution.Sample(src), c.Cap) }

// Less is the probability that a value of n is below one of o, the two drawn
// independently; equal constants count half.
func (n Normal) Less(o Normal) float64 {
	spread := math.Hypot(n.SD, o.SD)
	if spread == 0 {
		return 0.5 * (1 + float64(cmp.Compare(o.Mean, n.Mean)))
	}
	return 0.5 * math.Erfc((n.Mean-o.Mean)/spread/math.Sqrt2)
}

package stats

import (
	"math"
	"math/bits"
)

// Source is a stream of random numbers, small and fast because a report draws
// millions of them. It is wyrand (Wang Yi 2019): a Weyl sequence mixed by one
// wide multiplication. It is no use for secrets.
type Source struct{ state uint64 }

// NewSource returns the stream of a seed. Equal seeds give equal streams.
func NewSource(seed uint64) *Source { return &Source{seed} }

// Uint64 returns 64 random bits.
func (s *Source) Uint64() uint64 {
	s.state += 0xa0761d6478bd642f
	hi, lo := bits.Mul64(s.state, s.state^0xe7037ed1a0b428db)
	return hi ^ lo
}

// Uniform returns a number in (0, 1].
func (s *Source) Uniform() float64 { return float64(s.Uint64()>>11+1) / (1 << 53) }

// below returns a number in [0, n), n small against 2³².
func (s *Source) below(n int) int {
	hi, _ := bits.Mul64(s.Uint64(), uint64(n))
	return int(hi)
}

// The ziggurat covers the right half of exp(−x²/2) by layers of equal area:
// layer i lies under the edge zigguratX[i], and reaches up to the curve at
// zigguratX[i+1]. Layer 0 stands for the base and the tail beyond zigguratTail.
const (
	zigguratLayers = 256
	zigguratTail   = 3.6541528853610088
	zigguratArea   = 0.00492867323399
)

var zigguratX, zigguratY = ziggurat()

func ziggurat() (x, y [zigguratLayers + 1]float64) {
	density := func(x float64) float64 { return math.Exp(-x * x / 2) }
	x[0], x[1] = zigguratArea/density(zigguratTail), zigguratTail
	for i := 2; i < zigguratLayers; i++ {
		x[i] = math.Sqrt(-2 * math.Log(zigguratArea/x[i-1]+density(x[i-1])))
	}
	for i := range y {
		y[i] = density(x[i])
	}
	return x, y
}

// Normal returns a standard normal number by the ziggurat of Marsaglia & Tsang
// (2000, J Stat Softw 5:8).
func (s *Source) Normal() float64 {
	for {
		u := s.Uint64()
		layer := u & (zigguratLayers - 1)
		// The upper 53 bits as a number in [−1, 1).
		x := float64(int64(u)>>11) / (1 << 52) * zigguratX[layer]
		if math.Abs(x) < zigguratX[layer+1] {
			return x
		}
		if layer == 0 {
			return math.Copysign(s.tail(), x)
		}
		low, high := zigguratY[layer], zigguratY[layer+1]
		if low+(high-low)*s.Uniform() < math.Exp(-x*x/2) {
			return x
		}
	}
}

// tail returns a normal number beyond zigguratTail (Marsaglia 1964).
func (s *Source) tail() float64 {
	for {
		x, y := -math.Log(s.Uniform())/zigguratTail, -math.Log(s.Uniform())
		if 2*y > x*x {
			return zigguratTail + x
		}
	}
}

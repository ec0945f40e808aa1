package stats

import (
	"math"
	"testing"
)

// Moments up to the fourth, and the tail beyond the ziggurat's base.
func TestNormalMoments(t *testing.T) {
	src := NewSource(3)
	const n = 2_000_000
	var m1, m2, m3, m4 float64
	beyond2, beyondTail := 0, 0
	for range n {
		x := src.Normal()
		m1, m2, m3, m4 = m1+x, m2+x*x, m3+x*x*x, m4+x*x*x*x
		if math.Abs(x) > 2 {
			beyond2++
		}
		if math.Abs(x) > zigguratTail {
			beyondTail++
		}
	}
	for _, tt := range []struct {
		name           string
		got, want, eps float64
	}{
		{"mean", m1 / n, 0, 0.004},
		{"variance", m2 / n, 1, 0.005},
		{"third moment", m3 / n, 0, 0.015},
		{"fourth moment", m4 / n, 3, 0.04},
		{"P(|x| > 2)", float64(beyond2) / n, math.Erfc(2 / math.Sqrt2), 0.0008},
		{"P(|x| > tail)", float64(beyondTail) / n, math.Erfc(zigguratTail / math.Sqrt2), 0.00006},
	} {
		if math.Abs(tt.got-tt.want) > tt.eps {
			t.Errorf("%s is %v, want %v", tt.name, tt.got, tt.want)
		}
	}
}

func TestUniformIsNeverZero(t *testing.T) {
	src := NewSource(1)
	sum := 0.0
	const n = 500_000
	for range n {
		u := src.Uniform()
		if !(u > 0 && u <= 1) {
			t.Fatalf("%v", u)
		}
		sum += u
	}
	if math.Abs(sum/n-0.5) > 0.003 {
		t.Errorf("mean %v", sum/n)
	}
	a, b := NewSource(8), NewSource(8)
	if a.Uint64() != b.Uint64() || a.Uint64() == NewSource(9).Uint64() {
		t.Error("a seed does not name a stream")
	}
}

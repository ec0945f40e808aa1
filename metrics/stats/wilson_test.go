package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestWilsonGolden(t *testing.T) {
	for _, tt := range []struct {
		k, n      int
		low, high float64
	}{
		{3, 5, 0.2307, 0.8824},
		{60, 100, 0.5020, 0.6906},
		{30, 150, 0.1438, 0.2711},
		{0, 10, 0, 0.2775},
		{10, 10, 0.7225, 1},
		{190, 200, 0.9104, 0.9726},
	} {
		got, ok := Wilson(tt.k, tt.n)
		if !ok || math.Abs(got.Low-tt.low) > 5e-5 || math.Abs(got.High-tt.high) > 5e-5 {
			t.Errorf("Wilson(%d, %d) = %v, %v; want %.4f–%.4f", tt.k, tt.n, got, ok, tt.low, tt.high)
		}
	}
}

func TestWilsonRefusesNonsense(t *testing.T) {
	for _, c := range [][2]int{{0, 0}, {1, 0}, {-1, 5}, {6, 5}, {0, -1}} {
		if got, ok := Wilson(c[0], c[1]); ok {
			t.Errorf("Wilson(%d, %d) = %v", c[0], c[1], got)
		}
	}
}

// The interval holds the share, stays in [0, 1], mirrors for failures, and its
// ends solve the score equation |p − share| = z·sqrt(p(1−p)/n).
func TestWilsonProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5000).Draw(t, "n")
		k := rapid.IntRange(0, n).Draw(t, "k")
		i, ok := Wilson(k, n)
		share := float64(k) / float64(n)
		if !ok || i.Low < 0 || i.High > 1 || i.Low > share || i.High < share {
			t.Fatalf("Wilson(%d, %d) = %v", k, n, i)
		}
		mirror, _ := Wilson(n-k, n)
		if math.Abs(mirror.Low-(1-i.High)) > 1e-12 || math.Abs(mirror.High-(1-i.Low)) > 1e-12 {
			t.Fatalf("not symmetric: %v and %v", i, mirror)
		}
		for _, p := range []float64{i.Low, i.High} {
			if want := 1.959964 * math.Sqrt(p*(1-p)/float64(n)); math.Abs(math.Abs(p-share)-want) > 1e-9 {
				t.Fatalf("Wilson(%d, %d): end %v is no root", k, n, p)
			}
		}
	})
}

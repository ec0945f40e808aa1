package stats

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFloatKeyOrdersLikeValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float32Range(-1e6, 1e6).Draw(t, "a"), rapid.Float32Range(-1e6, 1e6).Draw(t, "b")
		if a != b && (a < b) != (floatKey(a) < floatKey(b)) {
			t.Fatalf("%v and %v are ordered wrongly", a, b)
		}
	})
	negativeZero := float32(0)
	negativeZero = -negativeZero
	if floatKey(negativeZero) != floatKey(0) {
		t.Error("−0 and 0 are not equal")
	}
}

// Counting digits puts values in the order that comparing does, up to the
// width of the scale, and every place is taken once.
func TestOrderAgainstComparison(t *testing.T) {
	for _, n := range []int{1, 2, 7, digitsFrom - 1, digitsFrom, 1000} {
		src := NewSource(uint64(n))
		draws := make([][]float32, n)
		for i := range draws {
			draws[i] = make([]float32, blockDraws)
			for s := range draws[i] {
				draws[i][s] = float32(src.Normal())
				if i%3 == 0 {
					draws[i][s] = 1.2
				}
			}
		}
		table, scale := newTable(n), newScale(-6, 6)
		table.order(draws, 0, scale, src)
		for s := range blockDraws {
			got := make([]float32, n)
			taken := make([]bool, n)
			for i := range n {
				place := table.places[i*blockDraws+s]
				if taken[place] {
					t.Fatalf("%d entrants: place %d is taken twice", n, place)
				}
				taken[place], got[place] = true, draws[i][s]
			}
			want := slices.Sorted(slices.Values(got))
			for i := range want {
				if math.Abs(float64(want[i]-got[i])) > 1e-5 || n < digitsFrom && want[i] != got[i] {
					t.Fatalf("%d entrants, place %d: %v, want %v", n, i, got[i], want[i])
				}
			}
		}
	}
}

// Equal values share the places evenly, by either way of ordering.
func TestEqualValuesShareThePlaces(t *testing.T) {
	for _, n := range []int{20, digitsFrom} {
		draws := make([][]float32, n)
		for i := range draws {
			draws[i] = make([]float32, blockDraws)
		}
		table, src := newTable(n), NewSource(9)
		const blocks = 400
		sums := make([]float64, n)
		before := 0 // entrant 0 before entrant 1
		for range blocks {
			table.order(draws, 0, scale{}, src)
			for s := range blockDraws {
				for i := range sums {
					sums[i] += float64(table.places[i*blockDraws+s])
				}
				if table.places[s] < table.places[blockDraws+s] {
					before++
				}
			}
		}
		const total = blocks * blockDraws
		spread := float64(n) / math.Sqrt(12) / math.Sqrt(total)
		for i, sum := range sums {
			if mean := sum / total; math.Abs(mean-float64(n-1)/2) > 5*spread {
				t.Errorf("%d entrants: mean place %v of entrant %d", n, mean, i)
			}
		}
		if math.Abs(float64(before)/total-0.5) > 0.05 {
			t.Errorf("%d entrants: the first is before the second in %d of %d draws", n, before, total)
		}
	}
}

// The scale does not fold values: its ends are the lowest and highest number.
func TestScale(t *testing.T) {
	s := newScale(-3, 9)
	if diff := cmp.Diff([]uint32{0, 1<<22 - 1}, []uint32{s.of(-3), s.of(9)}); diff != "" {
		t.Error(diff)
	}
	if s := newScale(1.2, 1.2); s.of(1.2) != 0 {
		t.Errorf("a single value became %d", s.of(1.2))
	}
}

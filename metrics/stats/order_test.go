package stats

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestRankKeyOrdersLikeValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float32Range(-1e6, 1e6).Draw(t, "a"), rapid.Float32Range(-1e6, 1e6).Draw(t, "b")
		lotA, lotB := rapid.Uint64().Draw(t, "lot a"), rapid.Uint64().Draw(t, "lot b")
		ka, kb := rankKey(a, lotA, 5), rankKey(b, lotB, 200_000)
		if entrantOf(ka) != 5 || entrantOf(kb) != 200_000 {
			t.Fatalf("entrants %d and %d", entrantOf(ka), entrantOf(kb))
		}
		if a != b && (a < b) != (ka < kb) {
			t.Fatalf("%v and %v are ordered wrongly", a, b)
		}
	})
	negativeZero := float32(0)
	negativeZero = -negativeZero
	if rankKey(negativeZero, 7, 1) != rankKey(0, 7, 1) {
		t.Error("−0 and 0 are not equal")
	}
}

// Sorting by digits equals sorting by comparison, equal values included.
func TestDigitsAgainstComparison(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{radixFrom, 1000, 3001} {
		o := newOrder(n)
		for range 20 {
			for i := range o.keys {
				value := float32(rng.NormFloat64())
				if i%3 == 0 {
					value = 1.2
				}
				o.keys[i] = rankKey(value, rng.Uint64(), i)
			}
			want := slices.Sorted(slices.Values(o.keys))
			if diff := cmp.Diff(want, slices.Clone(o.sort())); diff != "" {
				t.Fatalf("%d keys (-want +got):\n%s", n, diff)
			}
		}
	}
}

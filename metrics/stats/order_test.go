package stats

import (
	"fmt"
	"math"
	"slices"
	"testing"

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

// leagueOf is a league of given draws.
func leagueOf(draws [][]float32) *League {
	l := newLeague("draws", len(draws))
	for i, values := range draws {
		l.draws[i] = values
		l.low[i], l.high[i] = bounds(values)
	}
	return l
}

// Counting puts values in the order that comparing does, up to the width of a
// bucket, and every place is taken once: however far a few of them lie off.
func TestOrderAgainstComparison(t *testing.T) {
	for _, n := range []int{1, 2, 7, countFrom - 1, countFrom, 1000} {
		src := NewSource(uint64(n))
		draws := make([][]float32, n)
		for i := range draws {
			draws[i] = make([]float32, cellDraws)
			for s := range draws[i] {
				draws[i][s] = float32(src.Normal())
				if i%3 == 0 {
					draws[i][s] = 1.2
				}
				if i == 1 {
					draws[i][s] = 40
				}
			}
		}
		table := newTable(n, leagueOf(draws).cells())
		table.load(draws, 0, src)
		table.order(draws, 0, 0, src)
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
				// A cell is 44/16,384 wide, a bucket holds half an entrant.
				off := math.Abs(float64(want[i] - got[i]))
				if n < countFrom && off > 0 || off > 0.02 && math.Abs(float64(want[i])) < 1.5 {
					t.Fatalf("%d entrants, place %d: %v, want %v", n, i, got[i], want[i])
				}
			}
		}
	}
}

// Many entrants, counted, have the places that few of them would have by
// comparing: the mean of each is 1 + Σ P(other is better), known for normals.
func TestCountedPlacesAgainstTheory(t *testing.T) {
	const n = countFrom + 100
	entrants := make([]Entrant, n)
	dist := func(i int) Normal { return Normal{float64(i%37) / 5, 0.3 + float64(i%5)/4} }
	for i := range entrants {
		entrants[i] = Entrant{fmt.Sprint(i), dist(i)}
	}
	entrants[0].Dist = Normal{90, 0.1} // and everybody else within an eighth of the spread
	places := NewLeague("theory", true, entrants).Places()
	for i, p := range places {
		want := 1.0
		for j := range entrants {
			if j != i {
				want += entrants[j].Dist.(Normal).Less(entrants[i].Dist.(Normal))
			}
		}
		// The mean of 4,000 places, whose spread is at most n/√12.
		if limit := 5 * n / math.Sqrt(12) / math.Sqrt(DrawCount); math.Abs(p.Mean-want) > limit {
			t.Errorf("entrant %d: mean place %.2f, want %.2f ± %.2f", i, p.Mean, want, limit)
		}
	}
	if p := places[0]; p.Low != n || p.High != n || p.Mean < n-0.01 {
		t.Errorf("the last one by far has the place %+v", p)
	}
}

// Equal values share the places evenly, by either way of ordering.
func TestEqualValuesShareThePlaces(t *testing.T) {
	for _, n := range []int{20, countFrom} {
		draws := make([][]float32, n)
		for i := range draws {
			draws[i] = make([]float32, cellDraws)
		}
		table, src := newTable(n, leagueOf(draws).cells()), NewSource(9)
		const blocks = 400
		sums := make([]float64, n)
		before := 0 // entrant 0 before entrant 1
		for range blocks {
			table.load(draws, 0, src)
			table.order(draws, 0, blockDraws, src)
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

// The buckets keep the order of values and are about equally full, and a
// spread of nothing is one bucket.
func TestCells(t *testing.T) {
	src := NewSource(3)
	draws := make([][]float32, countFrom)
	for i := range draws {
		draws[i] = make([]float32, cellDraws)
		for s := range draws[i] {
			draws[i][s] = float32(math.Exp(src.Normal()))
		}
	}
	l := leagueOf(draws)
	c := l.cells()
	low, _ := bounds(l.low)
	_, high := bounds(l.high)
	if first, last := c.of(low), c.of(high); first != 0 || last != cellCount-1 {
		t.Errorf("cells from %d to %d", first, last)
	}
	if !slices.IsSorted(c.bucket[:]) || int(c.bucket[cellCount-1]) >= c.buckets {
		t.Error("the buckets are not in the order of the cells")
	}
	full := make([]int, c.buckets)
	for _, values := range draws {
		for _, v := range values {
			full[c.bucket[c.of(v)]]++
		}
	}
	if most := slices.Max(full); most > 4*countFrom*cellDraws/c.buckets {
		t.Errorf("a bucket holds %d of %d values", most, countFrom*cellDraws)
	}
	for i := range draws {
		draws[i] = slices.Repeat([]float32{1.2}, cellDraws)
	}
	if c := leagueOf(draws).cells(); c.of(1.2) != 0 {
		t.Errorf("a single value is in cell %d", c.of(1.2))
	}
	if leagueOf(draws[:countFrom-1]).cells() != nil {
		t.Error("a small league is counted")
	}
}

package stats

import (
	"math"
	"slices"
)

// blockDraws is how many draws are put in order at a time: one cache line of
// single-precision values.
const blockDraws = 16

// A table puts the values of all entrants in order, draw by draw, and keeps
// the place each entrant took in the present block of draws.
type table struct {
	places  []uint32 // places[entrant·blockDraws + draw], from 0
	shuffle []int32  // the entrants in a random order, new for every block
	keys    []uint64
	digits  *digits // nil where comparing is faster
}

// digitsFrom is the number of entrants from which on counting digits beats
// comparing.
const digitsFrom = 300

func newTable(entrants int) *table {
	t := &table{
		places:  make([]uint32, entrants*blockDraws),
		shuffle: make([]int32, entrants),
		keys:    make([]uint64, entrants),
	}
	for i := range t.shuffle {
		t.shuffle[i] = int32(i)
	}
	if entrants >= digitsFrom {
		t.digits = &digits{columns: make([]uint32, entrants*blockDraws), spare: make([]uint32, entrants), from: make([]int32, entrants)}
	}
	return t
}

// order fills in the places of the draws from … from+blockDraws−1. Equal
// values are put in a random order: the entrants come shuffled, each draw
// begins somewhere else among them, and the sort is stable.
func (t *table) order(draws [][]float32, from int, scale scale, src *Source) {
	for i := len(t.shuffle) - 1; i > 0; i-- {
		j := src.below(i + 1)
		t.shuffle[i], t.shuffle[j] = t.shuffle[j], t.shuffle[i]
	}
	if t.digits != nil {
		t.digits.order(t, draws, from, scale, src)
		return
	}
	n := len(t.shuffle)
	for d := range blockDraws {
		start := src.below(n)
		for i, entrant := range t.shuffle {
			// Key: the value, then the place in the shuffle.
			t.keys[i] = uint64(floatKey(draws[entrant][from+d]))<<32 | uint64((i+start)%n)
		}
		slices.Sort(t.keys)
		for place, key := range t.keys {
			i := int(uint32(key)) - start
			if i < 0 {
				i += n
			}
			t.places[int(t.shuffle[i])*blockDraws+d] = uint32(place)
		}
	}
}

// floatKey turns a float into an integer of the same order. Adding 0 turns −0
// into 0.
func floatKey(value float32) uint32 {
	bits := math.Float32bits(value + 0)
	if bits>>31 == 1 {
		return ^bits
	}
	return bits | 1<<31
}

const (
	digitBits = 11
	digitMask = 1<<digitBits - 1
)

// scale maps values onto whole numbers of two digits, evenly from the lowest
// to the highest one.
type scale struct{ low, factor float32 }

func newScale(low, high float32) scale {
	s := scale{low: low}
	if high > low {
		s.factor = (1<<(2*digitBits) - 1) / (high - low)
	}
	return s
}

func (s scale) of(value float32) uint32 {
	return min(uint32((value-s.low)*s.factor), 1<<(2*digitBits)-1)
}

// digits orders many entrants by counting. Values less than a four-millionth
// of the whole spread apart count as equal.
type digits struct {
	columns []uint32 // columns[draw·n + i]: the scaled value of the i-th shuffled entrant
	spare   []uint32
	from    []int32
	counts  [2][1 << digitBits]uint32
}

func (g *digits) order(t *table, draws [][]float32, from int, scale scale, src *Source) {
	n := len(t.shuffle)
	for i, entrant := range t.shuffle {
		values := draws[entrant][from : from+blockDraws]
		for d, v := range values {
			g.columns[d*n+i] = scale.of(v)
		}
	}
	for d := range blockDraws {
		g.draw(t, g.columns[d*n:(d+1)*n], d, src.below(n))
	}
}

// draw orders one draw by its lower digit, then by its upper one.
func (g *digits) draw(t *table, column []uint32, d, start int) {
	low, high := &g.counts[0], &g.counts[1]
	clear(low[:])
	clear(high[:])
	for _, v := range column {
		low[v&digitMask]++
		high[v>>digitBits]++
	}
	var nextLow, nextHigh uint32
	for i := range low {
		low[i], nextLow = nextLow, nextLow+low[i]
		high[i], nextHigh = nextHigh, nextHigh+high[i]
	}
	place := func(entrants []int32, column []uint32) {
		for i, v := range column {
			slot := low[v&digitMask]
			low[v&digitMask]++
			g.spare[slot], g.from[slot] = v>>digitBits, entrants[i]
		}
	}
	place(t.shuffle[start:], column[start:])
	place(t.shuffle[:start], column[:start])
	for i, v := range g.spare {
		t.places[int(g.from[i])*blockDraws+d] = high[v]
		high[v]++
	}
}

package stats

import (
	"math"
	"slices"
)

const (
	// blockDraws is how many draws are put in order at a time.
	blockDraws = 16
	// chunkDraws is how many draws are made ready for it at a time: a few cache
	// lines of each entrant, since every one of them lies in a page of its own.
	chunkDraws = 5 * blockDraws
)

// A table puts the values of all entrants in order, draw by draw, and keeps
// the place each entrant took in the present block of draws.
type table struct {
	places  []uint16 // places[entrant·blockDraws + draw], from 0
	shuffle []int32  // the entrants in a random order, new for every chunk
	keys    []uint64 // of one draw, to be sorted
	columns []uint16 // columns[draw·n + i]: the bucket of the i-th shuffled entrant
	next    []uint16 // the next place of a bucket
	cells   *cells   // nil where comparing is faster
}

// countFrom is the number of entrants from which on counting beats comparing.
const countFrom = 300

// newTable makes a table that counts by the cells, or compares where there are
// none.
func newTable(entrants int, cells *cells) *table {
	t := &table{
		places:  make([]uint16, entrants*blockDraws),
		shuffle: make([]int32, entrants),
		cells:   cells,
	}
	for i := range t.shuffle {
		t.shuffle[i] = int32(i)
	}
	if cells == nil {
		t.keys = make([]uint64, entrants)
	} else {
		t.columns = make([]uint16, entrants*chunkDraws)
		t.next = make([]uint16, cells.buckets)
	}
	return t
}

// load makes the draws from … from+chunkDraws−1 ready to be put in order. The
// entrants come shuffled.
func (t *table) load(draws [][]float32, from int, src *Source) {
	for i := len(t.shuffle) - 1; i > 0; i-- {
		j := src.below(i + 1)
		t.shuffle[i], t.shuffle[j] = t.shuffle[j], t.shuffle[i]
	}
	if t.cells != nil {
		t.sortIntoCells(draws, from)
	}
}

// order fills in the places of blockDraws draws, the first of them the given
// one of the chunk that starts at from. Equal values are put in a random order:
// the entrants come shuffled, each draw begins somewhere else among them, and
// the sort is stable.
func (t *table) order(draws [][]float32, from, first int, src *Source) {
	if t.cells != nil {
		t.count(first, src)
		return
	}
	n := len(t.shuffle)
	for d := range blockDraws {
		start := src.below(n)
		for i, entrant := range t.shuffle {
			// Key: the value, then the place in the shuffle.
			t.keys[i] = uint64(floatKey(draws[entrant][from+first+d]))<<32 | uint64((i+start)%n)
		}
		slices.Sort(t.keys)
		for place, key := range t.keys {
			i := int(uint32(key)) - start
			if i < 0 {
				i += n
			}
			t.places[int(t.shuffle[i])*blockDraws+d] = uint16(place)
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

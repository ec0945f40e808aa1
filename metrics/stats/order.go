package stats

import (
	"math"
	"slices"
)

// A rank key packs a drawn value (32 bits), a lot that orders equal values (14
// bits) and the entrant it belongs to (18 bits) into one number, so that a
// draw is put in order by sorting plain integers.
const (
	entrantBits = 18
	lotBits     = 14
	// radixFrom is the number of entrants from which on counting digits beats
	// comparing.
	radixFrom  = 256
	digitBits  = 8
	digits     = 6 // 6 · 8 ≥ 32 + lotBits
	digitCount = 1 << digitBits
)

// rankKey packs a value so that keys order like values.
func rankKey(value float32, lot uint64, entrant int) uint64 {
	// The bits of a positive float order like an integer; those of a negative
	// one in reverse. Adding 0 turns −0 into 0.
	bits := math.Float32bits(value + 0)
	if bits>>31 == 1 {
		bits = ^bits
	} else {
		bits |= 1 << 31
	}
	return uint64(bits)<<(lotBits+entrantBits) | lot>>(64-lotBits)<<entrantBits | uint64(entrant)
}

// entrantOf unpacks the entrant of a key.
func entrantOf(key uint64) int { return int(key & (1<<entrantBits - 1)) }

// order sorts rank keys again and again without allocating.
type order struct {
	keys, spare []uint64
	counts      *[digits][digitCount]uint32
}

func newOrder(n int) *order {
	o := &order{keys: make([]uint64, n)}
	if n >= radixFrom {
		o.spare = make([]uint64, n)
		o.counts = new([digits][digitCount]uint32)
	}
	return o
}

// sort returns the keys in order. The result is good until the next sort.
func (o *order) sort() []uint64 {
	if o.counts == nil {
		slices.Sort(o.keys)
		return o.keys
	}
	clear(o.counts[:])
	for _, key := range o.keys {
		key >>= entrantBits
		for d := range o.counts {
			o.counts[d][key&(digitCount-1)]++
			key >>= digitBits
		}
	}
	from, to := o.keys, o.spare
	for d := range o.counts {
		var next uint32
		for i, c := range o.counts[d] {
			o.counts[d][i] = next
			next += c
		}
		shift := entrantBits + d*digitBits
		for _, key := range from {
			slot := &o.counts[d][key>>shift&(digitCount-1)]
			to[*slot] = key
			*slot++
		}
		from, to = to, from
	}
	return from // an even number of passes ends where it began
}

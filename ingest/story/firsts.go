package story

import "math/rand/v2"

// firsts finds the first rank with a value: an open-addressing table of ranks.
// It holds no values, only their hashes; whether two values are equal is asked
// of the caller where the hashes are.
type firsts struct {
	slots  []int32  // one more than a rank, 0 where free
	hashes []uint64 // by rank
	mask   uint64
	seed   uint64 // nobody can choose values that crowd one place
}

func newFirsts(n int) *firsts {
	size := 16
	for size < 2*n {
		size *= 2
	}
	return &firsts{slots: make([]int32, size), hashes: make([]uint64, n), mask: uint64(size - 1), seed: rand.Uint64()}
}

// of returns the first rank with the value of this one. If that is this one
// itself, it is noted and ok is false.
func (f *firsts) of(rank int, hash uint64, same func(other int) bool) (first int, ok bool) {
	for at := mix(hash^f.seed) & f.mask; ; at = (at + 1) & f.mask {
		switch other := int(f.slots[at]) - 1; {
		case other < 0:
			f.slots[at], f.hashes[rank] = int32(rank)+1, hash
			return rank, false
		case f.hashes[other] == hash && same(other):
			return other, true
		}
	}
}

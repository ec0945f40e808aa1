package ingest

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"math"
	"time"
)

// fact is one row of a fact table before it gets its version: the natural key
// within the region, and the values in the order of its kind's fields.
type fact struct {
	region string
	key    []string
	values []any
	// volatile marks values that do not make a new version by themselves,
	// by their place in values.
	volatile map[int]bool
	// seen is the place of a first-seen instant that, once known, only ever
	// moves back; -1 for kinds without one.
	seen int
}

// keyHash identifies the natural key. SHA-256 rather than a fast hash: keys
// come from outside, and nobody must be able to craft a URL that overwrites
// another one's row.
func (f *fact) keyHash() uint64 {
	h := sha256.New()
	writeText(h, f.region)
	for _, part := range f.key {
		writeText(h, part)
	}
	return sum64(h)
}

// contentHash identifies what the row says.
func (f *fact) contentHash() uint64 {
	h := sha256.New()
	for i, v := range f.values {
		if !f.volatile[i] {
			writeValue(h, v)
		}
	}
	return sum64(h)
}

func sum64(h hash.Hash) uint64 {
	var sum [sha256.Size]byte
	return binary.BigEndian.Uint64(h.Sum(sum[:0]))
}

func writeNumber(h hash.Hash, tag byte, n uint64) {
	var b [9]byte
	b[0] = tag
	binary.BigEndian.PutUint64(b[1:], n)
	h.Write(b[:])
}

// writeText is length-prefixed, so that no two lists of texts collide.
func writeText(h hash.Hash, s string) {
	writeNumber(h, 's', uint64(len(s)))
	h.Write([]byte(s))
}

// writeValue adds a value with its type. A type that is not listed is a
// programming error and shows in the first test that writes it.
func writeValue(h hash.Hash, v any) {
	switch v := v.(type) {
	case string:
		writeText(h, v)
	case []string:
		writeNumber(h, 'l', uint64(len(v)))
		for _, s := range v {
			writeText(h, s)
		}
	case bool:
		n := uint64(0)
		if v {
			n = 1
		}
		writeNumber(h, 'b', n)
	case uint32:
		writeNumber(h, 'u', uint64(v))
	case uint64:
		writeNumber(h, 'u', v)
	case float64:
		writeNumber(h, 'f', math.Float64bits(v))
	case *float64:
		if v == nil {
			writeNumber(h, '0', 0)
			return
		}
		writeNumber(h, 'f', math.Float64bits(*v))
	case time.Time:
		writeNumber(h, 't', uint64(v.UnixMilli()))
	case *time.Time:
		if v == nil {
			writeNumber(h, '0', 0)
			return
		}
		writeNumber(h, 't', uint64(v.UnixMilli()))
	default:
		panic("ingest: no content hash for a value of this type")
	}
}

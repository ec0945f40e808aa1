package ingest

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"sync"
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
	volatile places
	// seen is the place of a first-seen instant that, once known, only ever
	// moves back; -1 for kinds without one.
	seen int
	// gone says that what stands under the key is there no longer: values
	// are not used.
	gone bool

	// hashes are the key and content hash, once sealed.
	hashes [2]uint64
	sealed bool
}

// places is a set of places in a fact's values, of which there are fewer than 64.
type places uint64

func placesOf(list ...int) places {
	var p places
	for _, i := range list {
		p |= 1 << i
	}
	return p
}

func (p places) has(i int) bool { return p>>i&1 == 1 }

// seal computes the hashes, where several processors are at it.
func (f *fact) seal() {
	f.hashes = [2]uint64{f.keyHash(), f.contentHash()}
	f.sealed = true
}

// keyHash identifies the natural key. SHA-256 rather than a fast hash: keys
// come from outside, and nobody must be able to craft a URL that overwrites
// another one's row.
func (f *fact) keyHash() uint64 {
	if f.sealed {
		return f.hashes[0]
	}
	d := newDigest()
	defer d.free()
	d.text(f.region)
	for _, part := range f.key {
		d.text(part)
	}
	return d.sum()
}

// contentHash identifies what the row says.
func (f *fact) contentHash() uint64 {
	if f.sealed {
		return f.hashes[1]
	}
	d := newDigest()
	defer d.free()
	for i, v := range f.values {
		if !f.volatile.has(i) {
			d.value(v)
		}
	}
	return d.sum()
}

// digest collects what is to be hashed and hashes it in one go.
type digest struct{ bytes []byte }

var digests = sync.Pool{New: func() any { return new(digest) }}

func newDigest() *digest {
	d := digests.Get().(*digest)
	d.bytes = d.bytes[:0]
	return d
}

func (d *digest) free() { digests.Put(d) }

func (d *digest) sum() uint64 {
	sum := sha256.Sum256(d.bytes)
	return binary.BigEndian.Uint64(sum[:])
}

func (d *digest) number(tag byte, n uint64) {
	d.bytes = binary.BigEndian.AppendUint64(append(d.bytes, tag), n)
}

// text is length-prefixed, so that no two lists of texts collide.
func (d *digest) text(s string) {
	d.number('s', uint64(len(s)))
	d.bytes = append(d.bytes, s...)
}

// value adds a value with its type. A type that is not listed is a programming
// error and shows in the first test that writes it.
func (d *digest) value(v any) {
	switch v := v.(type) {
	case string:
		d.text(v)
	case []string:
		d.number('l', uint64(len(v)))
		for _, s := range v {
			d.text(s)
		}
	case bool:
		n := uint64(0)
		if v {
			n = 1
		}
		d.number('b', n)
	case uint32:
		d.number('u', uint64(v))
	case uint64:
		d.number('u', v)
	case float64:
		d.number('f', math.Float64bits(v))
	case *float64:
		if v == nil {
			d.number('0', 0)
			return
		}
		d.number('f', math.Float64bits(*v))
	case time.Time:
		d.number('t', uint64(v.UnixMilli()))
	case *time.Time:
		if v == nil {
			d.number('0', 0)
			return
		}
		d.number('t', uint64(v.UnixMilli()))
	default:
		panic("ingest: no content hash for a value of this type")
	}
}

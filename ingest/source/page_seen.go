package source

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"slices"
)

// maxRemembered bounds a seenSet: more articles than any agency's site lists. The
// packed set takes 12 bytes an entry.
const maxRemembered = 20_000

// seenSet remembers what was done: a 64-bit hash of an address or identifier,
// and a 32-bit mark that changes when the thing does (a lastmod in Unix
// seconds, or a fingerprint). It keeps the maxRemembered entries used last.
type seenSet struct {
	entries map[uint64]seenEntry
	// clock numbers the uses, for the order of eviction.
	clock uint32
}

type seenEntry struct{ mark, used uint32 }

func newSeenSet() *seenSet { return &seenSet{entries: make(map[uint64]seenEntry)} }

// clone copies the set: a state that was handed in must not change under its
// owner.
func (s *seenSet) clone() *seenSet {
	c := newSeenSet()
	if s == nil {
		return c
	}
	c.clock = s.clock
	for key, entry := range s.entries {
		c.entries[key] = entry
	}
	return c
}

// get returns the mark of a key, and counts as a use.
func (s *seenSet) get(key uint64) (mark uint32, known bool) {
	entry, known := s.entries[key]
	if known {
		s.put(key, entry.mark)
	}
	return entry.mark, known
}

func (s *seenSet) put(key uint64, mark uint32) {
	s.clock++
	s.entries[key] = seenEntry{mark: mark, used: s.clock}
}

func (s *seenSet) drop(key uint64) { delete(s.entries, key) }

func (s *seenSet) len() int { return len(s.entries) }

// MarshalText packs the maxRemembered entries used last, oldest first.
func (s *seenSet) MarshalText() ([]byte, error) {
	keys := make([]uint64, 0, len(s.entries))
	for key := range s.entries {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(s.entries[a].used, s.entries[b].used), cmp.Compare(a, b))
	})
	if len(keys) > maxRemembered {
		keys = keys[len(keys)-maxRemembered:]
	}
	packed := make([]byte, 0, 12*len(keys))
	for _, key := range keys {
		packed = binary.BigEndian.AppendUint64(packed, key)
		packed = binary.BigEndian.AppendUint32(packed, s.entries[key].mark)
	}
	return []byte(base64.RawStdEncoding.EncodeToString(packed)), nil
}

// UnmarshalText is the inverse of MarshalText.
func (s *seenSet) UnmarshalText(text []byte) error {
	packed, err := base64.RawStdEncoding.DecodeString(string(text))
	if err != nil || len(packed)%12 != 0 || len(packed) > 12*maxRemembered {
		return errors.New("source: packed set is damaged")
	}
	*s = seenSet{entries: make(map[uint64]seenEntry, len(packed)/12)}
	for ; len(packed) > 0; packed = packed[12:] {
		s.put(binary.BigEndian.Uint64(packed), binary.BigEndian.Uint32(packed[8:]))
	}
	return nil
}

// sum64 is a fingerprint of texts, in order.
func sum64(texts ...string) uint64 {
	h := fnv.New64a()
	for _, text := range texts {
		h.Write([]byte(text))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

package story

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
)

const (
	// noBody is the number of words below which a text counts as having no
	// body: a teaser or a caption says too little to compare.
	noBody = 20
	// shingle is how many words in a row are one feature of a text.
	shingle = 3
)

// Fingerprint measures a text for comparison. words is the number of words of
// the body; textHash is a hash of all of them after normalising (lower case,
// punctuation dropped), 0 when there are fewer than 20; simHash is the 64-bit
// simhash of the body's three-word shingles (M. Charikar, "Similarity
// estimation techniques from rounding algorithms", STOC 2002), 0 when there are
// fewer than three words. A body that repeats the title at its start is
// measured without it, because some sites print it there and some do not.
// The values are stable: the same text gives them in every version and on
// every machine.
func Fingerprint(title, body string) (textHash, simHash uint64, words int) {
	w, h := wordLists.Get().(*wordList), wordLists.Get().(*wordList)
	defer wordLists.Put(w)
	defer wordLists.Put(h)
	w.read(body)
	h.read(title)
	from := 0
	if n := len(h.ends); n >= shingle && len(w.ends) >= n+noBody && bytes.HasPrefix(w.text, h.text) {
		from = n
	}
	words = len(w.ends) - from
	if words >= noBody {
		textHash = hashText(w.from(from))
	}
	return textHash, simhash(w.hashes[from:]), words
}

// hashText hashes the words, each with a space behind it; it never returns 0,
// which stands for "no body".
func hashText(words []byte) uint64 {
	sum := sha256.Sum256(words)
	return max(1, binary.BigEndian.Uint64(sum[:]))
}

// simhash adds, for every shingle, +1 or -1 to 64 counters by the bits of the
// shingle's hash; the signs of the counters are the result. Texts that share
// most shingles agree in most bits. words are the hashes of the words.
func simhash(words []uint64) uint64 {
	if len(words) < shingle {
		return 0
	}
	// A bit counts +1 and its absence -1, so the sign tells whether more than
	// half of the shingles have it. Ones are counted eight to a register, a
	// byte each, which is emptied before a byte can overflow.
	var ones [64]int
	var lanes [8]uint64
	total := len(words) - shingle + 1
	for i := range total {
		h := uint64(0)
		for _, w := range words[i : i+shingle] {
			h = mix(h ^ w)
		}
		for lane := range lanes {
			lanes[lane] += spread[byte(h>>(8*lane))]
		}
		if i%255 == 254 {
			drain(&lanes, &ones)
		}
	}
	drain(&lanes, &ones)
	var out uint64
	for bit, n := range ones {
		if 2*n > total {
			out |= 1 << bit
		}
	}
	return max(1, out)
}

// spread gives every bit of a byte a byte of its own.
var spread = func() (table [256]uint64) {
	for v := range table {
		for bit := range 8 {
			table[v] |= uint64(v>>bit&1) << (8 * bit)
		}
	}
	return table
}()

// drain moves the counts of the lanes' bytes into the counters.
func drain(lanes *[8]uint64, ones *[64]int) {
	for lane, counts := range lanes {
		for bit := range 8 {
			ones[8*lane+bit] += int(byte(counts >> (8 * bit)))
		}
	}
	*lanes = [8]uint64{}
}

// mix spreads every bit of the value over all bits (the finalizer of
// SplitMix64: Steele, Lea and Flood, OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

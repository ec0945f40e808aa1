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
	// half of the shingles have it.
	var ones bitCounts
	total := len(words) - shingle + 1
	var eight [8]uint64
	i := 0
	for ; i+len(eight) <= total; i += len(eight) {
		for k := range eight {
			eight[k] = shingleHash(words[i+k : i+k+shingle])
		}
		ones.addEight(&eight)
	}
	for ; i < total; i++ {
		ones.add(shingleHash(words[i:i+shingle]), 0)
	}
	return max(1, ones.above(total/2))
}

func shingleHash(words []uint64) uint64 {
	h := uint64(0)
	for _, w := range words {
		h = mix(h ^ w)
	}
	return h
}

// bitCounts counts, for each of 64 bits, how many words have it. The counters
// lie crosswise: the n-th word holds the n-th binary digit of all of them, so
// that all are counted at once.
type bitCounts [bitDigits]uint64

// bitDigits lets counts grow to 2^32, far above any text's shingles.
const bitDigits = 32

// add counts a word 2^digit times.
func (c *bitCounts) add(word uint64, digit int) {
	for ; word != 0; digit++ {
		c[digit], word = c[digit]^word, c[digit]&word
	}
}

// addEight counts eight words, with adders that make two words of three
// (Harley and Seal; H. Warren, Hacker's Delight, 2nd ed., section 5-1).
func (c *bitCounts) addEight(w *[8]uint64) {
	ones, twosA := adder(c[0], w[0], w[1])
	ones, twosB := adder(ones, w[2], w[3])
	twos, foursA := adder(c[1], twosA, twosB)
	ones, twosA = adder(ones, w[4], w[5])
	ones, twosB = adder(ones, w[6], w[7])
	twos, foursB := adder(twos, twosA, twosB)
	fours, eights := adder(c[2], foursA, foursB)
	c[0], c[1], c[2] = ones, twos, fours
	c.add(eights, 3)
}

// adder adds the bits of three words: sum and carry.
func adder(a, b, d uint64) (sum, carry uint64) {
	half := a ^ b
	return half ^ d, a&b | half&d
}

// above marks the bits that were counted more than n times.
func (c *bitCounts) above(n int) uint64 {
	var more, less uint64
	for digit := bitDigits - 1; digit >= 0; digit-- {
		open := ^(more | less)
		if n>>digit&1 == 1 {
			less |= open &^ c[digit]
		} else {
			more |= open & c[digit]
		}
	}
	return more
}

// mix spreads every bit of the value over all bits (the finalizer of
// SplitMix64: Steele, Lea and Flood, OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

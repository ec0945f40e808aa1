package story

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"unicode"
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
	tokens := tokenize(body)
	if head := tokenize(title); len(head) >= shingle && len(tokens) >= len(head)+noBody && equalWords(tokens[:len(head)], head) {
		tokens = tokens[len(head):]
	}
	if len(tokens) >= noBody {
		textHash = hashText(tokens)
	}
	return textHash, simhash(tokens), len(tokens)
}

func equalWords(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

// hashText hashes the words; it never returns 0, which stands for "no body".
func hashText(words []string) uint64 {
	h := sha256.New()
	for _, w := range words {
		h.Write([]byte(w))
		h.Write([]byte{' '})
	}
	return max(1, binary.BigEndian.Uint64(h.Sum(nil)))
}

// simhash adds, for every shingle, +1 or -1 to 64 counters by the bits of the
// shingle's hash; the signs of the counters are the result. Texts that share
// most shingles agree in most bits.
func simhash(words []string) uint64 {
	if len(words) < shingle {
		return 0
	}
	var counters [64]int
	hashes := make([]uint64, len(words))
	for i, w := range words {
		hashes[i] = hashWord(w)
	}
	for i := 0; i+shingle <= len(hashes); i++ {
		h := uint64(0)
		for _, w := range hashes[i : i+shingle] {
			h = mix(h ^ w)
		}
		for bit := range counters {
			counters[bit] += int(h>>bit&1)*2 - 1
		}
	}
	var out uint64
	for bit, n := range counters {
		if n > 0 {
			out |= 1 << bit
		}
	}
	return max(1, out)
}

// hashWord is FNV-1a, 64 bits.
func hashWord(w string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(w) {
		h ^= uint64(w[i])
		h *= 1099511628211
	}
	return h
}

// mix spreads every bit of the value over all bits (the finalizer of
// SplitMix64: Steele, Lea and Flood, OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// tokenize gives the words of a text, in lower case, without punctuation and
// accents, so that typography makes no difference between two copies.
func tokenize(text string) []string {
	var words []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			words = append(words, b.String())
			b.Reset()
		}
	}
	for _, r := range text {
		if r >= '！' && r <= '～' { // full-width ASCII
			r -= '！' - '!'
		}
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r), r == '\'', r == '’', r == '‘':
			// Part of the word: accents, soft hyphens, Jum'at.
		default:
			flush()
		}
	}
	flush()
	return words
}

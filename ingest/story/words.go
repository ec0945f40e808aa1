package story

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
)

// wordList is the words of a text, in lower case, without punctuation and
// accents, so that typography makes no difference between two copies.
type wordList struct {
	// text is the words one after the other, each with a space behind it;
	// ends are where the words end in it, and hashes what they hash to.
	text   []byte
	ends   []int
	hashes []uint64
}

// wordLists are reused: every article of an import is cut into words.
var wordLists = sync.Pool{New: func() any { return new(wordList) }}

// FNV-1a, 64 bits.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// read cuts a text into words. It takes printable and other ASCII eight
// characters at a time: every text of an import comes through here, and most of
// them whole.
func (w *wordList) read(text string) {
	w.text, w.ends, w.hashes = w.text[:0], w.ends[:0], w.hashes[:0]
	// Folding can lengthen a letter by a byte (Ⱥ to ⱥ), and the last word gets
	// a space: with that much room, eight characters can always be written.
	w.text = slices.Grow(w.text, len(text)+len(text)/2+9)
	begin, hash := 0, uint64(fnvOffset)
	for i := 0; i < len(text); {
		if i+8 <= len(text) {
			if x := binary.LittleEndian.Uint64([]byte(text[i : i+8])); isSimple(x) {
				lower, inWord := fold(x)
				// As many of the eight as belong to the word are written and hashed.
				size := bits.TrailingZeros64(^inWord&high) / 8
				n := len(w.text)
				binary.LittleEndian.PutUint64(w.text[n:n+8], lower)
				w.text = w.text[:n+size]
				hash = hashSome(hash, lower, size)
				if size == 8 {
					i += 8
					continue
				}
				if len(w.text) > begin {
					begin = w.end(hash)
					hash = fnvOffset
				}
				// What parts the words is passed over, as far as it is in sight.
				i += size + bits.TrailingZeros64(inWord>>(8*size)|1<<(64-8*size-1))/8
				continue
			}
		}
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		if r >= '！' && r <= '～' { // full-width ASCII
			r -= '！' - '!'
		}
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			from := len(w.text)
			w.text = utf8.AppendRune(w.text, unicode.ToLower(r))
			for _, c := range w.text[from:] {
				hash = (hash ^ uint64(c)) * fnvPrime
			}
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r), r == '\'', r == '’', r == '‘':
			// Part of the word: accents, soft hyphens, Jum’at.
		case len(w.text) > begin:
			begin = w.end(hash)
			hash = fnvOffset
		}
	}
	if len(w.text) > begin {
		w.end(hash)
	}
}

const (
	lanes = 0x0101010101010101 // one in every byte
	high  = 0x80 * lanes
	low7  = 0x7f * lanes
)

// isSimple says that eight characters are ASCII without an apostrophe, which
// belongs to the word without being a letter (Jum'at).
func isSimple(x uint64) bool {
	other := x ^ lanes*'\''
	return (x|^(other+low7))&high == 0
}

// fold gives eight ASCII characters in lower case, and marks, by the high bit
// of each byte, which of them are letters and digits (H. Warren, Hacker's
// Delight, 2nd ed., section 6-1).
func fold(x uint64) (lower, inWord uint64) {
	between := func(x uint64, from, to uint64) uint64 {
		return (x + lanes*(0x80-from)) &^ (x + lanes*(0x7f-to)) & high
	}
	lower = x | between(x, 'A', 'Z')>>2
	return lower, between(lower, 'a', 'z') | between(lower, '0', '9')
}

// hashSome hashes the first of eight characters, without a branch for how many
// they are: the others are taken as zeros and multiplied by one.
func hashSome(hash, eight uint64, size int) uint64 {
	eight &= 1<<(8*size) - 1
	by := &fnvSteps[size]
	hash = (hash ^ eight&0xff) * by[0]
	hash = (hash ^ eight>>8&0xff) * by[1]
	hash = (hash ^ eight>>16&0xff) * by[2]
	hash = (hash ^ eight>>24&0xff) * by[3]
	hash = (hash ^ eight>>32&0xff) * by[4]
	hash = (hash ^ eight>>40&0xff) * by[5]
	hash = (hash ^ eight>>48&0xff) * by[6]
	return (hash ^ eight>>56) * by[7]
}

// fnvSteps are the factors for so many of eight characters.
var fnvSteps = func() (table [9][8]uint64) {
	for size := range table {
		for i := range table[size] {
			table[size][i] = 1
			if i < size {
				table[size][i] = fnvPrime
			}
		}
	}
	return table
}()

// end ends the word that the text ends with, and returns where the next
// begins.
func (w *wordList) end(hash uint64) int {
	w.hashes = append(w.hashes, hash)
	w.ends = append(w.ends, len(w.text))
	w.text = append(w.text, ' ')
	return len(w.text)
}

// from is the text from the n-th word on.
func (w *wordList) from(n int) []byte {
	if n == 0 {
		return w.text
	}
	return w.text[w.ends[n-1]+1:]
}

// titleKey is a title's words, to compare titles by; ok is false when there
// are too few to say which piece it is.
func titleKey(title string) (key string, ok bool) {
	w := wordLists.Get().(*wordList)
	defer wordLists.Put(w)
	w.read(title)
	if len(w.ends) < titleWords {
		return "", false
	}
	return string(w.text), true
}

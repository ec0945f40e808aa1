package story

import (
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

// wordBytes says what an ASCII character is in a word: its lower case, 0 where
// it parts words, dropped where it belongs to the word without being a letter
// (Jum'at).
var wordBytes = func() (table [utf8.RuneSelf]byte) {
	for c := range table {
		switch r := rune(c); {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			table[c] = byte(unicode.ToLower(r))
		case r == '\'':
			table[c] = dropped
		}
	}
	return table
}()

const dropped = 1

// FNV-1a, 64 bits.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// read cuts a text into words.
func (w *wordList) read(text string) {
	w.text, w.ends, w.hashes = w.text[:0], w.ends[:0], w.hashes[:0]
	// Folding can lengthen a letter by a byte (Ⱥ to ⱥ), and the last word gets
	// a space: with that much room, ASCII is written without asking for more.
	w.text = slices.Grow(w.text, len(text)+len(text)/2+1)
	begin, hash := 0, uint64(fnvOffset)
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			i++
			switch c = wordBytes[c]; {
			case c > dropped:
				w.text = append(w.text, c)
				hash = (hash ^ uint64(c)) * fnvPrime
			case c == 0 && len(w.text) > begin:
				begin = w.end(hash)
				hash = fnvOffset
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
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

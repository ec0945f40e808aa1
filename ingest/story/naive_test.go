package story

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// The fingerprint as its definition says it, word by word and bit by bit.

func naiveFingerprint(title, body string) (textHash, simHash uint64, words int) {
	tokens := naiveWords(body)
	if head := naiveWords(title); len(head) >= shingle && len(tokens) >= len(head)+noBody && equalWords(tokens[:len(head)], head) {
		tokens = tokens[len(head):]
	}
	if len(tokens) >= noBody {
		textHash = naiveHashText(tokens)
	}
	return textHash, naiveSimhash(tokens), len(tokens)
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
func naiveHashText(words []string) uint64 {
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
func naiveSimhash(words []string) uint64 {
	if len(words) < shingle {
		return 0
	}
	var counters [64]int
	hashes := make([]uint64, len(words))
	for i, w := range words {
		hashes[i] = naiveHashWord(w)
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
func naiveHashWord(w string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(w) {
		h ^= uint64(w[i])
		h *= 1099511628211
	}
	return h
}

// tokenize gives the words of a text, in lower case, without punctuation and
// accents, so that typography makes no difference between two copies.
func naiveWords(text string) []string {
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

func checkFingerprint(t interface{ Fatalf(string, ...any) }, title, body string) {
	hash, sim, words := Fingerprint(title, body)
	if h, s, n := naiveFingerprint(title, body); h != hash || s != sim || n != words {
		t.Fatalf("title %q, body %q: %x %x %d, by the definition %x %x %d", title, body, hash, sim, words, h, s, n)
	}
}

func TestFingerprintByDefinition(t *testing.T) {
	word := rapid.SampledFrom([]string{"jum'at", "Jum’at", "KOTA", "é́", "ｄｕａ", "İstanbul", "a", "kata", "12", "--", "\u00ad", "!", "rapat\u200bkerja", "\xff", "日本"})
	rapid.Check(t, func(t *rapid.T) {
		title := strings.Join(rapid.SliceOfN(word, 0, 6).Draw(t, "title"), " ")
		body := strings.Join(rapid.SliceOfN(word, 0, 400).Draw(t, "body"), rapid.SampledFrom([]string{" ", "\n", ", ", ""}).Draw(t, "gap"))
		if rapid.Bool().Draw(t, "repeats the title") {
			body = title + " " + body
		}
		checkFingerprint(t, title, body)
	})
}

func FuzzFingerprint(f *testing.F) {
	f.Add("Judul berita hari ini", "Judul berita hari ini. "+strings.Repeat("Kata lain. ", 30))
	f.Fuzz(func(t *testing.T, title, body string) { checkFingerprint(t, title, body) })
}

// TestIsCanonical: what is taken as canonical at a glance is so at a second
// look, and ordinary addresses are.
func TestIsCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"a", "B", "/", "/", ".", "-", "_", "~", "1", "amp", ".html", "www.", "?", "#", "%7e", ":", "@", "é", " "})
		address := rapid.SampledFrom([]string{"https://", "https://contoh.go.id/", "https://contoh.go.id", "http://x", "", "https://www.", "HTTPS://a"}).Draw(t, "begin") +
			strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "rest"), "")
		if got, err := canonicalURL(address); isCanonical(address) && (err != nil || got != address) {
			t.Errorf("%q is %q (%v)", address, got, err)
		}
	})
	for _, address := range []string{"https://contoh.go.id", "https://contoh.go.id/2026/11/Judul_berita-1.html", "https://a.b/~c"} {
		if !isCanonical(address) {
			t.Errorf("%q is looked at twice", address)
		}
	}
	for _, address := range []string{
		"https://", "https://contoh.go.id/", "https://contoh.go.id/a/amp", "https://contoh.go.id/amp.html", "https://contoh.go.id//a",
		"https://contoh.go.id/a/../b", "https://contoh.go.id./a", "https://Contoh.go.id/a", "https://contoh.go.id:80/a", "https://www.contoh.go.id",
		"https://contoh.go.id/" + strings.Repeat("a", maxURL),
	} {
		if isCanonical(address) {
			t.Errorf("%q passes as it is", address)
		}
	}
}

package story_test

import (
	"math/bits"
	"strings"
	"testing"

	"gaung/ingest/story"

	"pgregory.net/rapid"
)

func TestFingerprint(t *testing.T) {
	body := "Gubernur menegaskan bahwa setiap perangkat daerah wajib mempublikasikan kegiatan mereka secara rutin. Hal itu disampaikan pada hari Jum'at di ruang rapat."
	hash, sim, words := story.Fingerprint("Judul", body)
	if words != 21 || hash == 0 || sim == 0 {
		t.Fatalf("hash %x, simhash %x, %d words; want values and 21 words", hash, sim, words)
	}
	same := []string{
		strings.ToUpper(body),
		strings.ReplaceAll(body, " ", "\n "),
		strings.ReplaceAll(body, "Jum'at", "Jum’at"),
		strings.ReplaceAll(body, ".", " !"),
		"“" + body + "”",
		strings.ReplaceAll(body, "rutin", "ru\u00adtin"),
	}
	for _, s := range same {
		if h, m, _ := story.Fingerprint("Judul", s); h != hash || m != sim {
			t.Errorf("%q: other fingerprint", s)
		}
	}
	if h, _, _ := story.Fingerprint("Judul", body+" Selesai."); h == hash {
		t.Error("a further word does not change the hash")
	}
	// The golden values are in warehouses: they may never change.
	if hash != goldenHash || sim != goldenSim {
		t.Errorf("hash %#x, simhash %#x; want %#x, %#x", hash, sim, uint64(goldenHash), uint64(goldenSim))
	}
}

const (
	goldenHash = 0xa1454610f2318f8d
	goldenSim  = 0x68d1785663b458ea
)

func TestFingerprintShort(t *testing.T) {
	tests := []struct {
		body  string
		words int
		hash  bool
		sim   bool
	}{
		{"", 0, false, false},
		{"dua kata", 2, false, false},
		{"hanya tiga kata", 3, false, true},
		{strings.Repeat("kata ", 19), 19, false, true},
		{strings.Repeat("kata ", 20), 20, true, true},
		{"!!! ...", 0, false, false},
	}
	for _, tt := range tests {
		hash, sim, words := story.Fingerprint("Judul", tt.body)
		if words != tt.words || (hash != 0) != tt.hash || (sim != 0) != tt.sim {
			t.Errorf("%q: hash %x, simhash %x, %d words", tt.body, hash, sim, words)
		}
	}
}

// A copy that prints the title above the text has the same fingerprint.
func TestFingerprintIgnoresRepeatedTitle(t *testing.T) {
	const title = "Bupati Resmikan Gedung Layanan Publik"
	body := strings.Join(text(5, 100), " ")
	h1, s1, w1 := story.Fingerprint(title, body)
	h2, s2, w2 := story.Fingerprint(title, title+"\n"+body)
	if h1 != h2 || s1 != s2 || w1 != w2 {
		t.Errorf("%x %x %d and %x %x %d", h1, s1, w1, h2, s2, w2)
	}
}

// One changed word of a usual article moves few bits; another text moves many.
func TestSimhashDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64Range(1, 1<<40).Draw(t, "seed")
		a, b := text(seed, 300), text(seed+1, 300)
		_, simA, _ := story.Fingerprint("", strings.Join(a, " "))
		_, simB, _ := story.Fingerprint("", strings.Join(b, " "))
		if d := bits.OnesCount64(simA ^ simB); d <= 8 {
			t.Fatalf("different texts differ in %d bits only", d)
		}
		a[rapid.IntRange(0, 299).Draw(t, "word")] = "diganti"
		_, simC, _ := story.Fingerprint("", strings.Join(a, " "))
		if d := bits.OnesCount64(simA ^ simC); d > 12 {
			t.Fatalf("one word of 300 moved %d bits", d)
		}
	})
}

func BenchmarkFingerprint(b *testing.B) {
	body := strings.Join(text(1, 300), " ")
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		story.Fingerprint("Judul berita", body)
	}
}

package byline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawText makes a text of lines that are bylines, prose and what stands around
// them, so that lines repeat from text to text.
func drawText(t *rapid.T) string {
	line := rapid.SampledFrom([]string{
		"Penulis: Rina Sari", "(Penulis: Rina Sari)", "Editor: Budi & Padli", "Oleh Siti Aminah", "Penulis:", "Rina Sari", "Sumber: Dinas Kominfo | Foto: Agus",
		"PANGKALPINANG -- Warga hadir.", "Warga desa bergotong royong membersihkan saluran air di sepanjang jalan utama pada hari Minggu pagi itu bersama.",
		"Baca juga: Harga beras turun", "(***)", "", "  Kegiatan  berlanjut sampai sore. ", "#gotongroyong", "Demikian katanya. (Humas/Rina)", "Rabu, 20 Juli 2022",
	})
	return strings.Join(rapid.SliceOfN(line, 0, 8).Draw(t, "lines"), "\n")
}

// TestMemory: what was read before never changes what a text is read as.
func TestMemory(t *testing.T) {
	remembering := &article{memory: newMemory()}
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		first := &article{memory: newMemory()}
		want, wantBody := first.parse(text)
		got, body := remembering.parse(text)
		if diff := cmp.Diff(want, got); diff != "" || body != wantBody {
			t.Errorf("%q is read differently (-first +later):\n%s\nbody %q, first %q", text, diff, body, wantBody)
		}
	})
	if len(remembering.memory.lines) < 5 || len(remembering.memory.names) < 4 {
		t.Errorf("remembered %d lines and %d names", len(remembering.memory.lines), len(remembering.memory.names))
	}
}

// TestMemoryIsBounded: lines that never repeat do not pile up.
func TestMemoryIsBounded(t *testing.T) {
	m := newMemory()
	for i := range 3 * memoryRoom {
		name := "Rina " + strings.Repeat("a", i%97) + strings.Repeat("b", i/97)
		m.line("Penulis: " + name)
		m.splitNames(name)
	}
	if len(m.lines) > memoryRoom || len(m.names) > memoryRoom {
		t.Errorf("remembers %d lines and %d names", len(m.lines), len(m.names))
	}
	if got := m.splitNames("Rina Sari, Budi"); len(got) != 2 {
		t.Errorf("names after that: %q", got)
	}
}

// TestStretch: a body that stands in the text as it is equals the joined lines.
func TestStretch(t *testing.T) {
	a, whole := &article{memory: newMemory()}, 0
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		a.parse(text)
		var lines []string
		for _, i := range a.open() {
			if line := strings.TrimSpace(a.lines[i]); line != "" {
				lines = append(lines, line)
			}
		}
		body, ok := a.stretch()
		if ok {
			whole++
		}
		if want := strings.Join(lines, "\n"); ok && body != want || a.body() != want {
			t.Errorf("body of %q: %q, its lines are %q", text, body, want)
		}
	})
	if whole == 0 {
		t.Error("no body was a stretch of its text")
	}
}

// TestLineTwice: a line that stands twice in a text keeps both of its places, so
// that names come in the order printed.
func TestLineTwice(t *testing.T) {
	got, _ := Parse(strings.Repeat("Warga desa hadir di balai pertemuan. ", 5) + "\nPenulis: Rina Sari\nPenulis: Budi Santoso\nPenulis: Rina Sari")
	if diff := cmp.Diff([]string{"Rina Sari", "Budi Santoso"}, got.Authors); diff != "" {
		t.Error(diff)
	}
}

package byline_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gaung/ingest/byline"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const prose = "Gubernur menegaskan bahwa setiap perangkat daerah wajib mempublikasikan kegiatan mereka secara rutin kepada masyarakat luas."

func TestRule(t *testing.T) {
	tests := []struct{ text, want string }{
		{prose, ""},
		{prose + "\nPenulis: Rina", "tail-label"},
		{"Oleh: Rina\n" + prose, "head-label"},
		{prose + " Penulis: Rina", "inline-label"},
		{prose + " (Humas/Rina)", "signature"},
		{"MUNTOK – " + prose, "dateline"},
		{"Reporter: Rina\nMUNTOK – " + prose + " (Humas/Rina)\nEditor: Budi", "head-label+tail-label+signature+dateline"},
		{prose + "\n(***)", ""},
	}
	for _, tt := range tests {
		if b, _ := byline.Parse(tt.text); b.Rule != tt.want {
			t.Errorf("%q: rule %q, want %q", tt.text, b.Rule, tt.want)
		}
	}
}

func TestIsUnknownAuthor(t *testing.T) {
	for _, name := range []string{
		"", " ", "admin", "Admin Berita", "ADMIN", "admin2", "humas", "Humas Polres Bangka", "Kominfotik JP", "Diskominfosantik", "MC KAB BOVEN DIGOEL",
		"Media Center Riau", "Tim Redaksi", "Istimewa", "Ist", "Super User", "Dinas Kesehatan", "rina@contoh.go.id", "https://contoh.go.id", "12", "Kecamatan Mentok",
		"Prokopim", "Bagian Umum", "Dok. Pribadi", "contoh.go.id", "Disdikbud", "-",
	} {
		if !byline.IsUnknownAuthor(name) {
			t.Errorf("%q: taken for a person", name)
		}
	}
	for _, name := range []string{
		"Rina", "Wak Hedir", "Dr. H. Budi Santoso, S.Sos, M.AP", "Day", "Huzari", "Padli", "Siti Nurbaya-Hasan", "Netty Herawati",
		"Istiqomah", "Timotius", "Jum'at Setiawan", "Reda Manthovani", "I Gusti Ngurah Rai",
	} {
		if byline.IsUnknownAuthor(name) {
			t.Errorf("%q: not taken for a person", name)
		}
	}
}

func TestSplitNames(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"Rina", []string{"Rina"}},
		{"Rina, Budi & Kusnadi", []string{"Rina", "Budi", "Kusnadi"}},
		{"Rina dan Budi", []string{"Rina", "Budi"}},
		{"Danang Wardana", []string{"Danang Wardana"}},
		{"Dr. H. Budi Santoso, S.Sos, M.AP", []string{"Dr. H. Budi Santoso, S.Sos, M.AP"}},
		{"Budi, SE, Rina, S. Kom., M. Si / Kusnadi", []string{"Budi, SE", "Rina, S. Kom, M. Si", "Kusnadi"}},
		{"Kominfotik JP/Day", []string{"Day"}},
		{"Humas/Rina/Budi", []string{"Rina", "Budi"}},
		{"Humas, Protokol", []string{"Humas", "Protokol"}},
		{"Rina Sari/rs", []string{"Rina Sari"}},
		{"rn/ed", []string{"rn", "ed"}},
		{"Rina (Diskominfo)", []string{"Rina"}},
		{" , / & ", nil},
		{"", nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, byline.SplitNames(tt.in)); diff != "" {
			t.Errorf("SplitNames(%q) (-want +got):\n%s", tt.in, diff)
		}
	}
}

// Whatever stands around it, a paragraph in the middle stays whole.
func TestProseIsKept(t *testing.T) {
	lines := rapid.SampledFrom([]string{
		"Penulis: Rina", "Editor : Padli", "(***)", "Baca Juga: Judul Lain", "Sumber:\nDinas Kominfo", "(Humas/Rina)", "Kamis, 3 Januari 2019", "Bagikan Facebook Twitter", prose,
	})
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SliceOfN(lines, 0, 4).Draw(t, "before")
		after := rapid.SliceOfN(lines, 0, 4).Draw(t, "after")
		text := strings.Join(append(append(before, prose), after...), "\n")
		_, body := byline.Parse(text)
		if got, want := strings.Count(body, prose), strings.Count(text, prose); got != want {
			t.Fatalf("%d of %d paragraphs left in %q", got, want, body)
		}
	})
}

// A credit in the middle of a long text is not read.
func TestMiddleIsNotRead(t *testing.T) {
	labels := rapid.SampledFrom([]string{"Penulis: Rina", "Sumber: Dinas Kesehatan", "Editor: Budi", "Oleh Rina Sari", "(Humas/Rina)"})
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(8, 20).Draw(t, "paragraphs")
		paragraphs := make([]string, n)
		for i := range paragraphs {
			paragraphs[i] = prose
		}
		paragraphs[n/2] = labels.Draw(t, "label")
		b, _ := byline.Parse(strings.Join(paragraphs, "\n"))
		if b.Rule != "" {
			t.Fatalf("read %+v", b)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, c := range corpus(f) {
		f.Add(c.Text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b, body := byline.Parse(text)
		if len(body) > len(text)+3*strings.Count(text, "\xff")+len(text) {
			t.Fatalf("body of %d bytes out of %d", len(body), len(text))
		}
		for _, names := range [][]string{b.Authors, b.Editors, b.Photographers} {
			for _, n := range names {
				if strings.TrimSpace(n) == "" || strings.Contains(n, "\n") {
					t.Fatalf("%q: name %q", text, n)
				}
			}
		}
		if !utf8.ValidString(body) || strings.Contains(body, "\n\n") {
			t.Fatalf("%q: body %q", text, body)
		}
		if b.Rule == "" && (b.Sumber != "" || b.Place != "" || len(b.Authors)+len(b.Editors)+len(b.Photographers) > 0) {
			t.Fatalf("%q: %+v without a rule", text, b)
		}
	})
}

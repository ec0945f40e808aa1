package identity_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"

	"gaung/ingest/identity"

	"pgregory.net/rapid"
)

var given = []string{"Budi", "Rina", "Kusnadi", "Wayan", "Siti", "Yohanes", "Huzari", "Padli", "Ronny", "Aminah"}

// Titles around a name never change whom it means.
func TestTitlesDoNotChangeAName(t *testing.T) {
	front := rapid.SampledFrom([]string{"", "Dr. ", "H. ", "Drs. H. ", "Prof. Dr. Ir. ", "dr. ", "Hj. "})
	back := rapid.SampledFrom([]string{"", ", SE", ", S.Sos, M.AP", ", S. Kom., M. Si", ", SE MM", " S.IP", ", A.Md", ", S.STP., M.Si."})
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(given), 1, 4).Draw(t, "words")
		name := strings.Join(words, " ")
		titled := front.Draw(t, "front") + name + back.Draw(t, "back")
		if got, want := identity.NormalizePerson(titled), strings.ToLower(name); got != want {
			t.Fatalf("%q: %q, want %q", titled, got, want)
		}
	})
}

// The order in which names are given decides nothing.
func TestResolverIgnoresOrderOfNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		names := make([]identity.Name, n)
		for i := range names {
			names[i] = identity.Name{
				Target: fmt.Sprint(rapid.IntRange(0, 4).Draw(t, "target")),
				Text:   rapid.SampledFrom(given).Draw(t, "text"),
				From:   time.Date(rapid.IntRange(2020, 2024).Draw(t, "from"), 1, 1, 0, 0, 0, 0, time.UTC),
			}
		}
		shuffled := append([]identity.Name(nil), names...)
		rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed"))).Shuffle(n, func(i, j int) {
			shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
		})
		a, b := identity.NewPeople(names), identity.NewPeople(shuffled)
		for _, text := range given {
			on := time.Date(2022, 6, 1, 0, 0, 0, 0, time.UTC)
			targetA, okA := a.Resolve(text, on)
			targetB, okB := b.Resolve(text, on)
			if targetA != targetB || okA != okB {
				t.Fatalf("%q: %q %v and %q %v", text, targetA, okA, targetB, okB)
			}
		}
	})
}

func FuzzNormalizePerson(f *testing.F) {
	for _, c := range corpus(f) {
		f.Add(c.Text)
	}
	f.Add("Prof H, Budi")
	f.Fuzz(func(t *testing.T, s string) { checkNormal(t, s, identity.NormalizePerson) })
}

func FuzzNormalizeOPD(f *testing.F) {
	for _, c := range corpus(f) {
		f.Add(c.Text)
	}
	f.Fuzz(func(t *testing.T, s string) { checkNormal(t, s, identity.NormalizeOPD) })
}

// checkNormal: normalising is idempotent, and its result is words of letters,
// marks and digits with one space between them.
func checkNormal(t *testing.T, s string, normalize func(string) string) {
	t.Helper()
	got := normalize(s)
	if again := normalize(got); again != got {
		t.Fatalf("%q: %q, then %q", s, got, again)
	}
	if strings.Join(strings.Fields(got), " ") != got {
		t.Fatalf("%q: stray spaces in %q", s, got)
	}
	for _, r := range got {
		if r != ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			t.Fatalf("%q: %q in %q", s, r, got)
		}
	}
}

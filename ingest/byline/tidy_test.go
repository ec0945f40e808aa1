package byline

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// TestIsTidy compares the quick look with what tidying would change.
func TestIsTidy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringOf(rapid.SampledFrom([]rune("abcdefgh   \tz~\x7f\x1f“”é\u00a0\u200b\ufffd"))).Draw(t, "line")
		if tidied := tidyAll(line); isTidy(line) != (tidied == line) {
			t.Errorf("isTidy(%q) = %v, tidied to %q", line, isTidy(line), tidied)
		}
	})
}

// TestMoreWords compares the quick count with the plain one.
func TestMoreWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringOf(rapid.SampledFrom([]rune("abcdefgh   \tz~\x7f\x1f“é\u00a0\u200b"))).Draw(t, "line")
		n := rapid.IntRange(0, 8).Draw(t, "n")
		if want := len(strings.Fields(line)) > n; moreWords(line, n) != want {
			t.Errorf("moreWords(%q, %d) = %v", line, n, !want)
		}
	})
}

// TestBeginsLabel: the quick look refuses the beginning of no label.
func TestBeginsLabel(t *testing.T) {
	for label := range bareLabels {
		first, _, _ := strings.Cut(label, " ")
		for _, word := range []string{first, strings.ToUpper(first), strings.Replace(first, "k", "\u212a", 1)} {
			if !beginsLabel(word) {
				t.Errorf("%q begins no label", word)
			}
		}
	}
	for _, word := range []string{"Pemerintah", "", "photographers", "Kabupatenkabupaten"} {
		if beginsLabel(word) {
			t.Errorf("%q begins a label", word)
		}
	}
}

// TestPlainWords compares the quick cut with the plain one.
func TestPlainWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("aBcZz .,-'1@é“İ\u00a0"))).Draw(t, "text")
		want := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
		if got := plainWords(text); !slices.Equal(got, want) {
			t.Errorf("plainWords(%q) = %q, want %q", text, got, want)
		}
	})
}

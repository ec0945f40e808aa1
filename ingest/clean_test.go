package ingest

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestIsPlain compares the look at eight characters with one at each.
func TestIsPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("abcdefgh AZ~09\n\t\n\t\x7f\x1f\réé\u200b"))).Draw(t, "text")
		text = strings.Repeat("Warga ", rapid.IntRange(0, 3).Draw(t, "before")) + text
		want := !strings.ContainsFunc(text, func(r rune) bool { return (r < ' ' || r > '~') && r != '\n' && r != '\t' })
		if got := isPlain(text); got != want {
			t.Errorf("isPlain(%q) = %v", text, got)
		}
	})
}

// TestIsLabel: a word that is taken as it is would come out as it is.
func TestIsLabel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("abz019AZ _-é/"))).Draw(t, "text")
		if got := label(" " + text); isLabel(text) && got != text {
			t.Errorf("label(%q) = %q", text, got)
		}
	})
	if !isLabel("website") || isLabel("Web") || isLabel("situs web") {
		t.Error("isLabel tells words from others wrongly")
	}
}

package byline

import (
	"testing"

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

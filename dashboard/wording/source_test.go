package wording

import (
	"testing"
	"time"

	"gaung/metrics"
)

// Every state has its own words, and an unknown one is shown as it is.
func TestSourceState(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range []metrics.SourceState{
		metrics.SourceFailing, metrics.SourceSilent, metrics.SourceEmpty, metrics.SourceWaiting, metrics.SourceOK,
	} {
		words := Indonesian.SourceState(s)
		if words.Label == string(s) || words.Label == "" || words.Plural == "" || seen[words.Label] {
			t.Errorf("%s: %+v", s, words)
		}
		seen[words.Label] = true
	}
	if got := Indonesian.SourceState("lain"); got.Label != "lain" || got.Plural != "sumber lain" {
		t.Errorf("an unknown state: %+v", got)
	}
	if got := Indonesian.MonthAbbreviation(time.August); got != "Agu" {
		t.Errorf("August: %q", got)
	}
}

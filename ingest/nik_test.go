package ingest

import "testing"

func TestHoldsNIK(t *testing.T) {
	for text, want := range map[string]bool{
		"1971010505900001":       true,
		"1971 0105 0590 0001":    true,
		"No. 1971014505900001 a": true, // a woman's
		"1971012902000001":       true,
		"1971013002000001":       false, // 30 February
		"1971010013900001":       false,
		"1971017205900001":       false,
		"2026010505900001":       false, // no province 20
		"197101050590000":        false,
		"19710105059000012":      false,
		"001/PPID/2026":          false,
		"":                       false,
	} {
		if got := holdsNIK(text); got != want {
			t.Errorf("holdsNIK(%q) = %v", text, got)
		}
	}
}

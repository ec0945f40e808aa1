package date

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestISOIsOnlyFaster reads what the short way accepts in the long way too.
func TestISOIsOnlyFaster(t *testing.T) {
	now := time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)
	wit := time.FixedZone("WIT", 9*3600)
	part := func(t *rapid.T, name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		text := fmt.Sprintf("%04d-%02d-%02d", part(t, "year", 1960, 2030), part(t, "month", 0, 13), part(t, "day", 0, 32))
		switch part(t, "form", 0, 3) {
		case 1:
			text += fmt.Sprintf(" %02d:%02d", part(t, "hour", 0, 25), part(t, "minute", 0, 61))
		case 2:
			text += fmt.Sprintf(" %02d:%02d:%02d", part(t, "hour", 0, 25), part(t, "minute", 0, 61), part(t, "second", 0, 61))
		case 3:
			text = string(append([]byte(text)[:part(t, "at", 0, 9)], "x-: 0T"[part(t, "rune", 0, 5)])) + "-01 10:00"
		}
		if _, ok := iso(text); !ok {
			return
		}
		taken++
		short, shortErr := Parse(text, wit, now)
		long, longErr := parseAny(text, wit, now)
		if diff := cmp.Diff(long, short); diff != "" || fmt.Sprint(shortErr) != fmt.Sprint(longErr) {
			t.Fatalf("%q: %v, the long way %v (-long +short):\n%s", text, shortErr, longErr, diff)
		}
	})
	if taken == 0 {
		t.Error("the short way was never taken")
	}
}

func BenchmarkParseISO(b *testing.B) {
	now := time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)
	zone := time.FixedZone("WIB", 7*3600)
	for b.Loop() {
		if _, err := Parse("2026-10-05 08:15:00", zone, now); err != nil {
			b.Fatal(err)
		}
	}
}

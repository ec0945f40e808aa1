package ingest

import (
	"runtime/debug"
	"testing"
)

// TestCollectorIsPutBack: whatever the order in which imports end, the setting
// of the process is as it was.
func TestCollectorIsPutBack(t *testing.T) {
	percent := func() int {
		now := debug.SetGCPercent(100)
		debug.SetGCPercent(now)
		return now
	}
	before := percent()
	t.Cleanup(func() { debug.SetGCPercent(before) })
	for name, tt := range map[string]struct{ set, rows, want int }{
		"a large import":            {100, pauseFrom, easyPercent},
		"a small import":            {100, pauseFrom - 1, 100},
		"switched off":              {-1, pauseFrom, -1},
		"easier than an import's":   {800, pauseFrom, 800},
		"stricter than the default": {50, pauseFrom, 50},
	} {
		t.Run(name, func(t *testing.T) {
			debug.SetGCPercent(tt.set)
			var c collector
			first, second := c.ease(tt.rows), c.ease(tt.rows)
			first()
			first()
			if got := percent(); got != tt.want {
				t.Errorf("%d while an import runs, want %d", got, tt.want)
			}
			second()
			if got := percent(); got != tt.set {
				t.Errorf("%d after all imports, want %d", got, tt.set)
			}
		})
	}
}

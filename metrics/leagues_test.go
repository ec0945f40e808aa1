package metrics

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/metrics/stats"
)

// TestLeaguesAreDrawnOnce: the same evidence is drawn once, any other anew, and
// what is kept says the same as what is drawn.
func TestLeaguesAreDrawnOnce(t *testing.T) {
	kept, drawn := &leagues{}, 0
	rank := func(kept *leagues, seed string, lowerBetter bool, means ...float64) []placed {
		s := &standings{leagues: kept}
		var order []string
		dist := map[string]stats.Distribution{}
		for i, mean := range means {
			code := fmt.Sprint("o", i)
			order, dist[code] = append(order, code), stats.Normal{Mean: mean, SD: 1}
		}
		before := 0
		if kept != nil {
			before = len(kept.kept)
		}
		st := s.draw(seed, lowerBetter, order, dist)
		if kept != nil {
			drawn += len(kept.kept) - before
		}
		return st.places()
	}
	first := rank(kept, "19 2026-10", false, 3, 2, 1)
	if diff := cmp.Diff(rank(nil, "19 2026-10", false, 3, 2, 1), first, cmp.AllowUnexported(placed{})); diff != "" {
		t.Errorf("kept and drawn differ:\n%s", diff)
	}
	again := rank(kept, "19 2026-10", false, 3, 2, 1)
	if diff := cmp.Diff(first, again, cmp.AllowUnexported(placed{})); diff != "" || drawn != 1 {
		t.Errorf("drawn %d times:\n%s", drawn, diff)
	}
	again[0].Low = 99
	if third := rank(kept, "19 2026-10", false, 3, 2, 1); third[0].Low == 99 {
		t.Error("a report changed what is kept")
	}
	rank(kept, "19 2026-11", false, 3, 2, 1)
	rank(kept, "19 2026-10", true, 3, 2, 1)
	rank(kept, "19 2026-10", false, 3, 2, 1.0000001)
	if drawn != 4 {
		t.Errorf("drawn %d leagues, want 4", drawn)
	}
}

// TestLeaguesAreBounded: the league used last stays, the oldest go.
func TestLeaguesAreBounded(t *testing.T) {
	kept := &leagues{}
	key := func(i int) leagueKey { return leagueKey{byte(i), byte(i >> 8)} }
	never := func() *stats.League { t.Error("drawn without being asked"); return nil }
	first := kept.of(key(0), 1000, never)
	for i := range 20 {
		kept.of(key(i+1), 1000, never)
		if kept.of(key(0), 1000, never) != first {
			t.Fatalf("the league in use was forgotten after %d others", i+1)
		}
		if kept.entrants > keptEntrants || len(kept.kept) > keptEntrants/1000 {
			t.Fatalf("%d entrants kept", kept.entrants)
		}
	}
	if kept.of(key(1), 1000, never); kept.entrants > keptEntrants {
		t.Errorf("%d entrants kept", kept.entrants)
	}
	kept.of(key(999), keptEntrants+1, never)
	if kept.entrants > keptEntrants {
		t.Error("a league larger than the room was kept")
	}
}

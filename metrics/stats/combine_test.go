package stats

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPoints(t *testing.T) {
	for _, tt := range []struct{ value, worst, best, want float64 }{
		{0, 0, 1, 0},
		{0.5, 0, 1, 50},
		{1, 0, 1, 100},
		{1.2, 0, 1, 100},
		{-1, 0, 1, 0},
		{30, 30, 0, 0},
		{0, 30, 0, 100},
		{7.5, 30, 0, 75},
		{45, 30, 0, 0},
	} {
		if got := Points(tt.value, tt.worst, tt.best); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("%v on %v–%v: %v points, want %v", tt.value, tt.worst, tt.best, got, tt.want)
		}
	}
}

// A league of mixtures takes the values of its components draw by draw: with
// one component it is that component, and the weights decide.
func TestCombine(t *testing.T) {
	shares := NewLeague("shares", false, []Entrant{{"a", Normal{0.9, 0.01}}, {"b", Normal{0.5, 0.01}}, {"c", Normal{0.1, 0.01}}})
	waits := NewLeague("waits", true, []Entrant{{"b", Normal{3, 0.1}}, {"a", Normal{12, 0.1}}})
	mix := func(share, wait float64) []Place {
		return Combine("index", []Mixture{
			{"a", []Part{{shares, 0, 0, 1, share}, {waits, 1, 30, 0, wait}}}, // 90 and 60 points
			{"b", []Part{{shares, 1, 0, 1, share}, {waits, 0, 30, 0, wait}}}, // 50 and 90 points
			{"c", []Part{{shares, 2, 0, 1, share}}},                          // 10 points, no wait
		}).Places()
	}
	if diff := cmp.Diff([]Place{{1, 1, 1}, {2, 2, 2}, {3, 3, 3}}, mix(0.8, 0.2)); diff != "" {
		t.Errorf("shares weigh more (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Place{{2, 2, 2}, {1, 1, 1}, {3, 3, 3}}, mix(0.2, 0.8)); diff != "" {
		t.Errorf("waits weigh more (-want +got):\n%s", diff)
	}
	alone := Combine("x", []Mixture{{"c", []Part{{shares, 2, 0, 1, 0.4}}}, {"a", []Part{{shares, 0, 0, 1, 0.4}}}})
	if p := alone.Beats(1, 0); p != 1 {
		t.Errorf("P = %v", p)
	}
	for s, v := range alone.draws[alone.at[1]] {
		if want := 100 * -shares.draws[shares.at[0]][s]; math.Abs(float64(-v-min(want, 100))) > 1e-3 {
			t.Fatalf("draw %d is %v, want %v", s, -v, want)
		}
	}
}

func TestStays(t *testing.T) {
	a, b, c, d := Entrant{"a", Normal{1, 0.1}}, Entrant{"b", Normal{2, 0.1}}, Entrant{"c", Normal{3, 0.1}}, Entrant{"d", Normal{3, 0.1}}
	for _, tt := range []struct {
		entrants  []Entrant
		top       int
		low, high float64
	}{
		{[]Entrant{a, b, c, d}, 1, 1, 1},
		{[]Entrant{b, a, c, d}, 2, 1, 1},
		{[]Entrant{b, a, c, d}, 1, 0, 0},
		{[]Entrant{d, b, a, c}, 3, 0.45, 0.55},
		{[]Entrant{c, d, a, b}, 2, 0, 0},
		{[]Entrant{{"a", Gamma{}}, {"b", Gamma{}}}, 1, 0.45, 0.55}, // always equal
	} {
		l := NewLeague("s", true, tt.entrants)
		l.Places()
		if got, ok := l.Stays(tt.top); !ok || got < tt.low || got > tt.high {
			t.Errorf("the first %d of %v stay in %v, %v of the draws", tt.top, tt.entrants, got, ok)
		}
		for _, none := range []int{0, len(tt.entrants), maxLeaders + 1} {
			if got, ok := l.Stays(none); ok {
				t.Errorf("the first %d of %v stay in %v of the draws", none, tt.entrants, got)
			}
		}
	}
	alone := NewLeague("s", true, nil)
	alone.Places()
	if got, ok := alone.Stays(1); ok {
		t.Errorf("nobody stays in %v of the draws", got)
	}
}

// What the tiers are made of: the share of draws, told exactly where it is
// enough and as too little otherwise.
func TestEvidence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := NewLeague("evidence", true, []Entrant{
			{"a", Normal{0, 1}},
			{"b", Normal{rapid.Float64Range(-1, 4).Draw(t, "mean"), rapid.SampledFrom([]float64{0, 1}).Draw(t, "sd")}},
		})
		beats, evidence := l.Beats(0, 1), l.Evidence(0, 1)
		if beats >= TierEvidence && evidence != beats || beats < TierEvidence && evidence >= TierEvidence {
			t.Fatalf("beats in %v, evidence %v", beats, evidence)
		}
	})
}

// The chance of being better than last month: known for normals, by draws for
// anything else.
func TestBetterThanBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Normal{rapid.Float64Range(0, 3).Draw(t, "mean"), rapid.Float64Range(0.1, 2).Draw(t, "sd")}
		b := Normal{rapid.Float64Range(0, 3).Draw(t, "mean"), rapid.Float64Range(0.1, 2).Draw(t, "sd")}
		now := NewLeague("now", true, []Entrant{{"a", a}})
		want := a.Less(b)
		if got := now.Better("before", []Pair{{0, Entrant{"a", b}}})[0]; math.Abs(got-want) > 0.09 {
			t.Fatalf("%v below %v: %v by draws, %v by the formula", a, b, got, want)
		}
		if math.Abs(want+b.Less(a)-1) > 1e-12 {
			t.Fatalf("%v and %v do not add up", want, b.Less(a))
		}
	})
	for _, tt := range []struct{ a, b, want float64 }{{1, 2, 1}, {2, 1, 0}, {1, 1, 0.5}} {
		if got := (Normal{tt.a, 0}).Less(Normal{tt.b, 0}); got != tt.want {
			t.Errorf("%v below %v: %v", tt.a, tt.b, got)
		}
	}
}

func TestWaitingArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawWaiting(t, "a"), drawWaiting(t, "b")
		sum := waiting(a...).Plus(waiting(b...))
		if got, want := sum.Survival(), waiting(append(a, b...)...).Survival(); !cmp.Equal(got, want) {
			t.Fatal(fmt.Sprint("sum ", got, " want ", want))
		}
		if got, want := sum.Minus(waiting(a...)).Survival(), waiting(b...).Survival(); !cmp.Equal(got, want) {
			t.Fatal(fmt.Sprint("difference ", got, " want ", want))
		}
	})
}

package metrics

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"gaung/metrics/stats"
)

// finite fails on anything JSON cannot hold: NaN and infinities.
func finite(t *rapid.T, v any) {
	if _, err := json.Marshal(v); err != nil {
		t.Fatal(err)
	}
}

// scored puts OPD with the given scores into a ranking, best first by code.
func scored(s *snapshot, table string, scores map[string]float64) {
	dist := map[string]stats.Distribution{}
	var order []string
	for code, score := range scores {
		dist[code] = stats.Normal{Mean: score, SD: 0.01}
		order = append(order, code)
	}
	slices.Sort(order)
	s.standings.keep(table, s.standings.draw(s.seed(table), table != tablePublication, order, dist))
}

func TestPublishedWeights(t *testing.T) {
	if indexVersion != 1 || len(indexWeights) != len(componentTables) {
		t.Errorf("version %d, %d components", indexVersion, len(indexWeights))
	}
	head := "version,component,weight,worst,best\n"
	for name, text := range map[string]string{
		"nothing":          "",
		"no rows":          head,
		"header":           "a,b\n1,2\n",
		"not 1 in all":     head + "1,ppid,0.5,30,0\n",
		"two versions":     head + "1,ppid,0.5,30,0\n2,resolve,0.5,30,0\n",
		"unknown":          head + "1,tidak ada,1,30,0\n",
		"twice":            head + "1,ppid,0.5,30,0\n1,ppid,0.5,30,0\n",
		"negative":         head + "1,ppid,-1,30,0\n1,resolve,2,30,0\n",
		"no scale":         head + "1,ppid,1,30,30\n",
		"not a number":     head + "1,ppid,1,x,0\n",
		"not a number too": head + "1,ppid,NaN,30,0\n",
	} {
		if _, _, err := parseWeights(strings.NewReader(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// The example of METHOD.md: a missing component is left out, not zero.
func TestIndexLeavesMissingOut(t *testing.T) {
	s := desk()
	scored(s, tablePublication, map[string]float64{"o00": 0.8, "o01": 0.4, "o02": 0.9})
	scored(s, tablePPID, map[string]float64{"o00": 9, "o01": 21})
	scored(s, tableFirstResponse, map[string]float64{"o00": 3, "o01": 12})
	scored(s, tableResolve, map[string]float64{"o01": 15})
	got := s.index(roll(3, region0))
	if len(got.OPD) != 3 {
		t.Fatalf("%+v", got)
	}
	first := got.OPD[0]
	want := IndexOPD{
		OPD: "o00", Name: "Dinas o00", Score: ref(77.5), Missing: []string{tableResolve},
		Components: []IndexComponent{{tablePublication, 0.8, 80, 0.5}, {tablePPID, 9, 70, 0.25}, {tableFirstResponse, 3, 80, 0.25}},
		RankMean:   ref(1.0), RankLow: ref(1), RankHigh: ref(1), Tier: ref("A"), PTopTier: ref(1.0), WeightRankLow: ref(1), WeightRankHigh: ref(1),
	}
	if diff := cmp.Diff(want, first, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// 0.4·40 + 0.2·30 + 0.2·20 + 0.2·50 = 36, nothing missing.
	if second := got.OPD[1]; math.Abs(*second.Score-36) > 1e-9 || len(second.Missing) != 0 || *second.Tier != "B" {
		t.Errorf("%+v", second)
	}
	if third := got.OPD[2]; third.Score != nil || *third.Tier != stats.TierInsufficient || third.RankLow != nil || len(third.Missing) != 3 {
		t.Errorf("one component alone: %+v", third)
	}
	if got.Sensitivity.Weightings != 81 || *got.Sensitivity.TopThreeSame != 1 || *got.Sensitivity.WidestBand != 0 {
		t.Errorf("sensitivity %+v", got.Sensitivity)
	}
}

// Two OPD that differ only by where they are good change places when the
// weights are turned.
func TestSensitivityFindsWeightsThatDecide(t *testing.T) {
	s := desk()
	// 0.4·60 + 0.2·50 = 34 against 0.4·50 + 0.2·70 = 34, of 0.6: equal.
	scored(s, tablePublication, map[string]float64{"o00": 0.6, "o01": 0.5, "o02": 0.1})
	scored(s, tablePPID, map[string]float64{"o00": 15, "o01": 9, "o02": 29})
	scored(s, tableFirstResponse, nil)
	scored(s, tableResolve, nil)
	got := s.index(roll(3, region0))
	same := *got.Sensitivity.TopThreeSame
	if same < 0.3 || same > 0.8 || *got.Sensitivity.WidestBand != 1 {
		t.Errorf("sensitivity: %v stay, band %d", same, *got.Sensitivity.WidestBand)
	}
	for i, want := range [][2]int{{1, 2}, {1, 2}, {3, 3}} {
		if o := got.OPD[i]; *o.WeightRankLow != want[0] || *o.WeightRankHigh != want[1] {
			t.Errorf("%s between %d and %d", o.OPD, *o.WeightRankLow, *o.WeightRankHigh)
		}
	}
}

func TestWeightings(t *testing.T) {
	variants := weightings(3)
	seen := map[string]bool{}
	for _, v := range variants {
		seen[fmt.Sprint(v)] = true
	}
	if len(variants) != 27 || len(seen) != 27 || !slices.Equal(variants[0], []float64{1, 1, 1}) {
		t.Errorf("%d weightings, %d different, the first %v", len(variants), len(seen), variants[0])
	}
}

// Nothing at all, a single OPD: no NaN, no sensitivity, no survival.
func TestIndexOfHardlyAnything(t *testing.T) {
	for n := range 2 {
		s := desk()
		for _, table := range componentTables {
			scores := map[string]float64{}
			if n == 1 {
				scores["o00"] = 1
			}
			scored(s, table, scores)
		}
		got := s.index(roll(n, region0))
		if len(got.OPD) != n || got.Sensitivity.TopThreeSame != nil {
			t.Errorf("%d OPD: %+v", n, got)
		}
		if p := s.standings.of(tableIndex).topSurvives(); p != nil {
			t.Errorf("%d OPD: the top survives by %v", n, *p)
		}
		if n == 1 && got.OPD[0].Tier != nil {
			t.Errorf("a single OPD is in tier %s", *got.OPD[0].Tier)
		}
	}
}

func TestIndexProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 8).Draw(t, "opds")
		s := desk()
		for _, table := range componentTables {
			scores := map[string]float64{}
			for i := range n {
				if rapid.Bool().Draw(t, "present") {
					scores[fmt.Sprintf("o%02d", i)] = rapid.Float64Range(0, 40).Draw(t, "score")
				}
			}
			scored(s, table, scores)
		}
		got := s.index(roll(n, region0))
		finite(t, got)
		for i, o := range got.OPD {
			if len(o.Components)+len(o.Missing) != len(componentTables) {
				t.Fatalf("%+v", o)
			}
			sum, low, high, index := 0.0, 100.0, 0.0, 0.0
			for _, c := range o.Components {
				sum, index = sum+c.Weight, index+c.Weight*c.Points
				low, high = min(low, c.Points), max(high, c.Points)
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Fatalf("the weights of %s add up to %v", o.OPD, sum)
			}
			if (o.Score == nil) != (len(o.Components) < minComponents) {
				t.Fatalf("%+v", o)
			}
			if o.Score == nil {
				continue
			}
			if *o.Score < low-1e-9 || *o.Score > high+1e-9 || math.Abs(*o.Score-index) > 1e-9 {
				t.Fatalf("index %v of components between %v and %v", *o.Score, low, high)
			}
			if i > 0 && *got.OPD[i-1].Score < *o.Score {
				t.Fatalf("place %d is better than the one above", i+1)
			}
		}
	})
}

package metrics

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gaung/metrics/calendar"
	"gaung/metrics/stats"
	"gaung/warehouse/region"
)

// desk is a snapshot that ranks without reading anything.
func desk() *snapshot {
	return &snapshot{query: Query{Region: region.Region{Code: "19"}, Month: calendar.Month{Year: 2026, Month: 10}}, standings: &standings{}}
}

// roll is the list of n OPD, o00 … in groups by number.
func roll(n int, group func(i int) string) *agencies {
	a := &agencies{byCode: map[string]int{}}
	for i := range n {
		code := fmt.Sprintf("o%02d", i)
		a.byCode[code] = i
		a.list = append(a.list, agency{code: code, name: "Dinas " + code, peerGroup: group(i)})
	}
	return a
}

func region0(int) string { return "" }

// caseTally is a tally of answered waits under a limit of 10, and waiting ones.
func caseTally(answered, waiting []int) *tally {
	t := &tally{}
	for _, d := range answered {
		t.add(stopped, d, 10, 1)
	}
	for _, d := range waiting {
		t.add(open, d, 10, 1)
	}
	return t
}

// OPD that are all alike have places, and no tiers.
func TestAlikeOPDHaveNoTiers(t *testing.T) {
	cases := tallies{}
	for i := range 12 {
		cases[fmt.Sprintf("o%02d", i)] = caseTally([]int{3, 5, 6, 8, 11, 14}, []int{12})
	}
	s := desk()
	rows, funnel := s.rankCases(tablePPID, roll(12, region0), cases)
	for _, r := range rows {
		if r.Tier != nil || r.Score == nil || *r.RankLow > 2 || *r.RankHigh < 11 {
			t.Errorf("%+v", r)
		}
		if r.Funnel.Verdict != stats.Within || math.Abs(*r.OthersRMSTWD-*r.RMSTWD) > 1e-9 {
			t.Errorf("%s: funnel %+v, others %v", r.OPD, r.Funnel, *r.OthersRMSTWD)
		}
	}
	if funnel.Target != 4.0/7 || funnel.Dispersion != 1 || s.standings.of(tablePPID).tiers {
		t.Errorf("funnel %+v", funnel)
	}
	publication := make([]publicationRow, 12)
	for i := range publication {
		publication[i] = publicationRow{PublicationOPD{OPD: fmt.Sprintf("o%02d", i), Name: "Dinas", Status: StatusOK, Stories: 7}, 10}
	}
	for _, r := range s.rankPublication(roll(12, region0), publication) {
		if r.Tier != nil || r.Score == nil || math.Abs(*r.OthersAttainment-0.7) > 1e-12 {
			t.Errorf("%+v", r)
		}
	}
	if got := *s.standings.of(tablePublication).topSurvives(); got > 0.05 {
		t.Errorf("the first three of twelve equals survive in %v of the draws", got)
	}
}

// Members of a group of five are shrunk toward their group; those of a group
// of four toward the region.
func TestPeerGroups(t *testing.T) {
	a := roll(14, func(i int) string {
		switch {
		case i < 5:
			return "kecamatan"
		case i < 9:
			return "bagian" // four: too few
		}
		return ""
	})
	cases := tallies{"": caseTally([]int{1}, nil)}
	for i := range 14 {
		d := 4
		if i < 5 {
			d = 16 + i%2
		}
		cases[fmt.Sprintf("o%02d", i)] = caseTally([]int{d, d + 1, d + 2, d, d + 4, d + 1}, nil)
	}
	rows, _ := desk().rankCases(tablePPID, a, cases)
	p := cases.priors(a)
	if g, r := p.waits["kecamatan"].Mean, p.waits[""].Mean; g < r+5 {
		t.Fatalf("group %v, region %v", g, r)
	}
	for _, r := range rows {
		i := a.byCode[r.OPD]
		toward, others := p.waits[""].Mean, r.OthersRMSTWD
		if i < 5 {
			toward = p.waits["kecamatan"].Mean
		}
		if (r.PeerGroup != nil) != (i < 5) {
			t.Errorf("%s is compared with %v", r.OPD, r.PeerGroup)
		}
		if *r.Score < min(*r.RMSTWD, toward)-1e-9 || *r.Score > max(*r.RMSTWD, toward)+1e-9 {
			t.Errorf("%s: score %v is not between its own %v and %v", r.OPD, *r.Score, *r.RMSTWD, toward)
		}
		var rest []int
		for j := range 14 {
			if j != i && (i >= 5 || j < 5) {
				for day, n := range cases[fmt.Sprintf("o%02d", j)].waits.Events {
					for range n {
						rest = append(rest, day)
					}
				}
			}
		}
		sum := 0
		for _, day := range rest {
			sum += day
		}
		if want := float64(sum) / float64(len(rest)); math.Abs(*others-want) > 1e-9 {
			t.Errorf("%s: the others wait %v, want %v without its own cases", r.OPD, *others, want)
		}
	}
}

// Whatever the cases: the order of the OPD does not matter, no figure is NaN,
// and what is ranked has a score between its own wait and its group's.
func TestRankCasesProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 9).Draw(t, "opds")
		group := rapid.SliceOfN(rapid.SampledFrom([]string{"", "a"}), n, n).Draw(t, "groups")
		cases, turned := tallies{}, tallies{}
		for i := range n {
			c := caseTally(rapid.SliceOfN(rapid.IntRange(0, 45), 0, 9).Draw(t, "answered"), rapid.SliceOfN(rapid.IntRange(0, 45), 0, 4).Draw(t, "waiting"))
			for range rapid.IntRange(0, 2).Draw(t, "excluded") {
				c.add(excluded, rapid.IntRange(0, 20).Draw(t, "left"), 10, 1)
			}
			if c.waits.N() > 0 {
				cases[fmt.Sprintf("o%02d", i)] = c
			}
		}
		a := roll(n, func(i int) string { return group[i] })
		for _, code := range slices.Backward(cases.codes()) {
			turned[code] = cases[code]
		}
		rows, funnel := desk().rankCases(tablePPID, a, cases)
		again, _ := desk().rankCases(tablePPID, a, turned)
		check(t, "the order of the OPD", rows, again)
		finite(t, rows)
		finite(t, funnel)
		p := cases.priors(a)
		for _, r := range rows {
			if r.Score == nil {
				continue
			}
			mean := p.waits[p.comparison[r.OPD]].Mean
			if *r.Score < min(*r.RMSTWD, mean)-1e-9 || *r.Score > max(*r.RMSTWD, mean)+1e-9 {
				t.Fatalf("%s: score %v, own %v, group %v", r.OPD, *r.Score, *r.RMSTWD, mean)
			}
			// Left with one more open case under the same priors, it scores no better.
			later := caseTally(nil, nil)
			later.waits = cases[r.OPD].waits.Plus(stats.Waiting{})
			later.waits.AddCensored(rapid.IntRange(0, 40).Draw(t, "open"), 1)
			if got := p.wait(r.OPD, later).Mean; got < *r.Score-1e-9 {
				t.Fatalf("%s: an open case took the score from %v to %v", r.OPD, *r.Score, got)
			}
		}
	})
}

func TestMoved(t *testing.T) {
	for _, tt := range []struct {
		better float64
		want   string
	}{{0.8, Rose}, {0.79, Steady}, {0.5, Steady}, {0.21, Steady}, {0.2, Fell}, {0, Fell}, {1, Rose}} {
		if m := moved(3, tt.better); *m.Direction != tt.want || *m.PreviousScore != 3 || *m.BetterThanPrevious != tt.better {
			t.Errorf("%v: %+v", tt.better, m)
		}
	}
	// The example of METHOD.md.
	if p := (stats.Normal{Mean: 6, SD: 1}).Less(stats.Normal{Mean: 8, SD: 1.5}); math.Abs(p-0.866) > 0.0005 {
		t.Errorf("P = %v", p)
	}
}

// The example of METHOD.md: ten OPD, six with stories, three quiet, one failed.
func TestPublishedShare(t *testing.T) {
	var rows []PublicationOPD
	for range 6 {
		rows = append(rows, PublicationOPD{Status: StatusOK, Stories: 2})
	}
	for range 3 {
		rows = append(rows, PublicationOPD{Status: StatusQuiet})
	}
	rows = append(rows, PublicationOPD{Status: StatusSourceFailed})
	if got := publishedShare(rows); math.Abs(*got-6.0/9) > 1e-12 {
		t.Errorf("share %v", *got)
	}
	if got := publishedShare([]PublicationOPD{{Status: StatusNoSource}}); got != nil {
		t.Errorf("share of nobody %v", *got)
	}
}

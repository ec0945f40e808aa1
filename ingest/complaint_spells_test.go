package ingest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// on is noon UTC of a day of March 2026, nil for 0.
func on(day int) *time.Time {
	if day == 0 {
		return nil
	}
	t := time.Date(2026, 3, day, 12, 0, 0, 0, time.UTC)
	return &t
}

// version is a complaint submitted on 1 March as a register shows it; OPD in
// small letters are resolved, others are not known.
func version(opd string, assigned, responded, resolved, misrouted int) complaint {
	c := complaint{id: "1", opdRaw: opd, submitted: *on(1), assigned: on(assigned), responded: on(responded), resolved: on(resolved), misrouted: on(misrouted)}
	if opd != "" && opd[0] >= 'a' {
		c.opd = opd
	}
	return c
}

// show writes spells as "opd assigned-left: responded resolved", days of March.
func show(spells []complaintSpell) []string {
	day := func(t *time.Time) int {
		if t == nil {
			return 0
		}
		return t.Day()
	}
	var out []string
	for _, s := range spells {
		out = append(out, fmt.Sprintf("%s %d-%d: %d %d", s.opdRaw, day(s.assigned), day(s.misrouted), day(s.responded), day(s.resolved)))
	}
	return out
}

func TestComplaintSpells(t *testing.T) {
	for _, tt := range []struct {
		name    string
		history []complaint
		want    []string
	}{
		{"one version", []complaint{version("a", 3, 0, 0, 0)}, []string{"a 3-0: 0 0"}},
		{"misrouted and nothing after", []complaint{version("a", 3, 0, 0, 5)}, []string{"a 3-5: 0 0"}},
		{"misrouted before it was assigned, in one row", []complaint{version("a", 6, 0, 0, 5)}, []string{"a 6-5: 0 0"}},
		{"progress", []complaint{version("a", 0, 0, 0, 0), version("a", 3, 0, 0, 0), version("a", 3, 4, 9, 0)}, []string{"a 3-0: 4 9"}},
		{"assigned for the first time", []complaint{version("", 0, 0, 0, 0), version("a", 3, 0, 0, 0)}, []string{"a 3-0: 0 0"}},
		{"handed over", []complaint{version("a", 3, 0, 0, 0), version("b", 8, 0, 0, 0)}, []string{"a 3-8: 0 0", "b 8-0: 0 0"}},
		{"handed over with a day between", []complaint{version("a", 3, 0, 0, 5), version("b", 8, 9, 10, 5)}, []string{"a 3-5: 0 0", "b 8-0: 9 10"}},
		{"the day comes with the next OPD", []complaint{version("a", 3, 0, 0, 0), version("b", 8, 0, 0, 5)}, []string{"a 3-5: 0 0", "b 8-0: 0 0"}},
		{"handed over without a new assignment", []complaint{version("a", 3, 0, 0, 5), version("b", 3, 0, 0, 5)}, []string{"a 3-5: 0 0", "b 5-0: 0 0"}},
		{"the first one's answer stays in the row", []complaint{version("a", 3, 4, 0, 0), version("b", 8, 4, 0, 0), version("b", 8, 4, 12, 0)}, []string{"a 3-8: 4 0", "b 8-0: 0 12"}},
		{"the second one answers", []complaint{version("a", 3, 4, 0, 0), version("b", 8, 11, 0, 0)}, []string{"a 3-8: 4 0", "b 8-0: 11 0"}},
		{"back again", []complaint{version("a", 3, 0, 0, 5), version("b", 6, 0, 0, 8), version("a", 9, 10, 0, 8)}, []string{"a 3-5: 0 0", "b 6-8: 0 0", "a 9-0: 10 0"}},
		{"the same OPD again", []complaint{version("a", 3, 0, 0, 5), version("a", 9, 0, 0, 5)}, []string{"a 3-5: 0 0", "a 9-0: 0 0"}},
		{"a corrected name", []complaint{version("a", 3, 0, 0, 0), version("b", 3, 4, 0, 0)}, []string{"b 3-0: 4 0"}},
		{"a corrected name without days", []complaint{version("a", 0, 0, 0, 0), version("b", 0, 0, 0, 0)}, []string{"b 0-0: 0 0"}},
		{"a proposal before the assignment", []complaint{version("a", 0, 0, 0, 0), version("b", 4, 0, 0, 0)}, []string{"b 4-0: 0 0"}},
		{"a corrected assignment", []complaint{version("a", 3, 0, 0, 0), version("a", 4, 0, 0, 0)}, []string{"a 4-0: 0 0"}},
		{"the second OPD's day corrected", []complaint{version("a", 3, 0, 0, 0), version("b", 8, 0, 0, 0), version("b", 9, 10, 0, 0)}, []string{"a 3-8: 0 0", "b 9-0: 10 0"}},
		{"another spelling nobody knows", []complaint{version("X", 3, 0, 0, 0), version("x", 3, 0, 0, 0)}, []string{"x 3-0: 0 0"}},
		{"between OPD nobody knows", []complaint{version("X", 3, 0, 0, 0), version("Y", 8, 0, 0, 0)}, []string{"X 3-8: 0 0", "Y 8-0: 0 0"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, show(complaintSpells(tt.history))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever the history: the spells follow each other, each ends before the
// next begins, no stop lies before a later spell's start, and the last spell
// is in the newest OPD's hands.
func TestSpellsFollowEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var history []complaint
		for range rapid.IntRange(1, 5).Draw(t, "versions") {
			day := func(label string) int { return max(rapid.IntRange(-8, 25).Draw(t, label), 0) }
			history = append(history, version(rapid.SampledFrom([]string{"", "a", "b", "c", "X"}).Draw(t, "opd"), day("assigned"), day("responded"), day("resolved"), day("misrouted")))
		}
		spells := complaintSpells(history)
		for i, s := range spells {
			last := i == len(spells)-1
			if last != (s.next == nil) {
				t.Fatalf("spell %d of %d: next %v", i, len(spells), s.next)
			}
			if !last && (s.misrouted == nil || s.misrouted.After(*s.next) || !s.next.Equal(*spells[i+1].assigned)) {
				t.Fatalf("spell %d ends %v, the next begins %v, %v", i, s.misrouted, s.next, spells[i+1].assigned)
			}
			if i > 0 {
				for _, stop := range []*time.Time{s.responded, s.resolved, s.misrouted} {
					if stop != nil && stop.Before(*s.assigned) {
						t.Fatalf("spell %d stopped %v before it began %v", i, stop, s.assigned)
					}
				}
			}
		}
		if got := spells[len(spells)-1].opdRaw; got != history[len(history)-1].opdRaw {
			t.Fatalf("the last spell is %q's", got)
		}
	})
}

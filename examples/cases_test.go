package examples

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCounts(t *testing.T) {
	r := generated(t)
	humas := 0
	for _, p := range r.people {
		if p.group == groupHumas {
			humas++
		}
	}
	for _, c := range []struct {
		what           string
		got, low, high int
	}{
		{"offices", len(r.offices), 40, 44},
		{"pranata humas", humas, 30, 30},
		{"articles", len(r.posts), 5000, 7000},
		{"requests", len(r.requests), 550, 700},
		{"objections", len(r.objections), 25, 40},
		{"complaints", len(r.complaints), 1500, 1500},
		{"agenda", len(r.events), 1150, 1300},
		{"drafts", len(r.drafts), 40, 200},
		{"rumours", len(r.rumours), 15, 40},
	} {
		if c.got < c.low || c.got > c.high {
			t.Errorf("%d %s, want %d to %d", c.got, c.what, c.low, c.high)
		}
	}
}

func TestOfficesDifferInActivity(t *testing.T) {
	count := make(map[string]int)
	for _, p := range generated(t).posts {
		if p.origin == nil {
			count[p.site]++
		}
	}
	if busy, quiet := count["diskominfo"], count["kec-batu-kembar"]; busy < 10*quiet || quiet == 0 {
		t.Errorf("the busiest office has %d articles and a quiet one %d", busy, quiet)
	}
}

// inOrder checks that the instants that are set follow each other and lie
// before the end of the data.
func inOrder(t *testing.T, what string, steps ...time.Time) {
	t.Helper()
	var last time.Time
	for _, s := range steps {
		if s.IsZero() {
			continue
		}
		if s.Before(last) {
			t.Errorf("%s: %s after %s", what, last, s)
		}
		if !s.Before(endDay) {
			t.Errorf("%s: %s is not over yet", what, s)
		}
		last = s
	}
}

func TestRequestClocks(t *testing.T) {
	r := generated(t)
	var backwards, refused, withdrawn, open, extended int
	perOffice := make(map[string]int)
	numbers := make(map[string]bool)
	for _, q := range r.requests {
		perOffice[q.office.short]++
		key := q.office.short + q.no
		if numbers[key] {
			t.Errorf("%s has two requests %s", q.office.short, q.no)
		}
		numbers[key] = true
		if q.refusal != "" {
			refused++
		}
		if q.extended {
			extended++
		}
		if !q.withdrawn.IsZero() {
			withdrawn++
		}
		if q.notified.IsZero() && q.withdrawn.IsZero() {
			open++
		}
		if q.backwards() {
			backwards++
			continue
		}
		inOrder(t, key, q.received, q.completed, q.notified, q.delivered)
		inOrder(t, key, q.received, q.completed, q.withdrawn)
	}
	if backwards != 3 {
		t.Errorf("%d notices before their request, want 3 planted", backwards)
	}
	if refused < 20 || withdrawn < 10 || open < 15 || extended < 30 {
		t.Errorf("refused %d, withdrawn %d, open %d, extended %d: some kind of case is missing", refused, withdrawn, open, extended)
	}
	if perOffice["RSUD"] < 5*perOffice["Disdik"] || perOffice["Damkar"] != 1 {
		t.Errorf("RSUD %d, Disdik %d, Damkar %d requests", perOffice["RSUD"], perOffice["Disdik"], perOffice["Damkar"])
	}
}

// Old cases stay open at the named offices alone; elsewhere every case that
// slipped through is found within some months.
func TestOldCasesAreRare(t *testing.T) {
	r := generated(t)
	open, old := 0, map[string]int{}
	for _, k := range r.complaints {
		if !k.misrouted.IsZero() || !k.resolved.IsZero() {
			continue
		}
		if open++; r.calendar.since(k.submitted, endDay) > 90 {
			old[k.office.short]++
		}
	}
	if diff := cmp.Diff(map[string]int{"DPUPR": 4, "Itda": 2}, old); diff != "" {
		t.Errorf("complaints open for more than 90 working days (-want +got):\n%s", diff)
	}
	if open < 30 || open > 90 {
		t.Errorf("%d complaints are open", open)
	}
	waiting := 0
	old = map[string]int{}
	for _, q := range r.requests {
		if !q.notified.IsZero() || !q.withdrawn.IsZero() {
			continue
		}
		if waiting++; r.calendar.since(q.received, endDay) > 40 {
			old[q.office.short]++
		}
	}
	if diff := cmp.Diff(map[string]int{"DPUPR": 1}, old); diff != "" {
		t.Errorf("requests open for more than 40 working days (-want +got):\n%s", diff)
	}
	if waiting < 15 || waiting > 60 {
		t.Errorf("%d requests wait", waiting)
	}
}

func TestTheTinyOfficeAnswersInOctober(t *testing.T) {
	for _, q := range generated(t).requests {
		if q.office.short != "Damkar" {
			continue
		}
		if q.received.In(zone).Format("2006-01") != "2026-10" || q.notified.IsZero() {
			t.Errorf("the only request of Damkar came at %s and was answered at %s", q.received, q.notified)
		}
	}
}

func TestObjectionsFollowTheirRequest(t *testing.T) {
	for _, o := range generated(t).objections {
		inOrder(t, o.no, o.request.received, o.received, o.answered)
		if o.reason == "" || o.answered.IsZero() != (o.decision == "") {
			t.Errorf("%s: reason %q, answered %s, decision %q", o.no, o.reason, o.answered, o.decision)
		}
	}
}

func TestComplaintClocks(t *testing.T) {
	kinds, statuses, misrouted := make(map[string]int), make(map[string]int), 0
	for _, k := range generated(t).complaints {
		inOrder(t, k.id, k.submitted, k.verified, k.assigned, k.responded, k.resolved)
		inOrder(t, k.id, k.assigned, k.misrouted)
		if !k.office.exists(k.submitted) {
			t.Errorf("%s: %s did not exist", k.id, k.office.name)
		}
		if !k.misrouted.IsZero() {
			misrouted++
			if !k.responded.IsZero() {
				t.Errorf("%s was answered by an office that sent it away", k.id)
			}
		}
		kinds[k.kind.name]++
		statuses[k.status]++
	}
	if len(kinds) != 4 || kinds["Pengaduan Berkadar Pengawasan"] < 20 {
		t.Errorf("kinds %v", kinds)
	}
	if len(statuses) != 5 || misrouted < 30 || statuses["Selesai"] < 1000 {
		t.Errorf("statuses %v, %d misrouted", statuses, misrouted)
	}
}

func TestAgendaIsMostlyCovered(t *testing.T) {
	r := generated(t)
	written := make(map[string]bool)
	for _, p := range r.posts {
		written[p.event.office.code+isoDay(p.event.day)+p.event.title] = true
	}
	covered := 0
	for _, e := range r.events {
		if written[e.office.code+isoDay(e.day)+e.title] {
			covered++
		}
	}
	if share := float64(covered) / float64(len(r.events)); share < 0.55 || share > 0.9 {
		t.Errorf("%.2f of the agenda was written about", share)
	}
}

package metrics

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaung/metrics/calendar"
	"gaung/warehouse/warehousetest"
)

// until is the world as it was known at the end of a day: whatever is stamped
// later has not happened. The agenda is a plan and stays.
func (w *world) until(d calendar.Day) *world {
	past := *w
	past.agencies, past.targets, past.people, past.polls, past.runs = nil, nil, nil, nil, nil // not part of a generation
	by := func(day *calendar.Day) *calendar.Day {
		if day != nil && *day > d {
			return nil
		}
		return day
	}
	past.stories = slices.DeleteFunc(slices.Clone(w.stories), func(s worldStory) bool { return s.day > d })
	past.articles = slices.DeleteFunc(slices.Clone(w.articles), func(a worldArticle) bool {
		return a.day != nil && *a.day > d || a.day == nil && a.firstSeen > d
	})
	past.told = slices.DeleteFunc(slices.Clone(w.told), func(e worldTold) bool { return e.day > d })
	past.ppid = slices.DeleteFunc(slices.Clone(w.ppid), func(c worldRequest) bool { return c.received > d })
	for i := range past.ppid {
		c := &past.ppid[i]
		c.refused = c.refused && (c.notified == nil || *c.notified <= d) // the notice says so
		c.completed, c.notified, c.withdrawn = by(c.completed), by(c.notified), by(c.withdrawn)
		c.withdrawnFirst = c.withdrawn != nil && (c.notified == nil || c.withdrawnFirst)
	}
	past.objections = slices.DeleteFunc(slices.Clone(w.objections), func(o worldObjection) bool { return o.received > d })
	for i := range past.objections {
		past.objections[i].answered = by(past.objections[i].answered)
	}
	past.complaints = slices.DeleteFunc(slices.Clone(w.complaints), func(c worldComplaint) bool { return c.submitted > d })
	for i := range past.complaints {
		c := &past.complaints[i]
		c.verified, c.assigned, c.responded, c.resolved, c.misroutedA = by(c.verified), by(c.assigned), by(c.responded), by(c.resolved), by(c.misroutedA)
		c.handed = slices.DeleteFunc(slices.Clone(c.handed), func(s worldSpell) bool { return s.taken > d })
		for j := range c.handed {
			s := &c.handed[j]
			s.responded, s.resolved, s.left = by(s.responded), by(s.resolved), by(s.left)
		}
	}
	local := func(at *time.Time) calendar.Day { return calendar.DayOf(*at, w.region.Zone) }
	past.submissions = slices.DeleteFunc(slices.Clone(w.submissions), func(s worldSubmission) bool { return local(s.submitted) > d })
	for i := range past.submissions {
		if s := &past.submissions[i]; s.decided != nil && local(s.decided) > d {
			s.decided, s.decision = nil, ""
		}
	}
	past.clarifications = slices.DeleteFunc(slices.Clone(w.clarifications), func(c worldClarification) bool { return c.spotted > d })
	for i := range past.clarifications {
		past.clarifications[i].answered = by(past.clarifications[i].answered)
	}
	return &past
}

// Every past day gives the numbers of that day: what happened later changes
// nothing.
func TestReplayEqualsThePast(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	off := map[calendar.Day]bool{}
	for _, h := range storeHolidays(t, conn) {
		off[h.Day] = true
	}
	m := New(conn)
	serial := 0
	rounds(t, 12)
	rapid.Check(t, func(rt *rapid.T) {
		serial++
		w := drawWorld(rt, fmt.Sprint("71.", serial), zone(t, []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}[serial%3]))
		q := Query{Region: w.region, Month: calendar.Month{Year: 2026, Month: time.October}, Now: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)}
		q.AsOf, q.AsOfSet = q.Month.First().Add(rapid.IntRange(0, 60).Draw(rt, "as of")), true
		w.store(t, conn, 1)
		full, err := m.Report(t.Context(), q)
		if err != nil {
			rt.Fatal(err)
		}
		due, err := m.DueList(t.Context(), q)
		if err != nil {
			rt.Fatal(err)
		}
		w.until(q.AsOf).store(t, conn, 2)
		past, err := m.Report(t.Context(), q)
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(past, full); diff != "" {
			rt.Fatalf("as of %s (-known then +known now):\n%s", q.AsOf, diff)
		}
		dueThen, err := m.DueList(t.Context(), q)
		if err != nil {
			rt.Fatal(err)
		}
		n := naive{w: w, off: off, m: q.Month, asOf: q.AsOf}
		compareDueList(rt, n, due)
		compareDueList(rt, n, dueThen)
	})
}

// rounds says how many regions a test invents that writes each of them to the
// engine; -rapid.checks on the command line outranks it.
func rounds(t *testing.T, n int) {
	t.Helper()
	if slices.ContainsFunc(os.Args, func(arg string) bool { return strings.Contains(arg, "rapid.checks") }) {
		return
	}
	before := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set("rapid.checks", before); err != nil {
			t.Fatal(err)
		}
	})
}

// compareDueList finds the open cases again, one by one and day by day.
func compareDueList(t *rapid.T, n naive, got *DueList) {
	want := map[string]int{}
	add := func(rule, opd string, start calendar.Day, limit int) {
		due, used := start, 0
		for used < limit {
			due++
			if n.wd(due-1, due) == 1 {
				used++
			}
		}
		switch {
		case n.wd(start, n.asOf) > limit:
			want[fmt.Sprintln("overdue", rule, opd, start, due)]++
		case due <= n.asOf+7:
			want[fmt.Sprintln("soon", rule, opd, start, due)]++
		}
	}
	for _, c := range n.w.ppid {
		if c.received > n.asOf || n.by(c.notified) || n.by(c.withdrawn) {
			continue
		}
		start, limit := c.received, 10
		if n.by(c.completed) {
			start = *c.completed
		}
		if c.extended {
			limit = 17
		}
		add("ppid", c.opd, start, limit)
	}
	for _, o := range n.w.objections {
		if o.received <= n.asOf && !n.by(o.answered) {
			add("objection", "", o.received, 30)
		}
	}
	limits := map[string]int{"information": 5, "aspiration": 5, "complaint": 14, "supervision": 60}
	for _, c := range n.w.complaints {
		if c.submitted > n.asOf {
			continue
		}
		if !n.by(c.verified) && !n.by(c.assigned) {
			add("complaint-verify", c.opd, c.submitted, 3)
		}
		for _, s := range n.spells(c) {
			if n.by(s.misroutedA) {
				continue
			}
			if !n.by(s.responded) {
				add("complaint-first-response", s.opd, n.complaintStart(s), 5)
			}
			if !n.by(s.resolved) {
				add("complaint-resolve", s.opd, n.complaintStart(s), limits[c.kind])
			}
		}
	}
	found := map[string]int{}
	for list, rows := range map[string][]DueCase{"overdue": got.Overdue, "soon": got.Soon} {
		for i, r := range rows {
			found[fmt.Sprintln(list, r.Rule, r.OPD, r.From, r.Due)]++
			if i > 0 && rows[i-1].Due > r.Due {
				t.Fatalf("%s%s stands after %s", list, r.Due, rows[i-1].Due)
			}
		}
	}
	check(t, "due list", want, found)
	check(t, "unknown", 0, len(got.Unknown))
}

package metrics

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaung/metrics/calendar"
	"gaung/warehouse/warehousetest"
)

// counted adds up rows the way a reader with a spreadsheet would.
type counted struct {
	kinds           map[DetailKind]int
	byOPD           map[DetailKind]map[string]CaseCounts
	stories         map[string]int
	received        int
	refused         int
	extended        int
	byType          map[string]int
	own, up, solved int
	verify          CaseCounts
	covered         int
}

func (c CaseCounts) with(s DetailState) CaseCounts {
	switch s {
	case DetailOnTime:
		c.OnTime++
	case DetailLate:
		c.Late++
	case DetailPending:
		c.Pending++
	case DetailExcluded:
		c.Excluded++
	}
	return c
}

func count(ctx context.Context, t rapid.TB, m *Metrics, q Query) counted {
	c := counted{kinds: map[DetailKind]int{}, byOPD: map[DetailKind]map[string]CaseCounts{}, stories: map[string]int{}, byType: map[string]int{}}
	month := q.Month.String()
	err := m.Details(ctx, q, func(d Detail) error {
		c.kinds[d.Kind]++
		if c.byOPD[d.Kind] == nil {
			c.byOPD[d.Kind] = map[string]CaseCounts{}
		}
		c.byOPD[d.Kind][d.OPD] = c.byOPD[d.Kind][d.OPD].with(d.State)
		switch d.Kind {
		case DetailStory:
			c.stories[d.OPD]++
		case DetailRequest:
			if d.Received.String()[:7] == month {
				c.received++
			}
			if d.State == "" {
				return nil
			}
			if d.Refused {
				c.refused++
			}
			if d.Extended {
				c.extended++
			}
		case DetailComplaint:
			c.byType[d.Type]++
			c.verify = c.verify.with(d.State)
			if d.Progress != ProgressMisrouted {
				c.own++
			}
			if d.Progress == ProgressFollowedUp || d.Progress == ProgressResolved {
				c.up++
			}
			if d.Progress == ProgressResolved {
				c.solved++
			}
		case DetailEvent:
			if d.State == DetailCovered {
				c.covered++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("details: %v", err)
	}
	return c
}

// sum adds up the states of a kind, of every OPD.
func (c counted) sum(kind DetailKind) CaseCounts {
	var all CaseCounts
	for _, n := range c.byOPD[kind] {
		all.OnTime, all.Late, all.Pending, all.Excluded = all.OnTime+n.OnTime, all.Late+n.Late, all.Pending+n.Pending, all.Excluded+n.Excluded
	}
	return all
}

// The rows behind a figure are as many as the figure says, whatever the data.
func TestDetailsAreTheFigures(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	ctx, m := t.Context(), New(conn)
	doubted, worked := map[DoubtKind]int{}, 0
	check := func(t rapid.TB, w *world, q Query) {
		r, err := m.Report(ctx, q)
		if err != nil {
			t.Fatalf("report: %v", err)
		}
		c := count(ctx, t, m, q)
		same := func(what string, report, rows any) {
			if diff := cmp.Diff(report, rows); diff != "" {
				t.Errorf("%s: -report +rows\n%s", what, diff)
			}
		}
		same("stories", r.Publication.Stories, c.kinds[DetailStory])
		same("articles", r.Publication.Articles, c.kinds[DetailArticle])
		same("received", r.PPID.Received, c.received)
		same("ppid", r.PPID.CaseCounts, c.sum(DetailRequest))
		same("refused", r.PPID.Refused, c.refused)
		same("extended", r.PPID.Extended, c.extended)
		same("objections", r.PPID.Objections, c.kinds[DetailObjection])
		same("verify", r.Complaints.Verify, VerifyCounts{N: c.kinds[DetailComplaint], OnTime: c.verify.OnTime, Late: c.verify.Late, Pending: c.verify.Pending})
		same("events", r.Agenda.Events, c.kinds[DetailEvent])
		if r.Agenda.Covered != nil {
			same("covered", *r.Agenda.Covered, c.covered)
		}
		for kind, submitted := range r.Complaints.ByKind {
			same(kind, submitted, c.byType[kind])
		}
		if r.Complaints.FollowedUpShare != nil {
			same("followed up", *r.Complaints.FollowedUpShare, float64(c.up)/float64(c.own))
			same("resolved", *r.Complaints.ResolvedShare, float64(c.solved)/float64(c.own))
		}
		for _, o := range r.Publication.OPD {
			same("stories of "+o.OPD, o.Stories, c.stories[o.OPD])
		}
		for kind, rows := range map[DetailKind][]CaseOPD{
			DetailRequest: r.PPID.OPD, DetailFirstResponse: r.Complaints.FirstResponse.OPD, DetailResolve: r.Complaints.Resolve.OPD,
		} {
			for _, row := range rows {
				same(string(kind)+" of "+row.OPD, row.CaseCounts, c.byOPD[kind][row.OPD])
			}
		}
		for kind, figure := range map[DoubtKind]int{
			DoubtUnmatchedOPD: r.DataQuality.UnmatchedOPD, DoubtUnmatchedPeople: r.DataQuality.UnmatchedPeople,
			DoubtUndated: r.DataQuality.UndatedArticles, DoubtInconsistent: r.DataQuality.InconsistentDates,
		} {
			rows := 0
			if err := m.DataDoubts(ctx, q, kind, func(Doubt) error { rows++; return nil }); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			doubted[kind] += rows
			same(string(kind), figure, rows)
		}
		for _, p := range r.People[:min(len(r.People), 2)] {
			rows := countPerson(ctx, t, m, q, p)
			same("figures of "+p.PersonID, p, rows)
			worked += rows.AsAuthor + rows.PPIDHandled + rows.ComplaintsHandled
		}
	}
	w := scenario(t)
	w.store(t, conn, 1)
	check(t, w, october(t, w))
	for i := range 12 {
		reg := "70." + strconv.Itoa(i)
		w := rapid.Custom(func(rt *rapid.T) *world { return drawWorld(rt, reg, zone(t, "Asia/Makassar")) }).Example(i)
		w.store(t, conn, 1)
		q := october(t, w)
		if i%2 == 1 {
			q.AsOf, q.AsOfSet = q.Month.First().Add(2*i), true
		}
		check(t, w, q)
	}
	if len(doubted) != 4 || worked == 0 {
		t.Errorf("the worlds have no rows of some kind: %v, %d of people", doubted, worked)
	}
}

// countPerson is a person with the figures counted from the rows.
func countPerson(ctx context.Context, t rapid.TB, m *Metrics, q Query, p PersonWorks) PersonWorks {
	p.AsAuthor, p.AsEditor, p.AsPhotographer, p.ActiveDays, p.PPIDHandled, p.ComplaintsHandled = 0, 0, 0, 0, 0, 0
	p.PPIDOnTime, p.ComplaintsOnTime = HandledOnTime{}, HandledOnTime{}
	days, events, works := map[calendar.Day]bool{}, 0, 0
	handled := func(n *int, h *HandledOnTime, s DetailState) {
		*n++
		if s == DetailOnTime || s == DetailLate {
			h.Judged++
		}
		if s == DetailOnTime {
			h.OnTime++
		}
	}
	err := m.PersonDetails(ctx, q, p.PersonID, func(d Detail) error {
		switch d.Kind {
		case DetailStory:
			days[d.Day] = true
			for role, n := range map[string]*int{"author": &p.AsAuthor, "editor": &p.AsEditor, "photographer": &p.AsPhotographer} {
				if slices.Contains(d.Roles, role) {
					*n++
				}
			}
		case DetailRequest:
			handled(&p.PPIDHandled, &p.PPIDOnTime, d.State)
		case DetailFirstResponse:
			handled(&p.ComplaintsHandled, &p.ComplaintsOnTime, d.State)
		case DetailEvent:
			events++
		}
		return nil
	})
	if err != nil {
		t.Fatalf("rows of %s: %v", p.PersonID, err)
	}
	p.ActiveDays = len(days)
	if p.AgendaCovered != nil {
		p.AgendaCovered = &events
	}
	year := q
	year.AsOf, _ = q.asOf()
	year.AsOfSet = true
	err = m.PersonDetails(ctx, year.In(ExposurePeriod(year.AsOf)), p.PersonID, func(Detail) error { works++; return nil }, DetailStory)
	if err != nil {
		t.Fatalf("works of %s: %v", p.PersonID, err)
	}
	p.Exposure.Works = works
	return p
}

// A row says what happened to the case, and an error of the reader ends the
// reading.
func TestDetailRow(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.store(t, conn, 1)
	var late []Detail
	if err := New(conn).Details(t.Context(), october(t, w), func(d Detail) error {
		if d.Kind == DetailRequest && d.OPD == "dinkes" && d.State == DetailLate {
			late = append(late, d)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := []Detail{{
		Kind: DetailRequest, OPD: "dinkes", Name: "Dinas Kesehatan", Received: ref(mustDay(t, "2026-10-01")), Day: mustDay(t, "2026-10-01"),
		Ended: ref(mustDay(t, "2026-10-16")), WaitWD: ref(11), LimitWD: ref(10), State: DetailLate,
	}}
	if diff := cmp.Diff(want, late); diff != "" {
		t.Error(diff)
	}
	stop := errors.New("penuh")
	seen := 0
	err := New(conn).Details(t.Context(), october(t, w), func(Detail) error {
		seen++
		return stop
	})
	if !errors.Is(err, stop) || seen != 1 {
		t.Errorf("%d rows, %v", seen, err)
	}
	q := october(t, w)
	q.Now = time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	var user *UserError
	if err := New(conn).Details(t.Context(), q, func(Detail) error { return nil }); !errors.As(err, &user) || user.Kind != FutureMonth {
		t.Errorf("a month that has not begun: %v", err)
	}
}

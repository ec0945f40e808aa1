package metrics

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

var approx = cmpopts.EquateApprox(0, 1e-9)

// drawWorld invents a region around October 2026.
func drawWorld(t *rapid.T, code string, zone *time.Location) *world {
	w := &world{region: region.Region{Code: code, Name: "Kabupaten Uji", Zone: zone}}
	month := calendar.Month{Year: 2026, Month: time.October}
	day := func(label string, from, days int) calendar.Day {
		return month.First().Add(rapid.IntRange(from, from+days).Draw(t, label))
	}
	maybe := func(label string, d calendar.Day, from, days int) *calendar.Day {
		if rapid.IntRange(0, 2).Draw(t, label+"?") == 0 {
			return nil
		}
		return ref(d.Add(rapid.IntRange(from, from+days).Draw(t, label)))
	}
	opds := rapid.IntRange(1, 6).Draw(t, "opds")
	anyOPD := rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 9).Draw(t, "unknown") == 0 {
			return ""
		}
		return fmt.Sprint("o", rapid.IntRange(0, opds-1).Draw(t, "opd"))
	})
	for i := range opds {
		o := agency{code: fmt.Sprint("o", i), name: fmt.Sprint("Dinas ", opds-i), shortName: fmt.Sprint("D", i), hasSource: true}
		if rapid.Bool().Draw(t, "own target") {
			o.target = ref(float64(rapid.IntRange(1, 5).Draw(t, "target")))
		}
		w.agencies = append(w.agencies, o)
	}
	for range rapid.IntRange(0, 4).Draw(t, "targets") {
		g := worldTarget{fmt.Sprint("o", rapid.IntRange(0, opds-1).Draw(t, "opd")), day("from", -40, 80), float64(rapid.IntRange(1, 4).Draw(t, "n"))}
		if !slices.ContainsFunc(w.targets, func(o worldTarget) bool { return o.opd == g.opd && o.from == g.from }) {
			w.targets = append(w.targets, g)
		}
	}
	for range rapid.IntRange(0, 60).Draw(t, "stories") {
		s := worldStory{opd: anyOPD.Draw(t, "opd"), day: day("day", -50, 110)}
		w.stories = append(w.stories, s)
		for range rapid.IntRange(1, 2).Draw(t, "articles") {
			w.articles = append(w.articles, worldArticle{opd: s.opd, unmatched: s.opd == "", day: ref(s.day.Add(rapid.IntRange(0, 3).Draw(t, "later"))), firstSeen: s.day.Add(1)})
		}
	}
	for range rapid.IntRange(0, 40).Draw(t, "requests") {
		c := worldRequest{opd: anyOPD.Draw(t, "opd"), received: day("received", -20, 60)}
		c.completed = maybe("completed", c.received, -1, 6)
		c.notified = maybe("notified", c.received, -2, 50)
		if rapid.IntRange(0, 5).Draw(t, "gives up") == 0 {
			c.withdrawn = maybe("withdrawn", c.received, 0, 20)
			c.withdrawnFirst = c.withdrawn != nil && (c.notified == nil || *c.withdrawn < *c.notified)
		}
		c.extended, c.refused = rapid.Bool().Draw(t, "extended"), rapid.Bool().Draw(t, "refused")
		w.ppid = append(w.ppid, c)
	}
	for range rapid.IntRange(0, 4).Draw(t, "objections") {
		o := worldObjection{received: day("received", -10, 50)}
		o.answered = maybe("answered", o.received, -3, 30)
		w.objections = append(w.objections, o)
	}
	kinds := []string{"information", "aspiration", "complaint", "supervision"}
	for range rapid.IntRange(0, 40).Draw(t, "complaints") {
		c := worldComplaint{opd: anyOPD.Draw(t, "opd"), kind: rapid.SampledFrom(kinds).Draw(t, "kind"), submitted: day("submitted", -20, 60)}
		c.verified = maybe("verified", c.submitted, -1, 6)
		c.assigned = maybe("assigned", c.submitted, -1, 9)
		c.responded = maybe("responded", c.submitted, -2, 30)
		c.resolved = maybe("resolved", c.submitted, -2, 90)
		if rapid.IntRange(0, 5).Draw(t, "elsewhere") == 0 {
			c.misroutedA = maybe("misrouted", c.submitted, 0, 30)
		}
		w.complaints = append(w.complaints, c)
	}
	drawCases(t, w, month.First(), anyOPD)
	return w
}

// The report of random regions against the naive measure.
func TestReportAgainstNaive(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	off := map[calendar.Day]bool{}
	for _, h := range storeHolidays(t, conn) {
		off[h.Day] = true
	}
	m := New(conn)
	zones := []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}
	serial := 0
	rounds(t, 25)
	rapid.Check(t, func(rt *rapid.T) {
		worlds := make([]*world, 5)
		for i := range worlds {
			serial++
			worlds[i] = drawWorld(rt, fmt.Sprint("70.", serial), zone(t, zones[serial%3]))
		}
		storeAll(t, conn, 1, worlds...)
		for i, w := range worlds {
			q := Query{Region: w.region, Month: calendar.Month{Year: 2026, Month: time.October}, Now: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)}
			q.AsOf, q.AsOfSet = q.Month.First().Add(rapid.IntRange(0, 90).Draw(rt, "as of")), true
			r, err := m.Report(t.Context(), q)
			if err != nil {
				rt.Fatal(err)
			}
			if _, err := json.Marshal(r); err != nil { // NaN and infinities cannot be written
				rt.Fatal(err)
			}
			compare(rt, naive{w: w, off: off, m: q.Month, asOf: q.AsOf}, r)
			if i == 0 {
				reorder(rt, t, conn, m, w, q, r)
			}
		}
	})
}

// reorder stores the same world backwards as a later generation: nothing may
// change.
func reorder(rt *rapid.T, t *testing.T, conn driver.Conn, m *Metrics, w *world, q Query, want *Report) {
	turned := *w
	turned.agencies = nil // the OPD list is not part of the generation
	turned.targets = nil
	turned.stories, turned.articles = slices.Clone(w.stories), slices.Clone(w.articles)
	turned.ppid, turned.complaints = slices.Clone(w.ppid), slices.Clone(w.complaints)
	slices.Reverse(turned.stories)
	slices.Reverse(turned.articles)
	slices.Reverse(turned.ppid)
	slices.Reverse(turned.complaints)
	turned.store(t, conn, 2)
	got, err := m.Report(t.Context(), q)
	if err != nil {
		rt.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		rt.Fatalf("the order of the rows matters (-first +reversed):\n%s", diff)
	}
}

func compare(t *rapid.T, n naive, r *Report) {
	received, refused, extended := 0, 0, 0
	for _, c := range n.w.ppid {
		if n.inMonth(c.received) {
			received++
		}
		start := c.received
		if n.by(c.completed) {
			start = *c.completed
		}
		if c.received > n.asOf || !n.inMonth(start) {
			continue
		}
		if c.extended {
			extended++
		}
		if c.refused && (c.notified == nil || *c.notified <= n.asOf) {
			refused++
		}
	}
	all := n.row(n.ppid())
	objections := 0
	for _, o := range n.w.objections {
		if n.inMonth(o.received) {
			objections++
		}
	}
	check(t, "PPID", []int{received, all.OnTime, all.Late, all.Pending, all.Excluded, extended, refused, objections},
		[]int{r.PPID.Received, r.PPID.OnTime, r.PPID.Late, r.PPID.Pending, r.PPID.Excluded, r.PPID.Extended, r.PPID.Refused, r.PPID.Objections})
	compareCases(t, "PPID", n, n.ppid(), r.PPID.OPD)
	compareCases(t, "first response", n, n.complaints(false), r.Complaints.FirstResponse.OPD)
	compareCases(t, "resolve", n, n.complaints(true), r.Complaints.Resolve.OPD)
	check(t, "verify", n.verify(), r.Complaints.Verify)
	followedUp, resolved, own := n.shares()
	check(t, "complaints both shares are of", own, r.Complaints.SharesN)
	check(t, "shares", []*float64{followedUp, resolved}, []*float64{r.Complaints.FollowedUpShare, r.Complaints.ResolvedShare})
	kinds := map[string]int{"information": 0, "aspiration": 0, "complaint": 0, "supervision": 0}
	for _, c := range n.w.complaints {
		if n.inMonth(c.submitted) {
			kinds[c.kind]++
		}
	}
	check(t, "kinds", kinds, r.Complaints.ByKind)
	check(t, "inconsistent dates", n.inconsistent(), r.DataQuality.InconsistentDates)
	comparePublication(t, n, r)
	compareRest(t, n, r)
}

func compareCases(t *rapid.T, what string, n naive, cases []naiveCase, rows []CaseOPD) {
	groups := group(cases)
	delete(groups, "")
	check(t, what+": OPD listed", len(groups), len(rows))
	ranked := true
	for i, row := range rows {
		want := n.row(groups[row.OPD])
		got := naiveRow{row.N, row.OnTime, row.Late, row.Pending, row.Excluded, row.OnTimeShare, row.MedianWD, row.RMSTWD, row.MeanClosedWD, row.RMSTIsBound}
		check(t, what+" of "+row.OPD, want, got)
		if row.N != row.OnTime+row.Late+row.Pending+row.Excluded {
			t.Fatalf("%s: n is not the sum of the states: %+v", what, row)
		}
		if (row.OnTimeLow == nil) != (want.Share == nil) || want.Share != nil && (*row.OnTimeLow > *want.Share || *row.OnTimeHigh < *want.Share) {
			t.Fatalf("%s: interval of %+v", what, row)
		}
		few := row.N < 5
		if few != (row.Score == nil) || few != (row.RankLow == nil) || few != (row.Tier != nil && *row.Tier == "data kurang") || !few && !ranked {
			t.Fatalf("%s: row %d of %d is ranked wrongly: %+v", what, i, len(rows), row)
		}
		ranked = !few
		if !few && i > 0 && *rows[i-1].Score > *row.Score {
			t.Fatalf("%s: row %d is better than the one above", what, i)
		}
	}
}

func comparePublication(t *rapid.T, n naive, r *Report) {
	stories, articles := 0, 0
	for _, s := range n.w.stories {
		if n.inMonth(s.day) {
			stories++
		}
	}
	for _, a := range n.w.articles {
		if a.day != nil && n.inMonth(*a.day) {
			articles++
		}
	}
	check(t, "region", []int{articles, stories}, []int{r.Publication.Articles, r.Publication.Stories})
	check(t, "OPD of publication", len(n.w.agencies), len(r.Publication.OPD))
	var scores, raw []float64
	for i, row := range r.Publication.OPD {
		o := n.w.agencies[slices.IndexFunc(n.w.agencies, func(o agency) bool { return o.code == row.OPD })]
		want := n.publication(o)
		got := naivePublication{row.Articles, row.Stories, row.Weeks, row.WeeksMet, row.ActiveDays, row.DaysSinceLast, row.PreviousStories, want.Attainment}
		check(t, "publication of "+row.OPD, want, got)
		if wantStatus := map[bool]OPDStatus{true: StatusOK, false: StatusQuiet}[want.Stories > 0]; row.Status != wantStatus {
			t.Fatalf("status of %s is %s, want %s", row.OPD, row.Status, wantStatus)
		}
		if (want.Weeks == 0) != (row.Score == nil) || (row.Score == nil) != (row.RankMean == nil) || row.Score == nil && row.Tier != nil {
			t.Fatalf("publication of %s: %+v", row.OPD, row)
		}
		if row.Score == nil {
			continue
		}
		scores, raw = append(scores, *row.Score), append(raw, *want.Attainment)
		above := r.Publication.OPD[max(i-1, 0)]
		if *above.Score < *row.Score || (above.Tier == nil) != (row.Tier == nil) || row.Tier != nil && *above.Tier > *row.Tier || *row.Score > 1.2 || *row.Score < 0 {
			t.Fatalf("place %d: %+v under %+v", i, row, above)
		}
	}
	if len(scores) > 0 && scores[0] < 1.2 && slices.Max(scores) > slices.Max(raw)+1e-9 {
		t.Fatalf("scores %v outside the attainments %v", scores, raw)
	}
}

func check(t *rapid.T, what string, want, got any) {
	if diff := cmp.Diff(want, got, approx); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func TestAsOf(t *testing.T) {
	jakarta := zone(t, "Asia/Jakarta")
	for _, tt := range []struct {
		name, month, now, asOf, zone, want string
		kind                               ErrorKind
	}{
		{"default", "2026-10", "2026-11-21T03:00:00Z", "", "Asia/Jakarta", "2026-11-05", ""},
		{"default in the grace days", "2026-10", "2026-11-03T03:00:00Z", "", "Asia/Jakarta", "2026-11-03", ""},
		{"default in the month", "2026-10", "2026-10-10T03:00:00Z", "", "Asia/Jakarta", "2026-10-10", ""},
		{"leap February", "2024-02", "2026-10-10T03:00:00Z", "", "Asia/Jakarta", "2024-03-05", ""},
		{"asked", "2026-10", "2026-11-21T03:00:00Z", "2026-10-20", "Asia/Jakarta", "2026-10-20", ""},
		{"first day", "2026-10", "2026-11-21T03:00:00Z", "2026-10-01", "Asia/Jakarta", "2026-10-01", ""},
		{"before the month", "2026-10", "2026-11-21T03:00:00Z", "2026-09-30", "Asia/Jakarta", "", BadValue},
		{"next month", "2026-11", "2026-10-31T16:59:00Z", "", "Asia/Jakarta", "", FutureMonth},         // 23:59 WIB
		{"month just begun", "2026-11", "2026-10-31T17:00:00Z", "", "Asia/Jakarta", "2026-11-01", ""},  // 00:00 WIB
		{"begun in WITA", "2026-11", "2026-10-31T16:30:00Z", "", "Asia/Makassar", "2026-11-01", ""},    // 00:30 WITA
		{"not begun in WITA", "2026-11", "2026-10-31T15:30:00Z", "", "Asia/Makassar", "", FutureMonth}, // 23:30 WITA
		{"begun in WIT", "2026-11", "2026-10-31T15:30:00Z", "", "Asia/Jayapura", "2026-11-01", ""},     // 00:30 WIT
		{"out of range", "2026-10", "2026-11-21T03:00:00Z", "2999-01-01", "Asia/Jakarta", "", BadValue},
		{"ancient month", "1800-01", "2026-11-21T03:00:00Z", "", "Asia/Jakarta", "", BadValue},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			q := Query{Region: region.Region{Code: "19", Zone: zone(t, tt.zone)}, Month: mustMonth(t, tt.month), Now: now}
			if tt.asOf != "" {
				q.AsOf, q.AsOfSet = mustDay(t, tt.asOf), true
			}
			got, err := q.asOf()
			var user *UserError
			if tt.kind != "" {
				if !errors.As(err, &user) || user.Kind != tt.kind || user.Words == "" {
					t.Errorf("error %v, want %s", err, tt.kind)
				}
				return
			}
			if err != nil || got.String() != tt.want {
				t.Errorf("as of %s, %v; want %s", got, err, tt.want)
			}
		})
	}
	if _, err := (Query{Region: region.Region{Code: "19"}, Month: mustMonth(t, "2026-10"), Now: time.Now().In(jakarta)}).asOf(); err == nil {
		t.Error("a region without a zone was measured")
	}
}

// A row without a case says nothing rather than zero.
func TestEmptyCaseRow(t *testing.T) {
	row := caseRow("a", "A", &tally{})
	if diff := cmp.Diff(CaseOPD{OPD: "a", Name: "A"}, row); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

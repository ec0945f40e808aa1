package metrics

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaung/metrics/calendar"
	"gaung/warehouse/warehousetest"
)

// Random worlds under random filters: totals are the sums of the rows, the peer
// groups together are the whole, a filter changes no row but its places, and a
// range over a month's days is that month, key by key.
func TestFilteredReports(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	m := New(conn)
	serial := 0
	rounds(t, 12)
	rapid.Check(t, func(rt *rapid.T) {
		serial++
		w := drawWorld(rt, fmt.Sprint("71.", serial), zone(t, []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}[serial%3]))
		w.disguise(rt)
		w.store(t, conn, 1)
		q := Query{Region: w.region, Month: calendar.Month{Year: 2026, Month: time.October}, Now: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)}
		if rapid.Bool().Draw(rt, "range") {
			first := mustDay(t, "2026-09-15").Add(rapid.IntRange(0, 40).Draw(rt, "first"))
			q = q.In(calendar.Period{First: first, Last: first.Add(rapid.IntRange(0, 60).Draw(rt, "days"))})
		}
		q.Compare = rapid.SampledFrom([]Comparison{"", ComparePrevious, CompareYear}).Draw(rt, "compare")
		report := func(f Filter) *Report {
			q.Filter = f
			r, err := m.Report(t.Context(), q)
			if err != nil {
				rt.Fatal(err)
			}
			sums(rt, r, f)
			rowsBehind(rt, t, m, q, r)
			return r
		}
		whole := report(Filter{})
		groups := map[string]*Report{}
		for _, o := range w.agencies {
			if groups[o.peerGroup] == nil {
				groups[o.peerGroup] = report(Filter{PeerGroup: o.peerGroup})
			}
		}
		union(rt, whole, groups)
		channel := rapid.SampledFrom(Channels()).Draw(rt, "channel")
		byChannel := report(Filter{Channel: channel})
		if got, want := byChannel.Publication.Articles, channelArticles(whole, channel); got < want {
			rt.Errorf("%d articles on %s, rows of all have %d", got, channel, want)
		}
		one := w.agencies[rapid.IntRange(0, len(w.agencies)-1).Draw(rt, "one")]
		same(rt, whole, report(Filter{OPD: []string{one.code}}), true)
		same(rt, groups[one.peerGroup], report(Filter{PeerGroup: one.peerGroup, OPD: []string{one.name}}), true)
		same(rt, whole, groups[one.peerGroup], false)
		monthIsRange(rt, t, m, q, one)
	})
}

// disguise gives the world what a filter goes by.
func (w *world) disguise(rt *rapid.T) {
	for i := range w.agencies {
		w.agencies[i].peerGroup = []string{"Dinas", "Kecamatan"}[rapid.IntRange(0, 1).Draw(rt, "group")]
	}
	for i := range w.stories {
		w.stories[i].channels = rapid.SliceOfNDistinct(rapid.SampledFrom(Channels()), 1, 3, rapid.ID[string]).Draw(rt, "channels")
	}
	for i := range w.objections {
		w.objections[i].opd = w.agencies[rapid.IntRange(0, len(w.agencies)-1).Draw(rt, "of")].code
	}
}

// sums checks the totals of a report against its rows. An OPD nobody could name
// has no row, so that only a filtered report has nothing beside them.
func sums(rt *rapid.T, r *Report, f Filter) {
	rt.Helper()
	var stories, articles int
	for _, o := range r.Publication.OPD {
		stories, articles = stories+o.Stories, articles+o.Articles
	}
	var cases CaseCounts
	for _, o := range r.PPID.OPD {
		cases.OnTime, cases.Late, cases.Pending, cases.Excluded = cases.OnTime+o.OnTime, cases.Late+o.Late, cases.Pending+o.Pending, cases.Excluded+o.Excluded
	}
	events, sent := 0, 0
	for _, o := range r.Agenda.OPD {
		events += o.Events
	}
	for _, o := range r.Submissions.OPD {
		sent += o.Sent
	}
	type totals struct {
		Stories, Articles, Events, Sent int
		Cases                           CaseCounts
	}
	rows, all := totals{stories, articles, events, sent, cases}, totals{r.Publication.Stories, r.Publication.Articles, r.Agenda.Events, r.Submissions.Sent, r.PPID.CaseCounts}
	if f.PeerGroup != "" || len(f.OPD) > 0 {
		if diff := cmp.Diff(all, rows); diff != "" {
			rt.Errorf("%+v (-totals +rows):\n%s", f, diff)
		}
	} else if rows.Stories > all.Stories || rows.Articles > all.Articles || rows.Events > all.Events || rows.Sent > all.Sent {
		rt.Errorf("%+v: rows %+v, totals %+v", f, rows, all)
	}
	if c := r.PlaceCoverage; c.Central+c.Other+c.Unknown+len(c.Areas) < r.Publication.Stories && len(c.Areas) == 0 {
		rt.Errorf("%+v: places %+v of %d stories", f, c, r.Publication.Stories)
	}
}

// rowsBehind checks that the rows of a filtered report are its figures.
func rowsBehind(rt *rapid.T, t *testing.T, m *Metrics, q Query, r *Report) {
	rt.Helper()
	n := map[DetailKind]int{}
	if err := m.Details(t.Context(), q, func(d Detail) error { n[d.Kind]++; return nil }); err != nil {
		rt.Fatal(err)
	}
	submitted := 0
	for _, k := range r.Complaints.ByKind {
		submitted += k
	}
	got := []int{n[DetailStory], n[DetailArticle], n[DetailObjection], n[DetailComplaint], n[DetailEvent]}
	want := []int{r.Publication.Stories, r.Publication.Articles, r.PPID.Objections, submitted, r.Agenda.Events}
	if !slices.Equal(got, want) {
		rt.Errorf("%+v: rows %v, figures %v (stories, articles, objections, complaints, events)", q.Filter, got, want)
	}
}

// union checks that the peer groups have the rows of the whole between them.
func union(rt *rapid.T, whole *Report, groups map[string]*Report) {
	rt.Helper()
	codes := func(r *Report) (out []string) {
		for _, o := range r.Publication.OPD {
			out = append(out, fmt.Sprint("publication ", o.OPD, " ", o.Stories, " ", o.Articles))
		}
		for _, o := range r.PPID.OPD {
			out = append(out, fmt.Sprint("ppid ", o.OPD, " ", o.N))
		}
		for _, o := range r.Complaints.Resolve.OPD {
			out = append(out, fmt.Sprint("resolve ", o.OPD, " ", o.N))
		}
		for _, p := range r.People {
			if p.OPD != "" {
				out = append(out, fmt.Sprint("person ", p.PersonID))
			}
		}
		return out
	}
	want := codes(whole)
	var got []string
	for _, r := range groups {
		got = append(got, codes(r)...)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		rt.Errorf("(-whole +groups):\n%s", diff)
	}
}

// same checks that a filter left the rows it kept as they were; with places,
// their places as well.
func same(rt *rapid.T, all, some *Report, places bool) {
	rt.Helper()
	rows := map[string]PublicationOPD{}
	for _, o := range all.Publication.OPD {
		rows[o.OPD] = o
	}
	for _, o := range some.Publication.OPD {
		before := rows[o.OPD]
		if !places {
			before.RankMean, before.RankLow, before.RankHigh, before.Tier, before.PTopTier = o.RankMean, o.RankLow, o.RankHigh, o.Tier, o.PTopTier
			before.Movement.BetterThanPrevious, before.Movement.Direction = o.Movement.BetterThanPrevious, o.Movement.Direction
		}
		if diff := cmp.Diff(before, o); diff != "" {
			rt.Errorf("%s (-all +filtered):\n%s", o.OPD, diff)
		}
	}
	cases := map[string]CaseOPD{}
	for _, o := range all.Complaints.FirstResponse.OPD {
		cases[o.OPD] = o
	}
	for _, o := range some.Complaints.FirstResponse.OPD {
		before := cases[o.OPD]
		if !places {
			before.RankLow, before.RankHigh, before.Tier, before.PTopTier, before.Funnel = o.RankLow, o.RankHigh, o.Tier, o.PTopTier, o.Funnel
		}
		if diff := cmp.Diff(before, o); diff != "" {
			rt.Errorf("first response of %s (-all +filtered):\n%s", o.OPD, diff)
		}
	}
}

func channelArticles(r *Report, channel string) int {
	n := 0
	for _, o := range r.Publication.OPD {
		n += o.Channels[channel]
	}
	return n
}

// monthIsRange checks that the range over a month's days is the month.
func monthIsRange(rt *rapid.T, t *testing.T, m *Metrics, q Query, one agency) {
	rt.Helper()
	q.Filter = Filter{OPD: []string{one.code}}
	texts := make([]string, 2)
	for i, asked := range []Query{q.inMonth(q.Month), q.In(calendar.Period{First: q.Month.First(), Last: q.Month.Last()})} {
		r, err := m.Report(t.Context(), asked)
		if err != nil {
			rt.Fatal(err)
		}
		text, err := json.Marshal(r)
		if err != nil {
			rt.Fatal(err)
		}
		texts[i] = string(text)
	}
	if texts[0] != texts[1] {
		rt.Errorf("month and range differ:\n%s", cmp.Diff(texts[0], texts[1]))
	}
}

// What cannot be filtered by is a mistake of the asker, said in one line.
func TestFilterMistakes(t *testing.T) {
	w := scenario(t)
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w.store(t, conn, 1)
	m := New(conn)
	q := october(t, w)
	for _, tt := range []struct {
		name  string
		query Query
		words string
	}{
		{"channel", Query{Filter: Filter{Channel: "radio"}}, "saluran"},
		{"group", Query{Filter: Filter{PeerGroup: "tidak ada"}}, "kelompok"},
		{"OPD", Query{Filter: Filter{OPD: []string{"tidak ada"}}}, "OPD"},
		{"backwards", Query{}.In(calendar.Period{First: mustDay(t, "2026-10-05"), Last: mustDay(t, "2026-10-01")}), "tukar"},
		{"too long", Query{}.In(calendar.Period{First: mustDay(t, "2010-10-05"), Last: mustDay(t, "2026-10-01")}), "sepuluh tahun"},
		{"future", Query{}.In(calendar.Period{First: mustDay(t, "2027-10-05"), Last: mustDay(t, "2027-11-01")}), "belum dimulai"},
	} {
		asked := q
		asked.Filter = tt.query.Filter
		if tt.query.days != (calendar.Period{}) {
			asked = asked.In(tt.query.days)
		}
		_, err := m.Report(t.Context(), asked)
		var user *UserError
		if !errors.As(err, &user) || !strings.Contains(user.Words, tt.words) || strings.Contains(user.Words, "\n") {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if _, err := m.CloseMonth(t.Context(), q.In(calendar.Period{First: mustDay(t, "2026-10-01"), Last: mustDay(t, "2026-10-15")}), ""); err == nil {
		t.Error("a range was closed")
	}
}

// Opd in an address are repeated, or stand with bars between them.
func TestSplitOPD(t *testing.T) {
	if diff := cmp.Diff([]string{"1.01", "Dinas A, B", "1.03"}, SplitOPD([]string{"1.01|Dinas A, B", "", " 1.03 |"})); diff != "" {
		t.Error(diff)
	}
}

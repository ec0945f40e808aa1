package metrics

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

// years is a region with OPD that publish steadily for two years, one that
// stops, one that begins late and one whose source fails at the end.
func years(t testing.TB) *world {
	w := &world{region: region.Region{Code: "19.04", Name: "Kabupaten Bangka Tengah", Zone: zone(t, "Asia/Makassar")}}
	w.agencies = []agency{
		{code: "tetap", name: "Dinas Tetap", hasSource: true, peerGroup: "dinas"},
		{code: "berhenti", name: "Dinas Berhenti", hasSource: true, peerGroup: "dinas"},
		{code: "muda", name: "Dinas Muda", hasSource: true, from: ref(mustDay(t, "2026-01-15"))},
		{code: "gagal", name: "Dinas Gagal", hasSource: true},
	}
	rng := rand.New(rand.NewPCG(4, 4))
	for month := mustMonth(t, "2025-01"); !month.After(mustMonth(t, "2026-10")); month = month.Add(1) {
		for _, o := range w.agencies {
			n := 2*len(month.Weeks()) + rng.IntN(3) - 1
			if o.code == "berhenti" && month == mustMonth(t, "2026-10") {
				n = 1
			}
			for range n {
				if day := month.First().Add(rng.IntN(28)); o.validIn(day, day) {
					w.stories = append(w.stories, worldStory{opd: o.code, day: day})
					w.articles = append(w.articles, worldArticle{opd: o.code, day: ref(day), firstSeen: day.Add(rng.IntN(2))})
				}
			}
		}
		for i := range 10 {
			w.polls = append(w.polls, worldPoll{"g", "gagal", "timeout", month.First().Add(i).Time(w.region.Zone), month != mustMonth(t, "2026-10")})
		}
	}
	for i := range 60 {
		for _, code := range []string{"tetap", "berhenti"} {
			received := mustDay(t, "2026-08-20").Add(i)
			w.ppid = append(w.ppid, worldRequest{opd: code, received: received, notified: ref(received.Add(2 + i%9))})
		}
	}
	return w
}

func TestChanges(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	w := years(t)
	w.store(t, conn, 1)
	got, err := New(conn).Changes(t.Context(), october(t, w))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Months) != changeMonths || got.Months[changeMonths-1] != "2026-10" || got.Months[0] != "2024-11" {
		t.Fatalf("months %v", got.Months)
	}
	byCode := map[string]ChangeOPD{}
	for _, o := range got.OPD {
		byCode[o.OPD] = o
		n := 0
		for i, p := range o.Points {
			want := 0
			for _, s := range w.stories {
				if s.opd == o.OPD && calendar.MonthOf(s.day).String() == got.Months[i] {
					want++
				}
			}
			if p != nil {
				n++
				if *p != want {
					t.Errorf("%s in %s: %d, want %d", o.OPD, got.Months[i], *p, want)
				}
			}
		}
		if n != o.N {
			t.Errorf("%s has %d points, says %d", o.OPD, n, o.N)
		}
	}
	// 22 months of data; the young OPD has nine whole ones, the failed one no October.
	for code, want := range map[string]struct {
		n      int
		signal *string
	}{"tetap": {22, ref(Steady)}, "berhenti": {22, ref(Fell)}, "muda": {9, nil}, "gagal": {21, nil}} {
		o := byCode[code]
		if o.N != want.n || !cmp.Equal(o.Signal, want.signal) || (o.Mean == nil) != (want.n < 12) || o.Low != nil && *o.Low < 0 {
			t.Errorf("%s: %d points, signal %v, mean %v, low %v", code, o.N, o.Signal, o.Mean, o.Low)
		}
	}
	// A month still running has no point.
	q := october(t, w)
	q.AsOf, q.AsOfSet = mustDay(t, "2026-10-20"), true
	if got, err = New(conn).Changes(t.Context(), q); err != nil || got.Months[changeMonths-1] != "2026-09" {
		t.Errorf("as of 20 October the last month is %v, %v", got.Months, err)
	}
}

func TestChangesOfNothing(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	w := &world{region: region.Region{Code: "19.05", Zone: zone(t, "Asia/Jakarta")}, agencies: []agency{{code: "a", name: "A"}}}
	w.store(t, conn, 1)
	got, err := New(conn).Changes(t.Context(), october(t, w))
	if err != nil || len(got.OPD) != 1 || got.OPD[0].N != 0 || got.OPD[0].Signal != nil {
		t.Errorf("%+v, %v", got, err)
	}
	heat, err := New(conn).HeatMap(t.Context(), october(t, w))
	if err != nil || len(heat.OPD) != 1 || *heat.OPD[0].Days[0] != 0 || heat.OPD[0].Weeks[0] != nil {
		t.Errorf("%+v, %v", heat, err)
	}
}

func TestHeatMap(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := years(t)
	w.store(t, conn, 1)
	m := New(conn)
	for _, asOf := range []string{"2026-10-15", "2026-11-05"} {
		q := october(t, w)
		q.AsOf, q.AsOfSet = mustDay(t, asOf), true
		got, err := m.HeatMap(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		r, err := m.Report(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		stories := map[string]int{}
		for _, o := range r.Publication.OPD {
			stories[o.OPD] = o.Stories
		}
		if len(got.Weeks) != heatWeeks || got.Days[0] != "2026-10-01" {
			t.Fatalf("weeks %v, days %v", got.Weeks, got.Days)
		}
		for _, o := range got.OPD {
			sum := 0
			for i, cell := range o.Days {
				sum += *cell
				if want := w.count(o.OPD, mustDay(t, got.Days[i]), 1, q.AsOf); *cell != want {
					t.Errorf("%s on %s: %d, want %d", o.OPD, got.Days[i], *cell, want)
				}
			}
			if sum != stories[o.OPD] {
				t.Errorf("%s: the days add up to %d, the report has %d stories", o.OPD, sum, stories[o.OPD])
			}
			for i, cell := range o.Weeks {
				if want := w.count(o.OPD, mustDay(t, got.Weeks[i]), 7, q.AsOf); cell == nil || *cell != want {
					t.Errorf("%s in the week of %s: %v, want %d", o.OPD, got.Weeks[i], cell, want)
				}
			}
		}
	}
}

func (w *world) count(opd string, first calendar.Day, days int, asOf calendar.Day) int {
	n := 0
	for _, s := range w.stories {
		if s.opd == opd && s.day >= first && s.day < first.Add(days) && s.day <= asOf {
			n++
		}
	}
	return n
}

// What a report says of last month is what last month's own report said.
func TestMovementAgreesWithLastMonth(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := years(t)
	w.store(t, conn, 1)
	m := New(conn)
	report := func(month string) *Report {
		q := october(t, w)
		q.Month = mustMonth(t, month)
		r, err := m.Report(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for _, months := range [][2]string{{"2026-09", "2026-10"}, {"2026-08", "2026-09"}} {
		before, now := report(months[0]), report(months[1])
		scores, moves := map[string]*float64{}, map[string]Movement{}
		for _, o := range before.Publication.OPD {
			scores["p"+o.OPD] = o.Score
		}
		for _, o := range before.PPID.OPD {
			scores["c"+o.OPD] = o.Score
		}
		ranked := map[string]bool{}
		for _, o := range now.Publication.OPD {
			moves["p"+o.OPD], ranked["p"+o.OPD] = o.Movement, o.Score != nil
		}
		for _, o := range now.PPID.OPD {
			moves["c"+o.OPD], ranked["c"+o.OPD] = o.Movement, o.Score != nil
		}
		compared := 0
		for key, move := range moves {
			want := scores[key]
			if !ranked[key] {
				want = nil
			}
			if diff := cmp.Diff(want, move.PreviousScore, approx); diff != "" {
				t.Errorf("%s in %s (-last month's report +movement):\n%s", key, months[1], diff)
			}
			if (move.Direction == nil) != (want == nil) || (move.BetterThanPrevious == nil) != (want == nil) {
				t.Errorf("%s: %+v", key, move)
			}
			if want != nil {
				compared++
			}
		}
		if compared < 3 {
			t.Errorf("only %d OPD could be compared", compared)
		}
	}
	for _, o := range report("2026-10").Publication.OPD {
		switch {
		case o.OPD == "berhenti" && *o.Direction != Fell:
			t.Errorf("from ten stories to one: %+v", o.Movement)
		case o.OPD == "tetap" && *o.Direction != Steady:
			t.Errorf("as ever: %+v", o.Movement)
		case o.OPD == "gagal" && o.Direction != nil:
			t.Errorf("a failed source moved: %s", *o.Direction)
		}
	}
}

// Last month in a year without holidays: nothing to compare with, and no error.
func TestMovementWithoutACalendar(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	insert(t, conn, "holidays (region, date, name, kind, key_hash, version)", 1, func(int) []any {
		return []any{"", mustDay(t, "2026-01-01").Time(time.UTC), "Tahun Baru", calendar.National, uint64(1), uint64(1)}
	})
	w := &world{region: region.Region{Code: "19.06", Name: "Belitung Timur", Zone: zone(t, "Asia/Jakarta")}}
	for _, d := range []string{"2025-12-03", "2026-01-05"} {
		for i := range 6 {
			received := mustDay(t, d).Add(i)
			w.ppid = append(w.ppid, worldRequest{opd: "a", received: received, notified: ref(received.Add(2))})
		}
	}
	w.store(t, conn, 1)
	q := october(t, w)
	q.Month = mustMonth(t, "2026-01")
	r, err := New(conn).Report(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if o := r.PPID.OPD[0]; o.N != 6 || o.Score == nil || o.PreviousScore != nil || o.Direction != nil {
		t.Errorf("%+v", o)
	}
}

// Signs of oddity, republication and lateness, counted from the rollups.
func TestStorySignsAndLateness(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	w := &world{region: region.Region{Code: "19.03", Name: "Bangka Selatan", Zone: zone(t, "Asia/Jakarta")}}
	w.agencies = []agency{{code: "a", name: "A", hasSource: true}, {code: "b", name: "B", hasSource: true}, {code: "c", name: "C"}}
	w.store(t, conn, 1)
	day := mustDay(t, "2026-10-12")
	stories := []struct {
		opd             string
		channels, flags []string
	}{
		{"a", []string{"website", "portal"}, []string{"burst"}},
		{"a", []string{"portal"}, nil}, // stands nowhere else: no republication
		{"a", []string{"website", "instagram"}, []string{"burst", "backdated"}},
		{"", []string{"portal", "media"}, []string{"backdated"}},
	}
	insert(t, conn, "stories (region, generation, story_id, opd, day, channels, flags)", len(stories), func(i int) []any {
		return []any{"19.03", uint64(1), uint64(i), stories[i].opd, day.Time(time.UTC), list(stories[i].channels), list(stories[i].flags)}
	})
	articles := []struct {
		opd, source, channel string
		origin               bool
		lag                  int
	}{
		{"a", "a", "website", true, 0},
		{"a", "a", "website", false, 1},  // its own story again
		{"a", "b", "website", false, 30}, // on another site: a republication
		{"a", "a", "portal", false, 4},
		{"a", "a", "website", true, -2}, // seen before the date it bears
	}
	insert(t, conn, "story_articles (region, generation, url, day, first_seen_day, channel, is_origin, opd, source_opd)", len(articles), func(i int) []any {
		a := articles[i]
		return []any{"19.03", uint64(1), fmt.Sprint("u", i), day.Time(time.UTC), day.Add(a.lag).Time(time.UTC), a.channel, a.origin, a.opd, a.source}
	})
	r, err := New(conn).Report(t.Context(), october(t, w))
	if err != nil {
		t.Fatal(err)
	}
	p := r.Publication
	if p.Republished != 2 || p.Flags != (PublicationFlags{Bursts: 2, Backdated: 2, NearCopies: 1}) || *p.PublishedShare != 0.5 {
		t.Errorf("region: republished %d, flags %+v, share %v", p.Republished, p.Flags, *p.PublishedShare)
	}
	for _, o := range p.OPD {
		want := PublicationOPD{}
		if o.OPD == "a" {
			want.Republished, want.Flags = 1, PublicationFlags{Bursts: 2, Backdated: 1, NearCopies: 1}
		}
		if o.Republished != want.Republished || o.Flags != want.Flags {
			t.Errorf("%s: republished %d, flags %+v", o.OPD, o.Republished, o.Flags)
		}
	}
	f := r.Fairness
	if f.LateArticles != 2 || f.ArticlesAfterAsOf != 1 || *f.MedianLagDays != 1 || f.NoSource != 1 || f.SourceFailed != 0 {
		t.Errorf("fairness %+v, median lag %v", f, *f.MedianLagDays)
	}
	if len(f.Tables) != 5 || f.Tables[0].Table != tablePublication || f.Tables[0].Ranked != 2 || f.Tables[0].Insufficient != 1 || *f.Tables[0].SmallestN != 0 {
		t.Errorf("tables %+v", f.Tables)
	}
}

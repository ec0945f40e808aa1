package metrics

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/google/go-cmp/cmp"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

// sourceWorld is a handful of sources with their polls and articles.
type sourceWorld struct {
	t    *testing.T
	conn driver.Conn
	reg  region.Region
	now  time.Time
}

func newSourceWorld(t *testing.T) *sourceWorld {
	return &sourceWorld{
		t: t, conn: warehousetest.New(t).Conn(), now: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC),
		reg: region.Region{Code: "19.71", Name: "Kota Uji", Zone: zone(t, "Asia/Jakarta")},
	}
}

func (w *sourceWorld) ago(d time.Duration) time.Time { return w.now.Add(-d) }

func (w *sourceWorld) configure(name string, since time.Duration, removed bool) {
	insert(w.t, w.conn, "configured_sources (region, source, kind, opd, every_seconds, configured_at, removed, version)", 1, func(int) []any {
		return []any{w.reg.Code, name, "feed", "1.02", uint32(3600), w.ago(since), removed, uint64(1)}
	})
}

type onePoll struct {
	ago     time.Duration
	reason  string // empty when answered
	status  uint16
	found   uint32
	leftOut bool
}

func (w *sourceWorld) polls(name string, polls ...onePoll) {
	insert(w.t, w.conn, "polls (region, source, polled_at, answered, reason, http_status, new_items, skipped)", len(polls), func(i int) []any {
		p := polls[i]
		return []any{w.reg.Code, name, w.ago(p.ago), p.reason == "", p.reason, p.status, p.found, p.leftOut}
	})
}

// articles on days before today, in generation 1.
func (w *sourceWorld) articles(name string, daysAgo ...int) {
	today := calendar.DayOf(w.now, w.reg.Zone)
	insert(w.t, w.conn, "story_articles (region, generation, url, day, first_seen_at, first_seen_day, source)", len(daysAgo), func(i int) []any {
		day := today.Add(-daysAgo[i]).Time(time.UTC)
		return []any{w.reg.Code, uint64(1), fmt.Sprint(name, i), day, day, day, name}
	})
	insert(w.t, w.conn, "rollup_generations (region, `rollup`, generation, built_at)", 1, func(int) []any {
		return []any{w.reg.Code, rollupArticles, uint64(1), w.now}
	})
}

const oneDay = 24 * time.Hour

func TestHealth(t *testing.T) {
	w := newSourceWorld(t)
	weekly := []int{1, 8, 15, 22, 29, 36, 43} // gaps of 7 days
	w.configure("baik", 60*oneDay, false)
	w.polls("baik", onePoll{ago: 40 * oneDay, status: 200, found: 3}, onePoll{ago: 2 * oneDay, reason: "timeout"}, onePoll{ago: oneDay, status: 200, found: 1}, onePoll{ago: time.Hour, status: 304})
	w.articles("baik", weekly...)

	w.configure("rusak", 60*oneDay, false)
	w.polls("rusak", onePoll{ago: 10 * oneDay, status: 200, found: 3}, onePoll{ago: 9 * oneDay, reason: "timeout"},
		onePoll{ago: 8 * oneDay, reason: "http_403", status: 403}, onePoll{ago: 7 * oneDay, reason: "http_403", leftOut: true}, onePoll{ago: 6 * oneDay, reason: "http_403", leftOut: true})

	w.configure("bisu", 300*oneDay, false)
	w.polls("bisu", onePoll{ago: 40 * oneDay, status: 200, found: 1}, onePoll{ago: time.Hour, status: 200})
	w.articles("bisu", 30, 33, 36, 39, 42, 45, 48) // gaps of 3 days: silent after nine

	w.configure("sabar", 300*oneDay, false)
	w.polls("sabar", onePoll{ago: 40 * oneDay, status: 200, found: 1}, onePoll{ago: time.Hour, status: 200})
	w.articles("sabar", 30, 60, 90, 120, 150, 180) // gaps of 30 days

	w.configure("jarang", 300*oneDay, false)
	w.polls("jarang", onePoll{ago: 40 * oneDay, status: 200, found: 1}, onePoll{ago: time.Hour, status: 200})
	w.articles("jarang", 200, 300) // no rhythm to judge by

	w.configure("kosong", 8*oneDay, false)
	w.polls("kosong", onePoll{ago: time.Hour, status: 200})
	w.configure("muda", 6*oneDay, false)
	w.polls("muda", onePoll{ago: time.Hour, status: 200})
	w.configure("belum", time.Hour, false)
	w.configure("dicabut", 60*oneDay, true)
	w.polls("dicabut", onePoll{ago: time.Hour, reason: "dns"})

	got, err := New(w.conn).Health(t.Context(), w.reg, w.now)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, h := range got {
		lines = append(lines, fmt.Sprintf("%s %s %d/%d %s %s usual=%s limit=%s quiet=%s last=%s",
			h.Source, h.State, h.Answered, h.Expected, h.Reason, days(h.BrokenSince, w.now), number(h.UsualGapDays), number(h.SilentAfterDays), number(h.QuietDays), text(h.LastPublished)))
	}
	want := []string{
		"rusak failing 1/5 http_403 9 usual=- limit=- quiet=10 last=-",
		"bisu silent 1/1  - usual=3 limit=9 quiet=30 last=2026-10-22",
		"kosong empty 1/1  - usual=- limit=- quiet=- last=-",
		"belum waiting 0/0  - usual=- limit=- quiet=- last=-",
		"baik ok 2/3  - usual=7 limit=21 quiet=1 last=2026-11-20",
		"jarang ok 1/1  - usual=- limit=- quiet=40 last=2026-05-05",
		"muda ok 1/1  - usual=- limit=- quiet=- last=-",
		"sabar ok 1/1  - usual=30 limit=90 quiet=30 last=2026-10-22",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("health (-want +got):\n%s", diff)
	}
	// What JSON says: the failing source was last asked eight days ago, and
	// what never happened is null.
	out, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`"last_poll":"2026-11-13T03:00:00Z","last_success":"2026-11-11T03:00:00Z","last_new_item":"2026-11-11T03:00:00Z"`,
		`"http_status":403`, `"answered_share":0.2`, `"answered_share":null`, `"broken_since":null`, `"last_poll":null`,
	} {
		if !strings.Contains(string(out), part) {
			t.Errorf("no %s in %s", part, out)
		}
	}
	// An earlier instant does not know what came later.
	earlier, err := New(w.conn).Health(t.Context(), w.reg, w.ago(9*oneDay+time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range earlier {
		if h.Source == "rusak" && h.State != SourceOK {
			t.Errorf("before its first failure: %+v", h)
		}
	}
}

func days(at *time.Time, now time.Time) string {
	if at == nil {
		return "-"
	}
	return fmt.Sprint(int(now.Sub(*at) / oneDay))
}

func number(n *int) string {
	if n == nil {
		return "-"
	}
	return fmt.Sprint(*n)
}

func text(s *string) string {
	if s == nil {
		return "-"
	}
	return *s
}

func TestUsualGap(t *testing.T) {
	for _, c := range []struct {
		days []int32
		gap  int
		ok   bool
	}{
		{nil, 0, false},
		{[]int32{1, 2, 3, 4, 5}, 0, false},
		{[]int32{1, 2, 3, 4, 5, 6}, 1, true},
		{[]int32{0, 1, 2, 3, 4, 14}, 10, true},                   // rank 5 of 5
		{[]int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 29}, 1, true},     // rank 9 of 10
		{[]int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30}, 1, true}, // rank 10 of 11
	} {
		if gap, ok := (rhythm{days: c.days}).usualGap(); gap != c.gap || ok != c.ok {
			t.Errorf("%v: %d, %v; want %d, %v", c.days, gap, ok, c.gap, c.ok)
		}
	}
}

func TestDataProblems(t *testing.T) {
	w := newSourceWorld(t)
	run := func(n int) string { return fmt.Sprintf("00000000-0000-0000-0000-%012d", n) }
	insert(t, w.conn, "ingest_runs (region, run_id, kind, source, started_at, finished_at, status, rejected, version)", 3, func(i int) []any {
		at := w.ago(time.Duration(3-i) * time.Hour)
		// The first run's rejects were repaired by the second.
		return []any{w.reg.Code, run(i), "ppid", []string{"a.csv", "a.csv", "b.csv"}[i], at, at, "done", uint64(i + 1), uint64(i)}
	})
	insert(t, w.conn, "rejects (region, kind, source, run_id, row_number, column_name, value, reason, rejected_at)", 8, func(i int) []any {
		return []any{w.reg.Code, "ppid", []string{"a.csv", "a.csv", "b.csv"}[i%3], run(i % 3), uint64(i), "received_at", fmt.Sprint("nilai ", i), "tidak terbaca", w.ago(time.Duration(i%3) * time.Minute)}
	})
	insert(t, w.conn, "review_queue (region, generation, kind, text, uses, last_day, places, example, targets, names, scores, evidence)", 3, func(i int) []any {
		return []any{
			w.reg.Code, uint64(7), []string{"opd", "person", "opd"}[i], fmt.Sprint("nama ", i), uint64(i + 1), calendar.Date(2026, 10, i+1).Time(time.UTC),
			[]string{"sumber"},
			"x",
			[]string{"1.02"},
			[]string{"Dinas"},
			[]float64{0.9},
			[]string{"alasan"},
		}
	})
	insert(t, w.conn, "rollup_generations (region, `rollup`, generation, built_at)", 1, func(int) []any { return []any{w.reg.Code, rollupReview, uint64(7), w.now} })
	m := New(w.conn)
	var cells []string
	for page := 1; page <= 4; page++ {
		d, err := m.DataProblems(t.Context(), w.reg, page, 2)
		if err != nil {
			t.Fatal(err)
		}
		if d.RejectedRows != 5 || d.RejectedCells != 5 || d.Pages != 3 {
			t.Fatalf("totals %+v", d)
		}
		for _, c := range d.Rejects {
			cells = append(cells, fmt.Sprint(c.Source, " ", c.Row))
		}
		if diff := cmp.Diff([]UnmatchedText{
			{Text: "nama 2", Uses: 3, LastDay: "2026-10-03", Places: []string{"sumber"}, Example: "x"},
			{Text: "nama 0", Uses: 1, LastDay: "2026-10-01", Places: []string{"sumber"}, Example: "x"},
		}, d.UnmatchedOPD); diff != "" || len(d.UnmatchedPeople) != 1 {
			t.Errorf("unmatched %v (-want +got):\n%s", d.UnmatchedPeople, diff)
		}
	}
	if diff := cmp.Diff([]string{"a.csv 1", "a.csv 4", "a.csv 7", "b.csv 2", "b.csv 5"}, cells); diff != "" {
		t.Errorf("rejects (-want +got):\n%s", diff)
	}
	queue, err := m.ReviewQueue(t.Context(), w.reg)
	if err != nil {
		t.Fatal(err)
	}
	if len(queue) != 3 || queue[0].Text != "nama 2" || !cmp.Equal(queue[0].Suggestions, []Suggestion{{Target: "1.02", Name: "Dinas", Score: 0.9, Evidence: "alasan"}}) {
		t.Errorf("queue %+v", queue)
	}
	for _, bad := range [][2]int{{0, 10}, {1, 0}, {1, 501}, {-1, 10}} {
		var user *UserError
		if _, err := m.DataProblems(t.Context(), w.reg, bad[0], bad[1]); !errors.As(err, &user) || user.Kind != BadValue {
			t.Errorf("page %d of %d: %v", bad[0], bad[1], err)
		}
	}
}

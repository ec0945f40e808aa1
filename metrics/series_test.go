package metrics

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaung/metrics/calendar"
	"gaung/warehouse/warehousetest"
)

// Every month of a series is what its own report says.
func TestSeriesIsTheReports(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	m := New(conn)
	zones := []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}
	serial := 0
	rounds(t, 5)
	rapid.Check(t, func(rt *rapid.T) {
		worlds := make([]*world, 3)
		for i := range worlds {
			serial++
			worlds[i] = drawWorld(rt, fmt.Sprint("74.", serial), zone(t, zones[serial%3]))
			drawPolls(rt, worlds[i])
		}
		storeAll(t, conn, 1, worlds...)
		for _, w := range worlds {
			q := Query{Region: w.region, Month: calendar.Month{Year: 2026, Month: time.November}, Now: time.Date(2026, 11, rapid.IntRange(1, 30).Draw(rt, "today"), 12, 0, 0, 0, time.UTC)}
			if rapid.Bool().Draw(rt, "chosen as of") {
				q.AsOf, q.AsOfSet = q.Month.First().Add(rapid.IntRange(0, 40).Draw(rt, "as of")), true
			}
			sameAsReports(rt, t, m, q, 4)
		}
	})
}

// sameAsReports compares a series with the report of each of its months.
func sameAsReports(rt *rapid.T, t *testing.T, m *Metrics, q Query, months int) {
	got, err := m.Series(t.Context(), q, months)
	if err != nil {
		rt.Fatal(err)
	}
	if len(got.Months) != months {
		rt.Fatalf("%d months", len(got.Months))
	}
	for i, month := range got.Months {
		own := q
		own.Month = q.Month.Add(i + 1 - months)
		r, err := m.Report(t.Context(), own)
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(r.InSeries(), month, approx); diff != "" {
			rt.Errorf("%s (-report +series):\n%s", own.Month, diff)
		}
	}
}

// drawPolls has a source of every OPD asked now and then, and failing now and
// then, from August to November 2026.
func drawPolls(t *rapid.T, w *world) {
	for _, o := range w.agencies {
		for range rapid.IntRange(0, 12).Draw(t, "polls") {
			at := time.Date(2026, 8, 1, rapid.IntRange(0, 120*24).Draw(t, "hour"), 0, 0, 0, time.UTC)
			w.polls = append(w.polls, worldPoll{"s" + o.code, o.code, "timeout", at, rapid.IntRange(0, 3).Draw(t, "answers") > 0})
		}
	}
}

func TestSeriesKeepsClosedMonths(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	m, w := New(conn), years(t)
	w.store(t, conn, 1)
	q := october(t, w)
	if _, err := m.CloseMonth(t.Context(), q, ""); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		w.stories = append(w.stories, worldStory{opd: "tetap", day: q.Month.First()})
	}
	w.store(t, conn, 2)
	got, err := m.Series(t.Context(), q, 2)
	if err != nil {
		t.Fatal(err)
	}
	frozen, live := got.Months[1], q
	live.AsOf, live.AsOfSet = mustDay(t, frozen.AsOf), true
	now, err := m.Series(t.Context(), live, 1)
	if err != nil {
		t.Fatal(err)
	}
	if frozen.Closed == nil || got.Months[0].Closed != nil || now.Months[0].Stories != frozen.Stories+5 {
		t.Errorf("closed %v and %v, %d stories frozen, %d now", frozen.Closed, got.Months[0].Closed, frozen.Stories, now.Months[0].Stories)
	}
	var user *UserError
	for _, months := range []int{0, maxSeriesMonths + 1} {
		if _, err := m.Series(t.Context(), q, months); !errors.As(err, &user) {
			t.Errorf("%d months: %v", months, err)
		}
	}
	live.Month = live.Month.Add(30)
	if _, err := m.Series(t.Context(), live, 3); !errors.As(err, &user) || user.Kind != FutureMonth {
		t.Errorf("a month in the future: %v", err)
	}
}

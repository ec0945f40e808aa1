package metrics

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

// The period compared with, and the day it is looked at.
func TestEarlier(t *testing.T) {
	type want struct{ Period, AsOf string }
	for _, tt := range []struct {
		first, last, asOf string
		compare           Comparison
		want              want
	}{
		{"2026-10-01", "2026-10-31", "2026-11-05", "", want{"2026-09", "2026-10-05"}}, // five days after the end of both
		{"2026-11-01", "2026-11-30", "2026-11-05", "", want{"2026-10", "2026-10-05"}}, // the fifth of both
		{"2026-10-01", "2026-10-31", "2026-10-31", "", want{"2026-09", "2026-09-30"}}, // September has no 31st
		{"2026-03-01", "2026-03-31", "2026-03-31", "", want{"2026-02", "2026-02-28"}},
		{"2026-10-01", "2026-10-31", "2027-01-31", "", want{"2026-09", "2026-12-31"}},
		{"2026-10-01", "2026-10-31", "2026-11-05", CompareYear, want{"2025-10", "2025-11-05"}},
		{"2024-02-01", "2024-02-29", "2024-03-05", CompareYear, want{"2023-02", "2023-03-05"}},
		{"2026-10-08", "2026-11-04", "2026-11-05", "", want{"2026-09-10..2026-10-07", "2026-10-08"}},
		{"2026-10-08", "2026-11-04", "2026-11-01", CompareYear, want{"2025-10-08..2025-11-04", "2025-11-01"}},
	} {
		q := Query{Region: region.Region{Code: "19", Zone: time.UTC}, Compare: tt.compare, AsOf: mustDay(t, tt.asOf), AsOfSet: true, Now: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)}
		q = q.In(calendar.Period{First: mustDay(t, tt.first), Last: mustDay(t, tt.last)})
		e, err := q.Earlier()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, want{e.Period().String(), e.AsOf.String()}); diff != "" {
			t.Errorf("%s at %s: %s", q.Period(), tt.asOf, diff)
		}
	}
}

func TestParseComparison(t *testing.T) {
	for text, want := range map[string]Comparison{"": ComparePrevious, "previous": ComparePrevious, "year": CompareYear} {
		if got, err := ParseComparison(text); err != nil || got != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	if _, err := ParseComparison("week"); err == nil {
		t.Error("week is accepted")
	}
}

// A period that ended before the region's first story was not silent: there is
// nothing to compare with, and nobody rose or stayed as he was.
func TestNothingToCompareWith(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	var kept []worldStory
	for _, s := range w.stories {
		if s.day >= mustDay(t, "2026-10-01") {
			kept = append(kept, s)
		}
	}
	w.stories = kept
	w.store(t, conn, 1)
	m, q := New(conn), october(t, w)
	compared := func(q Query) (previous, moved int) {
		t.Helper()
		r, err := m.Report(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range r.Publication.OPD {
			if o.PreviousStories != nil {
				previous++
			}
			if o.PreviousScore != nil || o.BetterThanPrevious != nil || o.Direction != nil {
				moved++
			}
		}
		return previous, moved
	}
	for _, with := range []Comparison{ComparePrevious, CompareYear} {
		q.Compare = with
		if previous, moved := compared(q); previous != 0 || moved != 0 {
			t.Errorf("%s: %d OPD have stories before the first, %d moved", with, previous, moved)
		}
	}
	// In the next month there is something to compare with.
	q.Compare, q.Month = ComparePrevious, mustMonth(t, "2026-11")
	if previous, moved := compared(q); previous == 0 || moved == 0 {
		t.Errorf("November: %d OPD have stories in October, %d moved", previous, moved)
	}
}

// An OPD with a target of 0 stays what it is and is not ranked.
func TestTargetOfNothing(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.targets = append(w.targets, worldTarget{opd: "dinkes", from: mustDay(t, "2026-01-01")})
	w.store(t, conn, 1)
	r, err := New(conn).Report(t.Context(), october(t, w))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range r.Publication.OPD {
		if want := o.OPD == "dinkes"; o.Untargeted() != want {
			t.Errorf("%s is untargeted: %v", o.OPD, o.Untargeted())
		}
		if o.OPD == "dinkes" && (o.Status != StatusOK || o.WeeksMet != 5 || o.Score != nil || o.RankLow != nil) {
			t.Errorf("%+v", o)
		}
	}
}

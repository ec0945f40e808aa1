package metrics

import (
	"testing"

	"gaung/metrics/calendar"
	"gaung/metrics/stats"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

// steadyWaits is a region with six requests and complaints a month and OPD for
// two years: one OPD as quick as ever, one that suddenly takes long, and one
// with too few cases.
func steadyWaits(t testing.TB) *world {
	w := &world{region: region.Region{Code: "19.05", Name: "Kabupaten Bangka Selatan", Zone: zone(t, "Asia/Jakarta")}}
	w.agencies = []agency{
		{code: "lambat", name: "Dinas Lambat", hasSource: true},
		{code: "sepi", name: "Dinas Sepi", hasSource: true},
		{code: "tetap", name: "Dinas Tetap", hasSource: true},
	}
	last := mustMonth(t, "2026-10")
	for month := mustMonth(t, "2025-06"); !month.After(last); month = month.Add(1) {
		for i, code := range []string{"lambat", "tetap", "sepi"} {
			n, wait := 6, 3+month.First().Year()%2+int(month.Month)%3
			if code == "sepi" {
				n = 4
			}
			if i == 0 && month == last {
				wait = 26
			}
			for k := range n {
				received := month.First().Add(k)
				done := ref(received.Add(wait))
				w.ppid = append(w.ppid, worldRequest{opd: code, received: received, notified: done})
				w.complaints = append(w.complaints, worldComplaint{opd: code, kind: KindComplaint, submitted: received, responded: done, resolved: done})
			}
		}
	}
	return w
}

func TestCaseChanges(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	off := map[calendar.Day]bool{}
	for _, h := range storeHolidays(t, conn) {
		off[h.Day] = true
	}
	m, w := New(conn), steadyWaits(t)
	w.store(t, conn, 1)
	q := october(t, w)
	got, err := m.CaseChanges(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Months) != changeMonths || got.Months[changeMonths-1] != "2026-10" {
		t.Fatalf("months %v", got.Months)
	}
	for name, rows := range map[string][]CaseChange{"ppid": got.PPID, "first response": got.FirstResponse, "resolve": got.Resolve} {
		if len(rows) != 3 || rows[0].OPD != "lambat" || rows[1].OPD != "sepi" || rows[2].OPD != "tetap" {
			t.Fatalf("%s: rows %+v", name, rows)
		}
		if r := rows[1]; r.N != 0 || r.Mean != nil || r.Signal != nil {
			t.Errorf("%s: verdict on four cases a month: %+v", name, r)
		}
		if s := rows[0].Signal; s == nil || *s != Slower {
			t.Errorf("%s: the slow month has the signal %v", name, s)
		}
		if s := rows[2].Signal; s == nil || *s != Steady {
			t.Errorf("%s: the steady OPD has the signal %v", name, s)
		}
		if rows[2].N != 17 || rows[2].Points[0] != nil {
			t.Errorf("%s: %d points, the first is %v", name, rows[2].N, rows[2].Points[0])
		}
	}
	// Each point is the wait in the month's own report.
	for i, month := range got.Months {
		own := q
		own.Month = mustMonth(t, month)
		if got.PPID[2].Points[i] == nil || i%5 != 0 {
			continue
		}
		r, err := m.Report(t.Context(), own)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range r.PPID.OPD {
			if row.OPD == "tetap" && *row.RMSTWD != *got.PPID[2].Points[i] {
				t.Errorf("%s: point %v, report %v", month, *got.PPID[2].Points[i], *row.RMSTWD)
			}
		}
	}
	// Seen from a day of an earlier month, that month is not over yet.
	q.AsOf, q.AsOfSet = mustDay(t, "2026-10-20"), true
	if got, err = m.CaseChanges(t.Context(), q); err != nil || got.Months[changeMonths-1] != "2026-09" {
		t.Errorf("on 20 October the last month is %v, %v", got.Months[changeMonths-1], err)
	}
	if s := got.PPID[0].Signal; s == nil || *s != Steady {
		t.Errorf("in September nothing had happened yet, the signal is %v", s)
	}
}

// The worked example of docs/METHOD.md.
func TestCaseChangeExample(t *testing.T) {
	by := make([]tallies, 12)
	for i, days := range []int{6, 7, 5, 6, 8, 7, 6, 5, 7, 6, 7, 15} {
		c := &tally{}
		c.add(stopped, days, 10, minCases)
		by[i] = tallies{"a": c}
	}
	r := caseChart("a", "A", by)
	near := func(what string, got *float64, want float64) {
		t.Helper()
		if got == nil {
			t.Errorf("no %s, want %v", what, want)
		} else if *got < want-0.005 || *got > want+0.005 {
			t.Errorf("%s %v, want %v", what, *got, want)
		}
	}
	near("mean", r.Mean, 7.08)
	near("low", r.Low, 2.01)
	near("high", r.High, 12.16)
	if r.Signal == nil || *r.Signal != Slower || r.N != stats.MinChartPoints {
		t.Errorf("%+v", r)
	}
	if by[11]["a"] = nil; caseChart("a", "A", by).Mean != nil {
		t.Error("eleven points have limits")
	}
}

package delivery

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

func place(t testing.TB, zone string) region.Region {
	t.Helper()
	z, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return region.Region{Code: "99.01", Name: "Kabupaten Contoh", Zone: z}
}

// TestMonthEdges asks around midnight in all three zones: the same instant is
// another day, and another month, elsewhere.
func TestMonthEdges(t *testing.T) {
	for _, c := range []struct {
		zone, now  string // now in UTC
		day        int
		at         string
		wantPeriod string
		wantAt     string // in the zone
	}{
		// 1 November 00:30 in each zone, on a schedule of the 1st at 00:15.
		{"Asia/Jakarta", "2026-10-31 17:30", 1, "00:15", "2026-10", "2026-11-01 00:15"},
		{"Asia/Makassar", "2026-10-31 16:30", 1, "00:15", "2026-10", "2026-11-01 00:15"},
		{"Asia/Jayapura", "2026-10-31 15:30", 1, "00:15", "2026-10", "2026-11-01 00:15"},
		// 31 October 23:30: still the October run, of September.
		{"Asia/Jakarta", "2026-10-31 16:30", 1, "00:15", "2026-09", "2026-10-01 00:15"},
		{"Asia/Makassar", "2026-10-31 15:30", 1, "00:15", "2026-09", "2026-10-01 00:15"},
		{"Asia/Jayapura", "2026-10-31 14:30", 1, "00:15", "2026-09", "2026-10-01 00:15"},
		// The 31st of a month that has none is its last day.
		{"Asia/Jakarta", "2027-02-28 16:45", 31, "23:30", "2027-01", "2027-02-28 23:30"},
		{"Asia/Jakarta", "2028-02-29 16:15", 31, "23:30", "2027-12", "2028-01-31 23:30"},
		{"Asia/Jakarta", "2028-02-29 16:30", 31, "23:30", "2028-01", "2028-02-29 23:30"},
		{"Asia/Jayapura", "2026-12-31 23:00", 1, "08:00", "2026-12", "2027-01-01 08:00"},
		{"Asia/Jayapura", "2026-12-31 22:59", 1, "08:00", "2026-11", "2026-12-01 08:00"},
	} {
		s := &Schedule{Kind: Monthly, Region: place(t, c.zone), Day: c.day}
		hour, err := time.Parse("15:04", c.at)
		if err != nil {
			t.Fatal(err)
		}
		s.At = Clock(hour.Hour()*60 + hour.Minute())
		o := s.last(at(t, "UTC", c.now))
		if o.period != c.wantPeriod || !o.at.Equal(at(t, c.zone, c.wantAt)) {
			t.Errorf("%s at %s UTC: %s at %s, want %s at %s", c.zone, c.now, o.period, o.at, c.wantPeriod, c.wantAt)
		}
	}
}

func TestWeekly(t *testing.T) {
	for _, c := range []struct {
		zone, now, wantPeriod, wantMonday string
		weekday                           time.Weekday
	}{
		// Monday 2 November 2026, 07:00 on the clock of the place.
		{"Asia/Jakarta", "2026-11-02 00:00", "2026-W44", "2026-10-26", time.Monday},
		{"Asia/Jakarta", "2026-11-01 23:59", "2026-W43", "2026-10-19", time.Monday},
		{"Asia/Jayapura", "2026-11-01 22:00", "2026-W44", "2026-10-26", time.Monday},
		{"Asia/Makassar", "2026-11-01 22:59", "2026-W43", "2026-10-19", time.Monday},
		// Friday's digest tells of the week before, Sunday's as well: its own has not ended.
		{"Asia/Jakarta", "2026-11-06 01:00", "2026-W44", "2026-10-26", time.Friday},
		{"Asia/Jakarta", "2026-11-08 01:00", "2026-W44", "2026-10-26", time.Sunday},
		// The week that both years have.
		{"Asia/Jakarta", "2027-01-04 01:00", "2026-W53", "2026-12-28", time.Monday},
	} {
		s := &Schedule{Kind: Weekly, Region: place(t, c.zone), At: 7 * 60, Weekday: c.weekday}
		o := s.last(at(t, "UTC", c.now))
		if o.period != c.wantPeriod || o.week.Monday.String() != c.wantMonday {
			t.Errorf("%s at %s UTC: %s from %s, want %s from %s", c.zone, c.now, o.period, o.week.Monday, c.wantPeriod, c.wantMonday)
		}
	}
}

func TestChecks(t *testing.T) {
	s := &Schedule{Kind: Alerts, Region: place(t, "Asia/Makassar"), At: 7 * 60, Every: 4 * time.Hour}
	for _, c := range []struct{ now, at, next string }{
		{"2026-11-05 06:59", "2026-11-04 07:00", "2026-11-05 07:00"},
		{"2026-11-05 07:00", "2026-11-05 07:00", "2026-11-05 11:00"},
		{"2026-11-05 18:59", "2026-11-05 15:00", "2026-11-05 19:00"},
		{"2026-11-05 23:30", "2026-11-05 23:00", "2026-11-06 07:00"},
		{"2026-11-06 00:30", "2026-11-05 07:00", "2026-11-06 07:00"},
	} {
		now := at(t, "Asia/Makassar", c.now)
		o := s.last(now)
		if !o.at.Equal(at(t, "Asia/Makassar", c.at)) || !o.next.Equal(at(t, "Asia/Makassar", c.next)) {
			t.Errorf("%s: at %s, next %s", c.now, o.at, o.next)
		}
		if early := now.Hour() < 7; early != !now.Before(o.until) {
			t.Errorf("%s: until %s", c.now, o.until)
		}
	}
}

// TestOccurrences holds for every schedule and instant: the last time is not
// in the future, the next one is, and there is none between them.
func TestOccurrences(t *testing.T) {
	zones := []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Pontianak"}
	rapid.Check(t, func(rt *rapid.T) {
		s := &Schedule{
			Kind: rapid.SampledFrom([]ScheduleKind{Monthly, Weekly, Alerts}).Draw(rt, "kind"), Region: place(t, rapid.SampledFrom(zones).Draw(rt, "zone")),
			At: Clock(rapid.IntRange(0, 1439).Draw(rt, "at")), Day: rapid.IntRange(1, 31).Draw(rt, "day"),
			Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(rt, "weekday")),
			Every:   time.Duration(rapid.SampledFrom([]int{0, 15, 60, 90, 720}).Draw(rt, "every")) * time.Minute,
		}
		now := time.Unix(rapid.Int64Range(1577836800, 1893456000).Draw(rt, "now"), 0)
		o := s.last(now)
		if o.at.After(now) || !o.next.After(now) {
			rt.Fatalf("at %s, now %s, next %s", o.at, now, o.next)
		}
		if s.Kind != Alerts {
			if just := s.last(o.next.Add(-time.Second)); !just.at.Equal(o.at) || just.period != o.period {
				rt.Fatalf("between %s and %s there is %s", o.at, o.next, just.at)
			}
			back, err := s.again(o.period)
			if err != nil || back.month != o.month || back.week != o.week {
				rt.Fatalf("%q reads back as %+v, %v", o.period, back, err)
			}
			if end := calendar.DayOf(o.at, s.Region.Zone); o.month.Year > 0 && o.month.Last() >= end || s.Kind == Weekly && o.week.Sunday() >= end {
				rt.Fatalf("sent on %s before %s is over", end, o.period)
			}
		}
		if then := s.last(o.next); !then.at.Equal(o.next) {
			rt.Fatalf("after %s comes %s, not %s", o.at, then.at, o.next)
		}
	})
}

func FuzzParseWeek(f *testing.F) {
	for _, text := range []string{"2026-W45", "2026-W53", "2027-W01", "", "2026-W", "W1", "2026-W99", "-1-W1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w, err := parseWeek(text)
		if err == nil && w.Monday.Weekday() != time.Monday {
			t.Errorf("%q begins on a %s", text, w.Monday.Weekday())
		}
	})
}

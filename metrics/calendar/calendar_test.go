package calendar

import (
	"encoding/csv"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// decreed reads the holiday list of the tests: 2019 to 2027.
func decreed(t testing.TB) []Holiday {
	t.Helper()
	f, err := os.Open("testdata/holidays_id.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []Holiday
	for _, row := range rows[1:] {
		out = append(out, Holiday{Day: day(t, row[0]), Name: row[1], Kind: row[2]})
	}
	return out
}

func day(t testing.TB, text string) Day {
	t.Helper()
	d, err := ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func national(t testing.TB, extra ...Holiday) *Calendar {
	t.Helper()
	c, err := New(append(decreed(t), extra...))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestGoldenDueDates(t *testing.T) {
	c := national(t)
	for _, tt := range []struct {
		from  string
		limit int
		due   string
	}{
		{"2023-04-13", 10, "2023-05-05"},
		{"2023-04-13", 17, "2023-05-16"},
		{"2024-04-05", 10, "2024-04-29"},
		{"2025-08-15", 3, "2025-08-21"},
		{"2026-03-13", 5, "2026-03-27"},
		{"2026-03-13", 14, "2026-04-10"},
		{"2026-03-13", 60, "2026-06-24"},
		{"2026-12-18", 10, "2027-01-07"},
		{"2024-02-28", 1, "2024-02-29"}, // a leap day is worked
		{"2018-12-31", 1, "2019-01-02"}, // the day before the record
		{"2026-10-10", 0, "2026-10-10"}, // no limit: due at once, even on a Saturday
	} {
		got, err := c.Due(day(t, tt.from), tt.limit)
		if err != nil {
			t.Fatalf("Due(%s, %d): %v", tt.from, tt.limit, err)
		}
		if got.String() != tt.due {
			t.Errorf("Due(%s, %d) = %s, want %s", tt.from, tt.limit, got, tt.due)
		}
		if n, err := c.Between(day(t, tt.from), got); err != nil || n != tt.limit {
			t.Errorf("Between(%s, %s) = %d, %v, want %d", tt.from, got, n, err, tt.limit)
		}
	}
}

// The working days per year of the holiday list, Monday to Friday.
func TestWorkingDaysPerYear(t *testing.T) {
	c := national(t)
	for year, want := range map[int]int{2019: 246, 2020: 243, 2021: 248, 2022: 246, 2023: 239, 2024: 238, 2025: 237, 2026: 240, 2027: 242} {
		got, err := c.Between(Date(year-1, 12, 31), Date(year, 12, 31))
		if err != nil || got != want {
			t.Errorf("%d has %d working days (%v), want %d", year, got, err, want)
		}
	}
	if diff := cmp.Diff([]int{2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027}, c.Years()); diff != "" {
		t.Errorf("years (-want +got):\n%s", diff)
	}
}

func TestWorkingSaysWhy(t *testing.T) {
	c := national(t,
		Holiday{Day: day(t, "2025-08-27"), Name: "Pilkada ulang", Kind: Regional},
		Holiday{Day: day(t, "2021-05-13"), Name: "Kenaikan Yesus Kristus", Kind: National},
		Holiday{Day: day(t, "2026-03-18"), Name: "Hari jadi", Kind: Regional},
	)
	for _, tt := range []struct {
		day     string
		working bool
		why     string
	}{
		{"2026-03-17", true, "hari kerja"},
		{"2026-03-18", false, "cuti bersama: Cuti Bersama Hari Suci Nyepi (Tahun Baru Saka 1948); libur daerah: Hari jadi"},
		{"2026-03-19", false, "libur nasional: Hari Suci Nyepi (Tahun Baru Saka 1948)"},
		{"2026-03-14", false, "akhir pekan (Sabtu)"},
		{"2026-03-15", false, "akhir pekan (Minggu)"},
		{"2026-03-21", false, "akhir pekan (Sabtu); libur nasional: Hari Raya Idulfitri 1447 Hijriah"},
		{"2025-08-27", false, "libur daerah: Pilkada ulang"},
		{"2021-05-13", false, "libur nasional: Hari Raya Idulfitri 1442 Hijriah / Kenaikan Yesus Kristus; libur nasional: Kenaikan Yesus Kristus"},
	} {
		working, why, err := c.Working(day(t, tt.day))
		if err != nil || working != tt.working || why != tt.why {
			t.Errorf("Working(%s) = %v, %q, %v; want %v, %q", tt.day, working, why, err, tt.working, tt.why)
		}
	}
}

// Two holidays on one date take away one day, and a row given twice is one.
func TestDuplicateDates(t *testing.T) {
	once := national(t)
	twice, err := New(append(decreed(t), decreed(t)...))
	if err != nil {
		t.Fatal(err)
	}
	a, b := Date(2019, 1, 1), Date(2027, 12, 31)
	n1, err1 := once.Between(a, b)
	n2, err2 := twice.Between(a, b)
	if err1 != nil || err2 != nil || n1 != n2 || n1 == 0 {
		t.Errorf("working days: once %d (%v), twice %d (%v)", n1, err1, n2, err2)
	}
	_, why, err := twice.Working(day(t, "2026-03-19"))
	if err != nil || why != "libur nasional: Hari Suci Nyepi (Tahun Baru Saka 1948)" {
		t.Errorf("why = %q, %v", why, err)
	}
}

func TestUnknownYearIsLoud(t *testing.T) {
	gap := []Holiday{
		{Day: Date(2024, 1, 1), Name: "Tahun Baru", Kind: National},
		{Day: Date(2025, 8, 18), Name: "hanya cuti", Kind: JointLeave}, // does not make 2025 known
		{Day: Date(2025, 9, 1), Name: "hanya daerah", Kind: Regional},
		{Day: Date(2026, 1, 1), Name: "Tahun Baru", Kind: National},
	}
	c, err := New(gap)
	if err != nil {
		t.Fatal(err)
	}
	empty, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		call func() error
		year int
	}{
		{"span over a gap", func() error { _, err := c.Between(Date(2024, 12, 1), Date(2026, 1, 5)); return err }, 2025},
		{"span into a gap", func() error { _, err := c.Between(Date(2024, 12, 1), Date(2025, 1, 1)); return err }, 2025},
		{"due in a gap", func() error { _, err := c.Due(Date(2024, 12, 27), 10); return err }, 2025},
		{"due after the record", func() error { _, err := c.Due(Date(2026, 12, 30), 5); return err }, 2027},
		{"before the record", func() error { _, err := c.Between(Date(2023, 3, 1), Date(2024, 3, 1)); return err }, 2023},
		{"after the record", func() error { _, err := c.Between(Date(2026, 12, 31), Date(2027, 1, 1)); return err }, 2027},
		{"far after the record", func() error { _, err := c.Between(Date(2026, 12, 1), Date(2030, 1, 1)); return err }, 2027},
		{"working", func() error { _, _, err := c.Working(Date(2025, 3, 3)); return err }, 2025},
		{"prefix", func() error { _, err := c.Prefix(Date(2024, 12, 1), Date(2025, 2, 1)); return err }, 2025},
		{"no holidays at all", func() error { _, err := empty.Due(Date(2026, 1, 1), 1); return err }, 2026},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var unknown *YearUnknownError
			if err := tt.call(); !errors.As(err, &unknown) || unknown.Year != tt.year {
				t.Errorf("error %v, want the year %d unknown", err, tt.year)
			}
		})
	}
	if n, err := c.Between(Date(2024, 1, 5), Date(2024, 1, 5)); n != 0 || err != nil {
		t.Errorf("the same day: %d, %v", n, err)
	}
	if n, err := c.Between(Date(2025, 1, 5), Date(2024, 1, 5)); n != 0 || err != nil {
		t.Errorf("backwards: %d, %v", n, err)
	}
	if n, err := c.Between(Date(2023, 12, 31), Date(2024, 12, 31)); n != 261 || err != nil { // 262 week days, less 1 January
		t.Errorf("2024 from the eve of the record: %d, %v, want 261", n, err)
	}
}

func TestUnknownKindIsRefused(t *testing.T) {
	if _, err := New([]Holiday{{Day: Date(2026, 1, 1), Name: "x", Kind: "libur sekolah"}}); err == nil {
		t.Error("a kind nobody knows was taken")
	}
}

// Between and Prefix against a loop over the days.
func TestBetweenAgainstLoop(t *testing.T) {
	c := national(t)
	lo, hi := int(Date(2019, 1, 1)), int(Date(2027, 12, 31))
	rapid.Check(t, func(t *rapid.T) {
		a := Day(rapid.IntRange(lo, hi).Draw(t, "a"))
		b := Day(rapid.IntRange(lo, hi).Draw(t, "b"))
		n := 0
		for d := a + 1; d <= b; d++ {
			working, _, err := c.Working(d)
			if err != nil {
				t.Fatal(err)
			}
			if working {
				n++
			}
		}
		if got, err := c.Between(a, b); err != nil || got != n {
			t.Fatalf("Between(%s, %s) = %d, %v, want %d", a, b, got, err, n)
		}
		if b >= a {
			prefix, err := c.Prefix(a, b)
			if err != nil || len(prefix) != b.Sub(a)+1 || int(prefix[len(prefix)-1]) != n || prefix[0] != 0 {
				t.Fatalf("Prefix(%s, %s) = %v, %v, want to end in %d", a, b, prefix, err, n)
			}
		}
	})
}

// Between is additive, Due is its inverse and monotone, and a due day is worked.
func TestCalendarProperties(t *testing.T) {
	c := national(t)
	lo, hi := int(Date(2019, 1, 1)), int(Date(2026, 6, 30))
	between := func(t *rapid.T, a, b Day) int {
		n, err := c.Between(a, b)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	rapid.Check(t, func(t *rapid.T) {
		a := Day(rapid.IntRange(lo, hi).Draw(t, "a"))
		b := a.Add(rapid.IntRange(0, 200).Draw(t, "b"))
		e := b.Add(rapid.IntRange(0, 200).Draw(t, "c"))
		if between(t, a, e) != between(t, a, b)+between(t, b, e) {
			t.Fatalf("not additive over %s %s %s", a, b, e)
		}
		limit := rapid.IntRange(1, 120).Draw(t, "limit")
		due, err := c.Due(a, limit)
		if err != nil {
			t.Fatal(err)
		}
		if between(t, a, due) != limit || between(t, a, due-1) != limit-1 {
			t.Fatalf("Due(%s, %d) = %s is not the first day with that many working days", a, limit, due)
		}
		if working, _, err := c.Working(due); err != nil || !working {
			t.Fatalf("Due(%s, %d) = %s is not worked (%v)", a, limit, due, err)
		}
		later, err := c.Due(b, limit)
		if err != nil || later < due {
			t.Fatalf("a later start %s is due earlier: %s before %s (%v)", b, later, due, err)
		}
	})
}

// A regional day off never makes a due date earlier.
func TestRegionalDayDelays(t *testing.T) {
	plain, list := national(t), decreed(t)
	rapid.Check(t, func(t *rapid.T) {
		from := Day(rapid.IntRange(int(Date(2019, 1, 1)), int(Date(2026, 6, 30))).Draw(t, "from"))
		limit := rapid.IntRange(1, 60).Draw(t, "limit")
		off := from.Add(rapid.IntRange(0, 90).Draw(t, "off"))
		overlaid, err := New(append(slices.Clip(list), Holiday{Day: off, Name: "Hari jadi", Kind: Regional}))
		if err != nil {
			t.Fatal(err)
		}
		a, err1 := plain.Due(from, limit)
		b, err2 := overlaid.Due(from, limit)
		if err1 != nil || err2 != nil || b < a {
			t.Fatalf("Due %s (%v) became %s (%v)", a, err1, b, err2)
		}
	})
}

func TestDaysInZones(t *testing.T) {
	for _, tt := range []struct {
		utc, zone, want string
	}{
		{"2026-10-31T16:30:00Z", "Asia/Jakarta", "2026-10-31"},  // 23:30 WIB
		{"2026-10-31T17:30:00Z", "Asia/Jakarta", "2026-11-01"},  // 00:30 WIB
		{"2026-10-31T15:30:00Z", "Asia/Makassar", "2026-10-31"}, // 23:30 WITA
		{"2026-10-31T16:30:00Z", "Asia/Makassar", "2026-11-01"}, // 00:30 WITA
		{"2026-10-31T14:30:00Z", "Asia/Jayapura", "2026-10-31"}, // 23:30 WIT
		{"2026-10-31T15:30:00Z", "Asia/Jayapura", "2026-11-01"}, // 00:30 WIT
		{"2024-02-28T17:00:00Z", "Asia/Jakarta", "2024-02-29"},  // leap day begins
	} {
		zone, err := time.LoadLocation(tt.zone)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse(time.RFC3339, tt.utc)
		if err != nil {
			t.Fatal(err)
		}
		d := DayOf(at, zone)
		if d.String() != tt.want {
			t.Errorf("%s in %s is %s, want %s", tt.utc, tt.zone, d, tt.want)
		}
		if start, end := d.Time(zone), d.End(zone); at.Before(start) || !at.Before(end) || end.Sub(start) != 24*time.Hour {
			t.Errorf("%s is not within %s … %s", tt.utc, start, end)
		}
	}
}

func TestMonths(t *testing.T) {
	for _, tt := range []struct{ month, first, last, next string }{
		{"2024-02", "2024-02-01", "2024-02-29", "2024-03"},
		{"2026-02", "2026-02-01", "2026-02-28", "2026-03"},
		{"2100-02", "2100-02-01", "2100-02-28", "2100-03"},
		{"2026-12", "2026-12-01", "2026-12-31", "2027-01"},
	} {
		m, err := ParseMonth(tt.month)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{m.String(), m.First().String(), m.Last().String(), m.Add(1).String(), m.Add(1).Add(-1).String()}
		if diff := cmp.Diff([]string{tt.month, tt.first, tt.last, tt.next, tt.month}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.month, diff)
		}
	}
}

func TestWeeksOfAMonth(t *testing.T) {
	for month, want := range map[string][]string{
		"2026-10": {"2026-09-28", "2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26"}, // Thursdays 1, 8, 15, 22, 29
		"2026-11": {"2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"},
		"2027-01": {"2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25"}, // 1 January 2027 is week 53 of 2026
		"2026-01": {"2025-12-29", "2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"},
	} {
		m, err := ParseMonth(month)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range m.Weeks() {
			got = append(got, w.Monday.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("weeks of %s (-want +got):\n%s", month, diff)
		}
	}
}

// The weeks of consecutive months follow each other without gap or overlap,
// and agree with the standard library's ISO weeks.
func TestWeeksTile(t *testing.T) {
	m := Month{2015, time.January}
	next := m.Weeks()[0].Monday
	for ; m.Year < 2035; m = m.Add(1) {
		for _, w := range m.Weeks() {
			if w.Monday != next {
				t.Fatalf("%s: week of %s, want %s", m, w.Monday, next)
			}
			y1, w1 := w.Thursday().Time(time.UTC).ISOWeek()
			y2, w2 := w.Monday.Time(time.UTC).ISOWeek()
			if y1 != y2 || w1 != w2 || w.Thursday().Weekday() != time.Thursday {
				t.Fatalf("week of %s is not an ISO week", w.Monday)
			}
			next = w.Monday.Add(7)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2026-10-31", "2024-02-29", "2023-02-29", "", "31/10/2026", "0000-01-01", "9999-12-31"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDay(text)
		if err == nil && d.String() != text {
			t.Errorf("%q was read as %s", text, d)
		}
		m, err := ParseMonth(text)
		if err == nil && m.String() != text {
			t.Errorf("%q was read as month %s", text, m)
		}
	})
}

func BenchmarkBetween(b *testing.B) {
	c := national(b)
	from, to := Date(2019, 1, 1), Date(2027, 12, 31)
	for b.Loop() {
		if _, err := c.Between(from, to); err != nil {
			b.Fatal(err)
		}
	}
}

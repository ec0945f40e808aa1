package calendar

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPeriodBefore(t *testing.T) {
	for _, tt := range []struct{ first, last, before, yearBefore string }{
		{"2026-10-01", "2026-10-31", "2026-09", "2025-10"},
		{"2026-03-01", "2026-03-31", "2026-02", "2025-03"},
		{"2026-07-01", "2026-09-30", "2026-04-01..2026-06-30", "2025-07-01..2025-09-30"},
		{"2026-10-08", "2026-11-04", "2026-09-10..2026-10-07", "2025-10-08..2025-11-04"},
		{"2024-02-01", "2024-02-29", "2024-01", "2023-02"},
		{"2025-02-01", "2025-02-28", "2025-01", "2024-02"},
		{"2024-02-10", "2024-02-29", "2024-01-21..2024-02-09", "2023-02-10..2023-02-28"},
		{"2024-02-29", "2024-03-05", "2024-02-23..2024-02-28", "2023-02-28..2023-03-05"},
		{"2025-02-10", "2025-02-28", "2025-01-22..2025-02-09", "2024-02-10..2024-02-28"},
		{"2026-01-01", "2026-12-31", "2025-01-01..2025-12-31", "2025-01-01..2025-12-31"},
		{"2026-10-15", "2026-10-15", "2026-10-14..2026-10-14", "2025-10-15..2025-10-15"},
	} {
		p := Period{day(t, tt.first), day(t, tt.last)}
		if diff := cmp.Diff([]string{tt.before, tt.yearBefore}, []string{p.Before().String(), p.YearBefore().String()}); diff != "" {
			t.Errorf("%s: %s", p, diff)
		}
	}
}

// The period of a month is the month, and every week belongs to one of two
// periods that follow each other.
func TestPeriodProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := Date(rapid.IntRange(1971, 2100).Draw(t, "year"), 1, 1).Add(rapid.IntRange(0, 400).Draw(t, "day"))
		m := MonthOf(first)
		if got, ok := m.Period().Month(); !ok || got != m || m.Period().String() != m.String() {
			t.Fatalf("%v is not its own month", m)
		}
		if diff := cmp.Diff(m.Weeks(), m.Period().Weeks()); diff != "" {
			t.Fatal(diff)
		}
		p := Period{first, first.Add(rapid.IntRange(0, 120).Draw(t, "more"))}
		if before := p.Before(); before.Last.Add(1) != p.First || p.wholeMonths() == 0 && before.Days() != p.Days() {
			t.Fatalf("%v before %v", before, p)
		}
		cut := p.First.Add(rapid.IntRange(0, p.Days()-1).Draw(t, "cut"))
		both := append(Period{p.First, cut}.Weeks(), Period{cut.Add(1), p.Last}.Weeks()...)
		if diff := cmp.Diff(p.Weeks(), both); diff != "" {
			t.Fatal(diff)
		}
		if y := p.YearBefore(); y.Last.Year() != p.Last.Year()-1 || y.First.Year() != p.First.Year()-1 {
			t.Fatalf("%v a year before %v", y, p)
		}
	})
}

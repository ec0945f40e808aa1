package metrics

import (
	"testing"

	"gaung/metrics/calendar"
)

// The twelve months of the exposure end with the as-of day, for the works as
// for the working days, whatever the day of the month.
func TestYearOfExposure(t *testing.T) {
	var daysOff []calendar.Holiday
	for year := 2023; year <= 2026; year++ {
		daysOff = append(daysOff, calendar.Holiday{Day: calendar.Date(year, 1, 1), Name: "Tahun Baru", Kind: "libur nasional"})
	}
	for asOf, want := range map[string]string{
		"2026-11-05": "2025-11-06",
		"2026-10-31": "2025-11-01",
		"2024-02-29": "2023-03-01",
		"2025-02-28": "2024-02-29",
	} {
		s := &snapshot{query: Query{Month: mustMonth(t, "2026-10")}, asOf: mustDay(t, asOf)}
		if got := s.yearFrom().String(); got != want {
			t.Errorf("to %s: from %s, want %s", asOf, got, want)
		}
		var e Exposure
		cal, err := calendar.New(daysOff)
		if err != nil {
			t.Fatal(err)
		}
		s.exposure(&e, office{}, cal)
		if want, err := cal.Between(mustDay(t, want).Add(-1), s.asOf); err != nil || e.WorkingDays == nil || *e.WorkingDays != want {
			t.Errorf("to %s: %v working days, want %d, %v", asOf, e.WorkingDays, want, err)
		}
	}
}

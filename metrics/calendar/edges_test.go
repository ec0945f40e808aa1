package calendar

import (
	"errors"
	"testing"
)

// The last working day of the last year with a decree is still answered for;
// the day after it is not.
func TestDueOnTheLastDayOnRecord(t *testing.T) {
	c, err := New([]Holiday{{Day: day(t, "2026-01-01"), Name: "Tahun Baru Masehi", Kind: National}})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.Due(day(t, "2026-12-29"), 2); err != nil || got != day(t, "2026-12-31") {
		t.Errorf("two days after 29 December: %s, %v", got, err)
	}
	var unknown *YearUnknownError
	if got, err := c.Due(day(t, "2026-12-29"), 3); !errors.As(err, &unknown) || unknown.Year != 2027 {
		t.Errorf("three days after 29 December: %s, %v", got, err)
	}
}

func TestHolidayKnowsOrdinaryDays(t *testing.T) {
	c, err := New([]Holiday{
		{Day: day(t, "2026-01-01"), Name: "Tahun Baru Masehi", Kind: National},
		{Day: day(t, "2026-05-02"), Name: "Hari Jadi", Kind: Regional}, // a Saturday
	})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{"2026-01-01": true, "2026-05-02": true, "2026-05-03": false, "2026-05-04": false} {
		if got := c.Holiday(day(t, text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// Several reasons of a day are named in the order of their weight, whatever
// the order of the lists: the national day before the joint leave before the
// region's own.
func TestReasonsAreOrdered(t *testing.T) {
	at := day(t, "2026-05-04")
	list := []Holiday{
		{Day: at, Name: "Daerah", Kind: Regional},
		{Day: at, Name: "Bersama", Kind: JointLeave},
		{Day: at, Name: "Nasional", Kind: National},
	}
	for _, order := range [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		c, err := New([]Holiday{list[order[0]], list[order[1]], list[order[2]]})
		if err != nil {
			t.Fatal(err)
		}
		_, why, err := c.Working(at)
		if want := National + ": Nasional; " + JointLeave + ": Bersama; " + Regional + ": Daerah"; err != nil || why != want {
			t.Errorf("%v: %q, %v", order, why, err)
		}
	}
}

func TestEdgesOfSpans(t *testing.T) {
	p := Period{day(t, "2026-10-08"), day(t, "2026-11-04")}
	for text, want := range map[string]bool{"2026-10-07": false, "2026-10-08": true, "2026-11-04": true, "2026-11-05": false} {
		if got := p.Contains(day(t, text)); got != want {
			t.Errorf("%s in %s: %v", text, p, got)
		}
	}
	october := MonthOf(day(t, "2026-10-08"))
	for text, want := range map[string]bool{"2026-09-30": false, "2026-10-01": true, "2026-10-31": true, "2026-11-01": false} {
		if got := october.Contains(day(t, text)); got != want {
			t.Errorf("%s in %s: %v", text, october, got)
		}
	}
	if october.After(october) || !october.After(october.Add(-1)) || october.After(october.Add(1)) {
		t.Error("a month is after the one before it, and after no other")
	}
}

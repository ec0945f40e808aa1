package examples

import (
	"fmt"
	"strings"
	"time"
)

// calendar knows the days on which the regency's offices are closed. It only
// shapes the generated delays; what Gaung measures uses its own calendar.
type calendar struct{ closed map[string]bool }

func loadCalendar() (calendar, error) {
	text, err := wordFiles.ReadFile("words/libur.txt")
	if err != nil {
		return calendar{}, fmt.Errorf("examples: read days off: %w", err)
	}
	c := calendar{closed: make(map[string]bool)}
	for _, day := range lines(string(text)) {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return calendar{}, fmt.Errorf("examples: days off: %w", err)
		}
		c.closed[day] = true
	}
	c.closed[anniversary.day] = true
	return c, nil
}

// anniversary is the regency's own day off (libur daerah).
var anniversary = struct{ day, name, decree string }{
	"2026-10-12", "Hari Jadi Kabupaten Contoh", "Keputusan Bupati Contoh Nomor 99 Tahun 2026 (data contoh)",
}

// working says whether offices are open on a local day.
func (c calendar) working(day time.Time) bool {
	weekday := day.Weekday()
	return weekday != time.Saturday && weekday != time.Sunday && !c.closed[day.Format(time.DateOnly)]
}

// add is the local midnight n working days after t; with n 0 it is the first
// working day from t on.
func (c calendar) add(t time.Time, n int) time.Time {
	day := midnight(t)
	for !c.working(day) {
		day = day.AddDate(0, 0, 1)
	}
	for n > 0 {
		if day = day.AddDate(0, 0, 1); c.working(day) {
			n--
		}
	}
	return day
}

// since counts the working days after t's day up to and including u's day.
func (c calendar) since(t, u time.Time) int {
	n := 0
	for day := midnight(t).AddDate(0, 0, 1); !day.After(u); day = day.AddDate(0, 0, 1) {
		if c.working(day) {
			n++
		}
	}
	return n
}

// lastWorking is the last working day of a month.
func (c calendar) lastWorking(t time.Time) time.Time {
	day := lastOfMonth(t)
	for !c.working(day) {
		day = day.AddDate(0, 0, -1)
	}
	return day
}

func midnight(t time.Time) time.Time {
	t = t.In(zone)
	return at(t.Year(), t.Month(), t.Day(), 0, 0)
}

func lastOfMonth(t time.Time) time.Time { return at(t.Year(), t.Month()+1, 0, 0, 0) }

// officeHour is a moment of office work on a day, 08:00 to 16:00, never
// before floor.
func (c chance) officeHour(day, floor time.Time) time.Time {
	t := midnight(day).Add(8*time.Hour + time.Duration(c.IntN(8*60))*time.Minute)
	if t.Before(floor) {
		t = floor.Add(time.Duration(c.between(5, 90)) * time.Minute)
	}
	return t
}

// after is a moment about n working days after t, in office hours.
func (c chance) after(cal calendar, t time.Time, n int) time.Time {
	return c.officeHour(cal.add(t, n), t)
}

// isoDay is the local day of t.
func isoDay(t time.Time) string { return t.In(zone).Format(time.DateOnly) }

var (
	dayNames   = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}
	monthNames = [...]string{"", "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"}
)

// longDay is "Senin, 5 Oktober 2026".
func longDay(t time.Time) string {
	t = t.In(zone)
	return fmt.Sprintf("%s, %d %s %d", dayNames[t.Weekday()], t.Day(), monthNames[t.Month()], t.Year())
}

// lines are the lines of a word file without comments and blank lines.
func lines(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	return list
}

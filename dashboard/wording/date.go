package wording

import (
	"strconv"
	"time"

	"gaung/warehouse/region"
)

var monthNames = [...]string{
	"Januari", "Februari", "Maret", "April", "Mei", "Juni",
	"Juli", "Agustus", "September", "Oktober", "November", "Desember",
}

var monthAbbreviations = [...]string{
	"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
}

// Date writes the day of t, in t's own zone, short: 3 Jan 2026.
func (l Language) Date(t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + l.MonthAbbreviation(t.Month()) + " " + strconv.Itoa(t.Year())
}

// LongDate writes the day of t, in t's own zone: 3 Januari 2026.
func (l Language) LongDate(t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + l.Month(t.Year(), t.Month())
}

// Month writes a month: Oktober 2026.
func (l Language) Month(year int, month time.Month) string {
	return l.T(monthNames[month-1]+longMonth) + " " + strconv.Itoa(year)
}

// Instant writes a moment in a zone with the zone's label: 4 Nov 2026 pukul
// 21.15 WIB. The zero time is "belum pernah".
func (l Language) Instant(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return l.T("belum pernah")
	}
	local := t.In(zone)
	return l.T("{1} pukul {2} {3}", l.Date(local), local.Format(l.clock()), ZoneLabel(zone))
}

// ZoneLabel is WIB, WITA or WIT, or the zone's own name outside Indonesia.
func ZoneLabel(zone *time.Location) string { return region.Region{Zone: zone}.ZoneLabel() }

// Day writes a day given as YYYY-MM-DD, long: 5 November 2026. Text that is
// not a day comes back as it is.
func (l Language) Day(text string) string {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return l.LongDate(t)
}

// MonthOf writes a month given as YYYY-MM: Oktober 2026. Text that is not a
// month comes back as it is.
func (l Language) MonthOf(text string) string {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return text
	}
	return l.Month(t.Year(), t.Month())
}

// ShortMonthOf writes a month given as YYYY-MM: Okt 2026. Text that is not a
// month comes back as it is.
func (l Language) ShortMonthOf(text string) string {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return text
	}
	return l.MonthAbbreviation(t.Month()) + " " + strconv.Itoa(t.Year())
}

// ShortDay writes a day given as YYYY-MM-DD: 5 Okt 2026. Text that is not a
// day comes back as it is.
func (l Language) ShortDay(text string) string {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return l.Date(t)
}

// MonthAbbreviation writes a month short: Okt.
func (l Language) MonthAbbreviation(month time.Month) string { return l.T(monthAbbreviations[month-1]) }

var weekdayNames = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

// Weekday names the day of the week of a day given as YYYY-MM-DD. Text that is
// not a day has none.
func (l Language) Weekday(text string) string {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return ""
	}
	return l.T(weekdayNames[t.Weekday()])
}

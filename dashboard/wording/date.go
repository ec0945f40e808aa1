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
func Date(t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + monthAbbreviations[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// LongDate writes the day of t, in t's own zone: 3 Januari 2026.
func LongDate(t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + Month(t.Year(), t.Month())
}

// Month writes a month: Oktober 2026.
func Month(year int, month time.Month) string {
	return monthNames[month-1] + " " + strconv.Itoa(year)
}

// Instant writes a moment in a zone with the zone's label: 4 Nov 2026 pukul
// 21.15 WIB. The zero time is "belum pernah".
func Instant(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "belum pernah"
	}
	local := t.In(zone)
	return Date(local) + " pukul " + local.Format("15.04") + " " + ZoneLabel(zone)
}

// ZoneLabel is WIB, WITA or WIT, or the zone's own name outside Indonesia.
func ZoneLabel(zone *time.Location) string { return region.Region{Zone: zone}.ZoneLabel() }

// Day writes a day given as YYYY-MM-DD, long: 5 November 2026. Text that is
// not a day comes back as it is.
func Day(text string) string {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return LongDate(t)
}

// MonthOf writes a month given as YYYY-MM: Oktober 2026. Text that is not a
// month comes back as it is.
func MonthOf(text string) string {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return text
	}
	return Month(t.Year(), t.Month())
}

// ShortMonthOf writes a month given as YYYY-MM: Okt 2026. Text that is not a
// month comes back as it is.
func ShortMonthOf(text string) string {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return text
	}
	return monthAbbreviations[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// ShortDay writes a day given as YYYY-MM-DD: 5 Okt 2026. Text that is not a
// day comes back as it is.
func ShortDay(text string) string {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return Date(t)
}

// MonthAbbreviation writes a month short: Okt.
func MonthAbbreviation(month time.Month) string { return monthAbbreviations[month-1] }

var weekdayNames = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

// Weekday names the day of the week of a day given as YYYY-MM-DD. Text that is
// not a day has none.
func Weekday(text string) string {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return ""
	}
	return weekdayNames[t.Weekday()]
}

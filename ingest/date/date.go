// Package date reads dates and times as Indonesian websites, feeds, registers
// and spreadsheets write them.
//
// It never guesses silently: a text has one reading, a flag says what had to be
// assumed, or the reading is refused with a reason. Numeric dates are
// day/month/year, never month/day; a date that begins with a four-digit year is
// year-month-day. Two-digit years, Hijri dates and relative times ("2 jam yang
// lalu") are refused.
package date

import (
	"fmt"
	"slices"
	"time"
)

// Precision says how exactly a text fixes its instant.
type Precision string

const (
	// Day: the text has no time of day; At is midnight in the region's zone.
	Day Precision = "day"
	// Minute: the text has a time of day (seconds are kept where given).
	Minute Precision = "minute"
)

// Flags of a [Parsed] date: what was assumed, or what is odd.
const (
	// FlagZoneless: a time without a zone; the region's zone was assumed.
	FlagZoneless = "zoneless"
	// FlagFuture: the instant is more than an hour after now.
	FlagFuture = "future"
	// FlagAmbiguousDayMonth: a numeric date whose day and month differ and are
	// both at most 12; it was read day first.
	FlagAmbiguousDayMonth = "ambiguous_day_month"
	// FlagWeekdayMismatch: the weekday written beside the date is another one.
	FlagWeekdayMismatch = "weekday_mismatch"
)

// Reasons an [Error] carries.
const (
	// ReasonEmpty: no letter and no digit in the text.
	ReasonEmpty = "empty"
	// ReasonUnreadable: no form this package reads.
	ReasonUnreadable = "unreadable"
	// ReasonImpossible: a day or time that does not exist, such as 30 February
	// or 24:00.
	ReasonImpossible = "impossible"
	// ReasonEpoch: 1970-01-01 or a zero date, which programs write for
	// "no date".
	ReasonEpoch = "epoch"
	// ReasonOutOfRange: a year before 1990 or after next year.
	ReasonOutOfRange = "out_of_range"
)

// minYear is the first year accepted: no register or site of an agency is
// older, so an earlier year is a slip of the keyboard.
const minYear = 1990

// maxText is the longest text, in bytes, that can be a date.
const maxText = 160

// Parsed is a date that was read.
type Parsed struct {
	// At is the instant in UTC. With [Day] precision it is midnight of that day
	// in the region's zone.
	At time.Time
	// Precision is Day or Minute.
	Precision Precision
	// Flags lists the Flag constants that apply, sorted; nil if none.
	Flags []string
}

// Has reports whether the flag is set.
func (p Parsed) Has(flag string) bool { return slices.Contains(p.Flags, flag) }

// Error says why a text is no usable date.
type Error struct {
	// Text is what was given, cut to a printable length.
	Text string
	// Reason is one of the Reason constants.
	Reason string
}

// Error is a line for the person who keeps the source or the register.
func (e *Error) Error() string {
	switch e.Reason {
	case ReasonEmpty:
		return "tanggal kosong; isi seperti 2019-01-03 atau 3 Januari 2019"
	case ReasonImpossible:
		return fmt.Sprintf("tanggal %q tidak ada di kalender; periksa tanggal, bulan dan jamnya", e.Text)
	case ReasonEpoch:
		return fmt.Sprintf("tanggal %q adalah tanda kosong dari aplikasi (epoch), bukan tanggal sebenarnya; perbaiki di sumbernya", e.Text)
	case ReasonOutOfRange:
		return fmt.Sprintf("tahun pada %q di luar rentang %d sampai tahun depan; periksa tahunnya", e.Text, minYear)
	default:
		return fmt.Sprintf("tanggal %q tidak terbaca; tulis seperti 2019-01-03, 3/1/2019 atau 3 Januari 2019 10:00", e.Text)
	}
}

// Parse reads one date, with or without a time of day. A time without a zone
// is taken in zone, the region's (nil means UTC); WIB, WITA and WIT are +7, +8
// and +9. now decides the latest year accepted and the future flag. The error
// is an [*Error].
//
// Read are: 2006-01-02, 2006-01-02 15:04[:05], RFC 3339, the RFC 822/1123 forms
// of feeds with a four-digit year, C's asctime, d/m/yyyy, d-m-yyyy, d.m.yyyy,
// and Indonesian or English long dates ("Kamis, 3 Januari 2019 | 10.00 WIB",
// "January 3, 2019 10:00 am"), weekday first or missing, time before or after.
func Parse(text string, zone *time.Location, now time.Time) (Parsed, error) {
	if zone == nil {
		zone = time.UTC
	}
	if r, ok := iso(text); ok {
		return r.parsed(text, zone, now)
	}
	return parseAny(text, zone, now)
}

// parseAny reads a date in any form.
func parseAny(text string, zone *time.Location, now time.Time) (Parsed, error) {
	if len(text) > maxText {
		return Parsed{}, &Error{Text: printable(text), Reason: ReasonUnreadable}
	}
	tokens, reason := scan(text)
	if reason != "" {
		return Parsed{}, &Error{Text: printable(text), Reason: reason}
	}
	r := reading{tokens: tokens}
	if reason := r.read(); reason != "" {
		return Parsed{}, &Error{Text: printable(text), Reason: reason}
	}
	return r.parsed(text, zone, now)
}

// parsed turns the parts that were read into a date.
func (r *reading) parsed(text string, zone *time.Location, now time.Time) (Parsed, error) {
	at, reason := r.instant(zone, now)
	if reason != "" {
		return Parsed{}, &Error{Text: printable(text), Reason: reason}
	}
	p := Parsed{At: at.UTC(), Precision: Day}
	if r.hasTime {
		p.Precision = Minute
	}
	p.Flags = r.flags(at, now)
	return p, nil
}

// printable cuts a hostile text to what fits on a line.
func printable(text string) string {
	const most = 60
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "…"
}

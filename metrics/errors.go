package metrics

import (
	"errors"

	"gaung/metrics/calendar"
)

// ErrorKind says what sort of mistake a [UserError] is.
type ErrorKind string

// The kinds of user error.
const (
	UnknownRegion ErrorKind = "unknown_region"
	FutureMonth   ErrorKind = "future_month"
	NoCalendar    ErrorKind = "no_calendar" // a year without holidays on record
	BadRule       ErrorKind = "bad_rule"    // no such deadline rule, or none in force
	BadValue      ErrorKind = "bad_value"
	NotFound      ErrorKind = "not_found" // no such case or person by the as-of day
)

// UserError is a mistake a person can put right. Words is one line in
// Indonesian: what, where, what to do. Phrase is the same line with its values
// apart, so that a page can say it in another language.
type UserError struct {
	Kind   ErrorKind
	Words  string
	Phrase Phrase
	Err    error
}

// userError words a mistake; {1}, {2} … in the text stand for the arguments.
func userError(kind ErrorKind, text string, args ...any) *UserError {
	p := phrase(text, args...)
	return &UserError{Kind: kind, Words: p.String(), Phrase: p}
}

// Error is the words for the person at the edge.
func (e *UserError) Error() string { return e.Words }

// Unwrap returns the cause, nil if there is none.
func (e *UserError) Unwrap() error { return e.Err }

// forUser turns a calendar without data into words for a person and leaves
// every other error as it is.
func forUser(err error) error {
	var unknown *calendar.YearUnknownError
	if errors.As(err, &unknown) {
		e := userError(NoCalendar, "hari libur nasional tahun {1} belum ada; impor dahulu daftar hari libur tahun itu (gaung import holidays FILE)", unknown.Year)
		e.Err = err
		return e
	}
	return err
}

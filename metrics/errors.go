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
// Indonesian: what, where, what to do.
type UserError struct {
	Kind  ErrorKind
	Words string
	Err   error
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
		return &UserError{Kind: NoCalendar, Words: unknown.Error(), Err: err}
	}
	return err
}

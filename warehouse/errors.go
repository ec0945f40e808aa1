package warehouse

import "fmt"

// Error is a failure with words for the person at the keyboard: what happened,
// where, and what to do, in Indonesian. Err holds the whole story for the log;
// it may be nil.
type Error struct {
	Words string
	Err   error
}

// Error returns the words.
func (e *Error) Error() string { return e.Words }

// Unwrap returns the technical cause.
func (e *Error) Unwrap() error { return e.Err }

func failure(err error, format string, args ...any) *Error {
	return &Error{Words: fmt.Sprintf(format, args...), Err: err}
}

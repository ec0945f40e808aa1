package ingest

import "fmt"

// ErrorKind says whose move it is after an [Error].
type ErrorKind string

const (
	// Usage is a wrong argument or a file that cannot be used as it is:
	// nothing was written.
	Usage ErrorKind = "usage"
	// Failed is everything else: what was written before is kept, counted
	// nowhere until the run is repeated.
	Failed ErrorKind = "failed"
)

// Error is an error for a person: Words is one Indonesian line that says
// what, where and what to do; Err is the cause for the log.
type Error struct {
	Kind  ErrorKind
	Words string
	Err   error
}

// Error is the words for the person at the edge.
func (e *Error) Error() string { return e.Words }

// Unwrap returns the cause, nil if there is none.
func (e *Error) Unwrap() error { return e.Err }

func usagef(format string, args ...any) *Error {
	return &Error{Kind: Usage, Words: fmt.Sprintf(format, args...)}
}

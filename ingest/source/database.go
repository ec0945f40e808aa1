package source

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// pageRows is how many rows are read and delivered together.
	pageRows = 2000
	// maxTie is how many rows may share one mark.
	maxTie = 256_000
	// overlap is how far behind the last mark the next poll reads again: a
	// transaction that was still open then may have written an older stamp.
	overlap = 2 * time.Minute
	// maxAhead is how far in the future a mark may lie and still be believed.
	maxAhead = 24 * time.Hour
	// pollTimeout bounds one poll.
	pollTimeout = 30 * time.Minute
)

// databaseReader reads the rows of one query by their mark.
type databaseReader struct {
	source Source
	config Database
	// zone is that of stamps without one; convert says that it is not the
	// region's, so that they must carry their offset.
	zone    *time.Location
	convert bool
	now     func() time.Time
}

var _ RowReader = (*databaseReader)(nil)

// ReadRows implements [RowReader].
func (r *databaseReader) ReadRows(ctx context.Context, state RowState, bind func([]string) ([]bool, error), emit func(RowPage) error) (RowAnswer, error) {
	dsn, failure := r.config.secretDSN()
	if failure != nil {
		return RowAnswer{}, failure
	}
	d := r.config.dialect()
	connect, target, failure := d.open(dsn, r.zone)
	if failure != nil {
		return RowAnswer{}, failure
	}
	limited, cancel := context.WithTimeout(ctx, pollTimeout)
	defer cancel()
	poll := &databasePoll{databaseReader: r, dialect: d, bind: bind, emit: emit, tail: newMarkTail(state)}
	poll.answer.Notes = []string{}
	err := poll.read(limited, connect, state)
	var refused *callerError
	switch {
	case err == nil:
		return poll.answer, nil
	case errors.As(err, &refused):
		return poll.answer, fmt.Errorf("source: deliver rows of %s: %w", r.source.Name, refused.err)
	case ctx.Err() != nil:
		return poll.answer, fmt.Errorf("source: read %s: %w", r.source.Name, context.Cause(ctx))
	}
	return poll.answer, databaseFailure(err, target, dsn)
}

// callerError is an error of bind or emit on its way out.
type callerError struct{ err error }

func (e *callerError) Error() string { return e.err.Error() }

// cellText is a value as text. NULL is empty.
func cellText(v any, databaseType string) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return strings.ToValidUTF8(v, "\uFFFD")
	case []byte:
		switch {
		case databaseType == "BIT":
			n := uint64(0)
			for _, b := range v {
				n = n<<8 | uint64(b)
			}
			return fmt.Sprint(n)
		case !utf8.Valid(v):
			return hex.EncodeToString(v) // a binary identifier
		}
		return string(v)
	case float32:
		return formatFloat(float64(v), 32)
	case float64:
		return formatFloat(v, 64)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	}
	return fmt.Sprint(v)
}

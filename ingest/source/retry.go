package source

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// maxRetryAfter caps what a server can make us wait for: a day. Longer
// values are mistakes or abuse.
const maxRetryAfter = 24 * time.Hour

func (f *Fetcher) backOff() *backoff.ExponentialBackOff {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval = f.firstWait
	b.MaxInterval = 10 * f.firstWait
	return b
}

// waitAndFail tells the backoff loop how long the server wants to be left
// alone, and keeps the failure for when no attempt is left.
type waitAndFail struct {
	failure *Failure
	wait    *backoff.RetryAfterError
}

func (e *waitAndFail) Error() string   { return e.failure.Error() }
func (e *waitAndFail) Unwrap() []error { return []error{e.failure, e.wait} }

// retry wraps the error of an attempt for the backoff loop.
func (f *Fetcher) retry(ctx context.Context, r Request, err error) error {
	if err == nil {
		return nil
	}
	f.options.Logger.Debug("fetch attempt failed", "url", r.URL, "error", err)
	var failure *Failure
	if ctx.Err() != nil || !errors.As(err, &failure) || !failure.temporary() {
		return backoff.Permanent(err)
	}
	if failure.RetryAfter > 0 {
		// Longer than MaxElapsed makes the loop give up at once, which is
		// what the server asked for.
		return &waitAndFail{failure: failure, wait: &backoff.RetryAfterError{Duration: failure.RetryAfter}}
	}
	return failure
}

// retryAfter reads a Retry-After header: seconds or an HTTP date (RFC 9110
// section 10.2.3). Zero when absent, unreadable or past.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if text == "" {
		return 0
	}
	var wait time.Duration
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		if seconds > int64(maxRetryAfter/time.Second) {
			return maxRetryAfter
		}
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), maxRetryAfter)
}

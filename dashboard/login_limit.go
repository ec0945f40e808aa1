package dashboard

import (
	"sync"
	"time"
)

const (
	// attemptWindow is how long an attempt to log in is counted.
	attemptWindow = 15 * time.Minute
	// pairLimit bounds the attempts on one user from one address: enough for a
	// person who mistypes, far too few for a program that guesses.
	pairLimit = 8
	// userLimit bounds the attempts on one user from everywhere. It lies high,
	// so that a stranger does not easily lock somebody out.
	userLimit = 60
	// addressLimit bounds the attempts from one address on whomever; a whole
	// office may sit behind one.
	addressLimit = 40
	// attemptKeys bounds how much is remembered.
	attemptKeys = 20_000
	// sweepEvery bounds how often a flood makes the program look through all
	// that it remembers.
	sweepEvery = time.Minute
)

// attempts counts attempts to log in, in windows that begin with the first
// one. Names that do not exist are counted like those that do.
type attempts struct {
	mu      sync.Mutex
	windows map[attemptKey]*attemptCount
	swept   time.Time // when windows that had ended were last looked for
}

// attemptKey is what attempts are counted by; either part may be empty.
type attemptKey struct{ user, address string }

type attemptCount struct {
	begun time.Time
	n     int
}

func newAttempts() *attempts { return &attempts{windows: map[attemptKey]*attemptCount{}} }

// limited are the counters an attempt falls under, with their limits.
func limited(user, address string) map[attemptKey]int {
	return map[attemptKey]int{
		{user: user, address: address}: pairLimit,
		{user: user}:                   userLimit,
		{address: address}:             addressLimit,
	}
}

// begin counts an attempt before it is made, so that many at once do not slip
// through. When there were too many it counts nothing and says how long to
// wait.
func (a *attempts) begin(user, address string, now time.Time) (wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	keys := limited(user, address)
	for key, limit := range keys {
		if w := a.windows[key]; w != nil {
			if rest := w.begun.Add(attemptWindow).Sub(now); rest <= 0 || rest > attemptWindow {
				delete(a.windows, key)
			} else if w.n >= limit {
				wait = max(wait, rest)
			}
		}
	}
	if wait > 0 {
		return wait
	}
	if len(a.windows)+len(keys) > attemptKeys {
		a.forget(now)
		if len(a.windows)+len(keys) > attemptKeys {
			// Guesses come from everywhere at once; nobody gets further until the
			// windows end.
			return attemptWindow
		}
	}
	for key := range keys {
		if a.windows[key] == nil {
			a.windows[key] = &attemptCount{begun: now}
		}
		a.windows[key].n++
	}
	return 0
}

// succeeded takes a good attempt back: whoever knows the password has not been
// guessing. Attempts of others on the same user stay counted.
func (a *attempts) succeeded(user, address string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.windows, attemptKey{user: user, address: address})
	for _, key := range []attemptKey{{user: user}, {address: address}} {
		if w := a.windows[key]; w != nil {
			w.n--
		}
	}
}

// forget drops the windows that have ended, unless it did so a moment ago.
func (a *attempts) forget(now time.Time) {
	if now.Sub(a.swept).Abs() < sweepEvery {
		return
	}
	a.swept = now
	for key, w := range a.windows {
		if now.Sub(w.begun).Abs() >= attemptWindow {
			delete(a.windows, key)
		}
	}
}

package source

import (
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limiters keeps one limiter per host and port: several sources on one server
// share it.
type limiters struct {
	mu     sync.Mutex
	byHost map[string]*rate.Limiter
}

func newLimiters() *limiters {
	return &limiters{byHost: make(map[string]*rate.Limiter)}
}

// of returns the limiter of a host, slowed to limit when it was faster.
func (l *limiters) of(host string, limit rate.Limit) *rate.Limiter {
	host = strings.ToLower(host)
	l.mu.Lock()
	defer l.mu.Unlock()
	limiter, ok := l.byHost[host]
	switch {
	case !ok:
		limiter = rate.NewLimiter(limit, 1)
		l.byHost[host] = limiter
	case limit < limiter.Limit():
		limiter.SetLimit(limit)
	}
	return limiter
}

// limitOf is the rate that leaves at least delay between two requests.
func limitOf(delay time.Duration) rate.Limit { return rate.Every(delay) }

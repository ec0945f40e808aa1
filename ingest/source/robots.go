package source

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"
)

// Robots interprets robots.txt files (RFC 9309). The Fetcher asks for them,
// keeps them for a day and obeys; the syntax is left to an implementation.
type Robots interface {
	// Parse reads the answer to /robots.txt for the given User-Agent. It
	// gets every status: by RFC 9309 section 2.3.1, 4xx allows everything
	// and 5xx forbids everything.
	Parse(status int, body []byte, agent string) (RobotsRules, error)
}

// RobotsRules is what one host allows Gaung.
type RobotsRules interface {
	// Allowed says whether the path, query included, may be fetched.
	Allowed(path string) bool
	// CrawlDelay is the wanted pause between two requests, 0 when not given.
	CrawlDelay() time.Duration
}

const (
	robotsAge      = 24 * time.Hour
	robotsMaxDelay = 30 * time.Second
)

// robotsCache keeps the rules of every host asked.
type robotsCache struct {
	parser Robots
	now    func() time.Time
	mu     sync.Mutex
	hosts  map[string]robotsEntry
}

type robotsEntry struct {
	rules   RobotsRules
	fetched time.Time
}

func newRobotsCache(parser Robots, now func() time.Time) *robotsCache {
	return &robotsCache{parser: parser, now: now, hosts: make(map[string]robotsEntry)}
}

func (c *robotsCache) get(origin string) (RobotsRules, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	entry, ok := c.hosts[origin]
	if !ok || c.now().Sub(entry.fetched) >= robotsAge {
		return nil, false
	}
	return entry.rules, true
}

func (c *robotsCache) put(origin string, rules RobotsRules) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hosts[origin] = robotsEntry{rules: rules, fetched: c.now()}
}

// allowed checks an address against its host's robots.txt.
func (f *Fetcher) allowed(ctx context.Context, u *url.URL, r Request) error {
	if f.robots.parser == nil || r.robots {
		return nil
	}
	origin := u.Scheme + "://" + u.Host
	rules, ok := f.robots.get(origin)
	if !ok {
		var err error
		if rules, err = f.fetchRobots(ctx, origin, r); err != nil {
			return err
		}
		f.robots.put(origin, rules)
	}
	if delay := min(rules.CrawlDelay(), robotsMaxDelay); delay > 0 {
		f.hosts.of(u.Host, limitOf(delay))
	}
	if !rules.Allowed(u.RequestURI()) {
		return &Failure{Reason: ReasonRobots, Words: fmt.Sprintf("robots.txt di %s melarang pembacaan %s; minta pengelola situs mengizinkan Gaung", u.Host, u.Path)}
	}
	return nil
}

// fetchRobots gets and parses the robots.txt of an origin.
func (f *Fetcher) fetchRobots(ctx context.Context, origin string, r Request) (RobotsRules, error) {
	request := Request{URL: origin + "/robots.txt", Accept: "text/plain", AllowPrivate: r.AllowPrivate, RatePerSecond: r.RatePerSecond, robots: true}
	status, body := 404, []byte(nil)
	response, err := f.attempt(ctx, request)
	var failure *Failure
	switch {
	case response != nil:
		// Any answer, also an error status, is for the parser to judge.
		status, body = response.Status, response.Body
	case errors.As(err, &failure) && (failure.Reason == ReasonRedirect || failure.Reason == ReasonTooLarge):
		// Unusable, which RFC 9309 section 2.3.1.2 treats like absent.
	case err != nil:
		// The host itself is in trouble: that is the source's failure.
		return nil, err
	}
	rules, err := f.robots.parser.Parse(status, body, f.agent)
	if err != nil {
		return nil, &Failure{Reason: ReasonRobots, Err: err, HTTPStatus: status, Words: fmt.Sprintf("robots.txt di %s tidak dapat dibaca; minta pengelola situs memperbaikinya", origin)}
	}
	return rules, nil
}

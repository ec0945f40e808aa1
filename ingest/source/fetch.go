package source

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/time/rate"
)

// FetcherOptions configure a Fetcher. The zero value of a field means the
// default named beside it.
type FetcherOptions struct {
	// Version and Contact make the User-Agent "Gaung/<version> (+contact)".
	// Without a contact the bracket is left out.
	Version, Contact string
	// Timeout limits one attempt, from the dial to the last byte (20 s).
	Timeout time.Duration
	// MaxBytes limits a body after decompression (10 MiB).
	MaxBytes int64
	// MaxTries limits the attempts of one Get (3).
	MaxTries uint
	// MaxElapsed is the time after which no further attempt starts, waiting
	// included (30 s).
	MaxElapsed time.Duration
	// Robots reads robots.txt files; nil means that they are not asked for.
	Robots Robots
	// Now is the clock for Retry-After dates and the age of robots.txt
	// (time.Now).
	Now func() time.Time
	// Logger receives one debug line per attempt (slog.Default()).
	Logger *slog.Logger
}

// Fetcher reads addresses politely (validators, one limiter per host,
// Retry-After, bounded retries) and safely (time, size and redirect limits,
// no internal addresses). One Fetcher serves all sources of a process and is
// safe for concurrent use.
//
// Proxy settings of the environment (HTTP_PROXY and the like) are not
// followed: behind a proxy the address check of the dialer would see the
// proxy only, and a forgotten variable would silently change what sources
// answer.
type Fetcher struct {
	options FetcherOptions
	agent   string
	// Two clients, so that a connection opened for an intranet source is
	// never reused for one that may not go there.
	public, intranet *http.Client
	hosts            *limiters
	robots           *robotsCache
	// firstWait is the wait before the second attempt.
	firstWait time.Duration
}

// dialFunc is the type of net.Dialer.DialContext.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// NewFetcher returns a Fetcher. Close it when done.
func NewFetcher(options FetcherOptions) *Fetcher {
	if options.Timeout <= 0 {
		options.Timeout = 20 * time.Second
	}
	if options.MaxBytes <= 0 {
		options.MaxBytes = 10 << 20
	}
	if options.MaxTries == 0 {
		options.MaxTries = 3
	}
	if options.MaxElapsed <= 0 {
		options.MaxElapsed = 30 * time.Second
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Logger == nil {
		options.Logger = slog.Default()
	}
	f := &Fetcher{
		options:   options,
		agent:     userAgent(options.Version, options.Contact),
		hosts:     newLimiters(),
		firstWait: time.Second,
	}
	f.public = newClient(guardedDialer(false))
	f.intranet = newClient(guardedDialer(true))
	f.robots = newRobotsCache(options.Robots, options.Now)
	return f
}

// Close drops idle connections.
func (f *Fetcher) Close() {
	f.public.CloseIdleConnections()
	f.intranet.CloseIdleConnections()
}

func userAgent(version, contact string) string {
	if version == "" {
		version = "dev"
	}
	agent := "Gaung/" + cleanLine(version, 40)
	if contact = cleanLine(contact, 200); contact != "" {
		agent += " (+" + contact + ")"
	}
	return agent
}

func guardedDialer(allowPrivate bool) dialFunc {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second, Control: control(allowPrivate)}
	return dialer.DialContext
}

func newClient(dial dialFunc) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy:                  nil, // see Fetcher
			DialContext:            dial,
			ForceAttemptHTTP2:      true,
			MaxIdleConns:           64,
			MaxIdleConnsPerHost:    2,
			IdleConnTimeout:        30 * time.Second,
			TLSHandshakeTimeout:    10 * time.Second,
			MaxResponseHeaderBytes: 64 << 10,
		},
		// Redirects are followed by hand, so that each of them passes the
		// limiter, robots.txt and the loop check.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Request is what to fetch.
type Request struct {
	// URL is an absolute http or https address.
	URL string
	// ETag and LastModified are validators of an earlier Response.
	ETag, LastModified string
	// Accept is the Accept header.
	Accept string
	// Header holds further headers, such as credentials. They are sent to
	// the origin of URL only: no redirect elsewhere and no robots.txt gets
	// them.
	Header http.Header
	// AllowPrivate allows internal addresses (not link-local ones).
	AllowPrivate bool
	// RatePerSecond is the limit for the host, 0 means 1. Where sources of
	// one host differ, the slowest wins.
	RatePerSecond float64
	// robots marks the fetch of a robots.txt, which asks for no other.
	robots bool
}

// Response is a complete answer.
type Response struct {
	Status int
	// URL is the address that answered, after redirects.
	URL    *url.URL
	Header http.Header
	// Body is the decompressed body, nil with NotModified.
	Body []byte
	// NotModified says that the validators of the request still hold.
	NotModified bool
}

// Validators returns ETag and Last-Modified as received, or nothing when the
// server says that the answer must not be kept.
func (r *Response) Validators() (etag, lastModified string) {
	control := strings.ToLower(r.Header.Get("Cache-Control"))
	if strings.TrimSpace(r.Header.Get("Expires")) == "0" || strings.Contains(control, "no-store") {
		return "", ""
	}
	return header(r.Header.Get("ETag")), header(r.Header.Get("Last-Modified"))
}

// header refuses validators too long to be kept and sent back.
func header(value string) string {
	if len(value) > 512 {
		return ""
	}
	return value
}

// Get fetches, trying again where that can help. Its error is a *Failure,
// unless the context ended first. A Response with a status that is neither
// 2xx nor 304 comes together with its Failure, so that a reader can look at
// the body.
func (f *Fetcher) Get(ctx context.Context, r Request) (*Response, error) {
	if r.RatePerSecond <= 0 {
		r.RatePerSecond = 1
	}
	var response *Response
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		var err error
		response, err = f.attempt(ctx, r)
		return struct{}{}, f.retry(ctx, r, err)
	},
		backoff.WithMaxTries(f.options.MaxTries),
		backoff.WithMaxElapsedTime(f.options.MaxElapsed),
		backoff.WithBackOff(f.backOff()),
	)
	if err == nil {
		return response, nil
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("source: fetch %s: %w", r.URL, context.Cause(ctx))
	}
	var failure *Failure
	if !errors.As(err, &failure) {
		return nil, err
	}
	return response, failure
}

// wait waits until the host may be asked again.
func (f *Fetcher) wait(ctx context.Context, u *url.URL, perSecond float64) error {
	return f.hosts.of(u.Host, rate.Limit(perSecond)).Wait(ctx)
}

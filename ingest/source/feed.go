package source

import (
	"context"
	"fmt"
	"net/url"
	"strings"
)

const acceptFeed = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.1"

// feedReader reads RSS 0.9 to 2.0, RDF, Atom and JSON Feed. When the address
// is a web page that names a feed on the same host, it reads that one and
// says so.
type feedReader struct {
	source  Source
	fetcher *Fetcher
}

var _ Reader = (*feedReader)(nil)

// Read implements Reader.
func (r *feedReader) Read(ctx context.Context, state State, emit func(Item) error) (Answer, error) {
	old := state.usable(r.source.URL)
	if old.FeedURL != "" && sameHost(old.FeedURL, r.source.URL) {
		answer, err := r.readAt(ctx, old.FeedURL, old, false, emit)
		if !movedAway(err) {
			if err == nil {
				answer.Notes = append(answer.Notes, discoveredNote(r.source.URL, old.FeedURL))
			}
			return answer, err
		}
	}
	// The configured address starts afresh: validators of a discovered feed
	// say nothing about it.
	if old.FeedURL != "" {
		old = State{URL: old.URL, Since: old.Since}
	}
	return r.readAt(ctx, r.source.URL, old, true, emit)
}

// movedAway says that a discovered feed is no longer where it was.
func movedAway(err error) bool {
	f, ok := err.(*Failure)
	return ok && (f.Reason == ReasonNotAFeed || f.HTTPStatus == 404 || f.HTTPStatus == 410)
}

// readAt reads the feed at one address; with discover, a web page there may
// lead to another.
func (r *feedReader) readAt(ctx context.Context, address string, old State, discover bool, emit func(Item) error) (Answer, error) {
	answer := Answer{State: old}
	response, err := r.fetcher.Get(ctx, Request{
		URL: address, ETag: old.ETag, LastModified: old.LastModified, Accept: acceptFeed,
		AllowPrivate: r.source.AllowPrivate, RatePerSecond: r.source.RatePerSecond,
	})
	answer.HTTPStatus = statusOf(response, err)
	if err != nil {
		return answer, err
	}
	if response.NotModified {
		answer.NotModified = true
		return answer, nil
	}
	body := toUTF8(response.Body, response.Header.Get("Content-Type"))
	items, failure := parseFeed(body, response.URL)
	if failure != nil {
		failure.HTTPStatus = response.Status
		if failure.Reason == ReasonNotAFeed {
			return r.discover(ctx, answer, response.URL, body, failure, discover, emit)
		}
		return answer, failure
	}
	for _, item := range items {
		if err := emit(item); err != nil {
			return answer, fmt.Errorf("source: deliver item of %s: %w", r.source.Name, err)
		}
		answer.Items++
	}
	answer.State.ETag, answer.State.LastModified = response.Validators()
	return answer, nil
}

// discover handles an answer that is no feed: it names the feed the page
// points at and, when that is on the same host and not itself the result of a
// discovery, reads it.
func (r *feedReader) discover(ctx context.Context, answer Answer, page *url.URL, body []byte, failure *Failure, follow bool, emit func(Item) error) (Answer, error) {
	found := discoverFeed(body, page)
	if found == "" || found == page.String() {
		return answer, failure
	}
	failure.Words = fmt.Sprintf("%s menjawab halaman web, bukan feed; halaman itu menunjuk feed di %s: pakai alamat itu di gaung.yaml", page, found)
	if !follow || !sameHost(found, page.String()) {
		return answer, failure
	}
	next, err := r.readAt(ctx, found, State{URL: answer.State.URL, Since: answer.State.Since}, false, emit)
	if err != nil {
		if next.Items == 0 && movedAway(err) {
			return answer, failure
		}
		return next, err
	}
	next.State.FeedURL = found
	next.Notes = append(next.Notes, discoveredNote(r.source.URL, found))
	return next, nil
}

func discoveredNote(page, feed string) string {
	return fmt.Sprintf("%s adalah halaman web; yang dibaca feed di %s. Tulis alamat itu di gaung.yaml", page, feed)
}

// sameHost compares hosts and ports, taking www. for nothing.
func sameHost(a, b string) bool {
	ua, errA := url.Parse(a)
	ub, errB := url.Parse(b)
	if errA != nil || errB != nil {
		return false
	}
	bare := func(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Host), "www.") }
	return bare(ua) == bare(ub)
}

// statusOf is the status to report for an answer or failure.
func statusOf(response *Response, err error) int {
	if response != nil {
		return response.Status
	}
	if f, ok := err.(*Failure); ok {
		return f.HTTPStatus
	}
	return 0
}

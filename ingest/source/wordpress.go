package source

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// wordpressReader reads a WordPress site through its REST interface: first
// everything since the configured day, then what changed. When the interface
// is closed it reads the site's feed instead and says so.
type wordpressReader struct {
	source  Source
	fetcher *Fetcher
	now     func() time.Time
}

var _ Reader = (*wordpressReader)(nil)

// Read implements Reader.
func (r *wordpressReader) Read(ctx context.Context, state State, emit func(Item) error) (Answer, error) {
	old := r.reopened(state.usable(r.source.URL))
	site, failure := siteAddress(r.source.URL)
	if failure != nil {
		return Answer{State: old}, failure
	}
	var closed *wpClosed
	for _, endpoint := range endpoints(site) {
		run := &wordpressRun{
			reader: r, endpoint: endpoint, site: site, emit: emit,
			size: wpPageSize, seen: make(map[string]struct{}), answer: Answer{State: old},
		}
		err := run.read(ctx, old)
		if !errors.As(err, &closed) {
			return run.answer, err
		}
		if run.answer.Items > 0 {
			// Open a moment ago: a firewall counts our requests. The feed
			// would only hide that.
			f := statusFailure(closed.status, endpoint.String())
			f.Err = err
			return run.answer, f
		}
		if closed.deliberate() {
			break
		}
	}
	return r.fallback(ctx, site, closed, old, emit)
}

// read does a first pull or an increment and settles the state.
func (w *wordpressRun) read(ctx context.Context, old State) error {
	var err error
	if old.Since.IsZero() {
		err = w.backfill(ctx, w.reader.backfillFrom(old))
	} else {
		err = w.increment(ctx, old.Since)
	}
	if w.unreadable > 0 {
		w.answer.Notes = append(w.answer.Notes, fmt.Sprintf("%d tulisan dari %s tidak terbaca dan dilewati", w.unreadable, w.site))
	}
	started := w.started
	if !old.BackfillStarted.IsZero() {
		started = old.BackfillStarted
	}
	if err != nil {
		// The bound of an unfinished first pull is kept for the next one.
		if w.answer.State.Backfill != "" {
			w.answer.State.BackfillStarted = started
		}
		return err
	}
	w.answer.State.Backfill, w.answer.State.BackfillStarted = "", time.Time{}
	w.answer.State.FeedURL, w.answer.State.ETag, w.answer.State.LastModified = "", "", ""
	w.answer.State.Since = settle(old.Since, w.changed, started, w.answer.Items)
	return nil
}

// settle says up to which instant changes are now known: the latest change
// seen, but not past the start of the run, after which an early page may have
// changed behind our back (and where stamps from a wrong clock lie).
func settle(since, changed, started time.Time, items int) time.Time {
	known := changed
	if known.IsZero() && items > 0 {
		known = started.Add(-dateOverlap)
	}
	if known.After(started) {
		known = started
	}
	if known.Before(since) {
		return since
	}
	return known
}

// reopened drops what is known of a site when the configured first day was
// moved to an earlier one: the years before were never asked for.
func (r *wordpressReader) reopened(old State) State {
	from := r.source.Since.String()
	// ISO days order as text; "", everything, comes before all of them.
	if (!old.Since.IsZero() || old.Backfill != "") && from < old.From {
		old.Since, old.Backfill, old.BackfillStarted = time.Time{}, "", time.Time{}
	}
	if old.Since.IsZero() && old.Backfill == "" {
		old.From = from
	}
	return old
}

// backfillFrom is the site-local stamp after which a first pull begins, ""
// for everything.
func (r *wordpressReader) backfillFrom(old State) string {
	switch {
	case old.Backfill != "":
		return old.Backfill
	case r.source.Since.IsZero():
		return ""
	}
	// after is exclusive: the last second of the day before.
	return r.source.Since.Before().String() + "T23:59:59"
}

// siteAddress reduces what people configure (the site, its REST address, its
// feed) to the site's address without a trailing slash.
func siteAddress(address string) (*url.URL, *Failure) {
	u, failure := parseAddress(address)
	if failure != nil {
		return nil, failure
	}
	u.RawQuery = ""
	path := u.Path
	if at := strings.Index(path, "/wp-json"); at >= 0 {
		path = path[:at]
	}
	path = strings.TrimSuffix(strings.TrimRight(path, "/"), "/index.php")
	path = strings.TrimSuffix(path, "/feed")
	u.Path, u.RawPath = strings.TrimRight(path, "/"), ""
	return u, nil
}

// endpoints are the two addresses of the posts: with pretty permalinks, and
// the one that works without.
func endpoints(site *url.URL) []*url.URL {
	pretty, plain := *site, *site
	pretty.Path += "/wp-json/wp/v2/posts"
	plain.Path += "/"
	plain.RawQuery = url.Values{"rest_route": {"/wp/v2/posts"}}.Encode()
	return []*url.URL{&pretty, &plain}
}

// fallback reads the site's feed because the REST interface is closed.
func (r *wordpressReader) fallback(ctx context.Context, site *url.URL, closed *wpClosed, old State, emit func(Item) error) (Answer, error) {
	feed := *site
	feed.Path += "/feed/"
	address := feed.String()
	inner := State{URL: address}
	if old.FeedURL != "" {
		inner.ETag, inner.LastModified = old.ETag, old.LastModified
		if old.FeedURL != address {
			inner.FeedURL = old.FeedURL
		}
	}
	s := r.source
	s.URL = address
	answer, err := (&feedReader{source: s, fetcher: r.fetcher}).Read(ctx, inner, emit)
	if err != nil {
		answer.State = old
		var failure *Failure
		if errors.As(err, &failure) {
			failure.Words = fmt.Sprintf("REST WordPress di %s tertutup (%s), dan feednya gagal: %s", site, closed.words(), failure.Words)
		}
		return answer, err
	}
	kept := answer.State
	answer.State = old
	answer.State.FeedURL, answer.State.ETag, answer.State.LastModified = address, kept.ETag, kept.LastModified
	if kept.FeedURL != "" {
		answer.State.FeedURL = kept.FeedURL
	}
	answer.Notes = append(answer.Notes, fmt.Sprintf("REST WordPress di %s tertutup (%s); yang dibaca feed %s, yang hanya memuat tulisan terbaru. Minta pengelola situs membuka /wp-json/wp/v2/posts", site, closed.words(), answer.State.FeedURL))
	return answer, nil
}

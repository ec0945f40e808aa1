package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

const (
	// modifiedOverlap is how far an increment looks back behind the last
	// change seen, for changes that were being saved at that time.
	modifiedOverlap = 10 * time.Minute
	// dateOverlap is the same for publication dates. Scheduled posts keep
	// the modification stamp of the day they were planned on and may appear
	// long after their hour when nobody visits the site.
	dateOverlap = 48 * time.Hour
	// maxPages bounds one run against a server without an end.
	maxPages = 2000
	// maxPasses bounds the repetitions when posts vanish while paging.
	maxPasses = 3
)

// wordpressRun is one Read of a WordPress site.
type wordpressRun struct {
	reader   *wordpressReader
	endpoint *url.URL
	site     *url.URL
	emit     func(Item) error
	answer   Answer
	size     int
	pages    int
	// seen holds the posts delivered in this run.
	seen map[string]struct{}
	// changed is the latest sane modification among them.
	changed    time.Time
	started    time.Time
	unreadable int
}

// fetch gets a page and, where the host chokes on large pages, says so by
// small: the caller then starts its list anew with smaller pages.
func (w *wordpressRun) fetch(ctx context.Context, q wpQuery) (page *wpPage, small bool, err error) {
	if w.pages++; w.pages > maxPages {
		return nil, false, &Failure{Reason: ReasonTooLarge, Words: fmt.Sprintf("daftar tulisan %s tidak berakhir setelah %d halaman; sisanya dibaca pada giliran berikutnya", w.site, maxPages)}
	}
	q.size = w.size
	page, err = w.reader.fetchPage(ctx, w.endpoint, q)
	var failure *Failure
	if errors.As(err, &failure) {
		w.answer.HTTPStatus = failure.HTTPStatus
		if w.size > wpSmallPageSize && chokes(failure) {
			w.size = wpSmallPageSize
			return nil, true, nil
		}
	}
	if err != nil {
		return nil, false, err
	}
	w.answer.HTTPStatus = http.StatusOK
	if w.started.IsZero() {
		if w.started = page.served; w.started.IsZero() {
			w.started = w.reader.now().UTC()
		}
	}
	return page, false, nil
}

// chokes says whether smaller pages may help.
func chokes(f *Failure) bool {
	return f.Reason == ReasonTooLarge || f.Reason == ReasonTimeout || f.Reason == ReasonParse ||
		f.Reason == ReasonConnection || f.Reason == "http_5xx" || f.HTTPStatus == http.StatusBadRequest
}

// deliver emits the posts not yet delivered in this run and counts them.
func (w *wordpressRun) deliver(page *wpPage) (fresh int, err error) {
	w.unreadable += page.unreadable
	for i := range page.posts {
		post := &page.posts[i]
		if _, done := w.seen[post.key()]; done && post.key() != "" {
			continue
		}
		if err := w.emit(post.item(w.site)); err != nil {
			return fresh, fmt.Errorf("source: deliver item of %s: %w", w.reader.source.Name, err)
		}
		w.seen[post.key()] = struct{}{}
		w.answer.Items++
		fresh++
		for _, at := range []time.Time{post.modified(), post.published()} {
			if at.After(w.changed) {
				w.changed = at
			}
		}
	}
	return fresh, nil
}

// last says whether a page is the last of its list.
func (p *wpPage) last(number int) bool {
	return p.past || len(p.posts)+p.unreadable == 0 || (p.totalPages >= 0 && number >= p.totalPages)
}

// backfill delivers every post published after a site-local stamp, oldest
// first. It moves the bound forward instead of the page number, so that posts
// which come and go meanwhile shift nothing, and a broken run can continue
// where it stopped. Sites that ignore the bound or the order are paged by
// number.
func (w *wordpressRun) backfill(ctx context.Context, after string) error {
	cursor, number, moving, moved := after, 1, true, false
	// total is the length of the list being paged by number, whole that of
	// the list from the start; -1 when not known.
	total, whole := -1, -1
	for pass := 1; ; {
		page, small, err := w.fetch(ctx, wpQuery{after: cursor, orderBy: "date", order: "asc", page: number})
		if err != nil {
			return err
		}
		if small {
			number = 1
			continue
		}
		fresh, err := w.deliver(page)
		if err != nil {
			return err
		}
		if moving && moved && fresh == 0 && ignoresAfter(page, cursor) {
			// What was read first was the first page of everything.
			cursor, number, moving, moved, total = after, 2, false, false, whole
			w.answer.State.Backfill = ""
			continue
		}
		if !moving || number > 1 {
			if total >= 0 && page.total >= 0 && page.total != total && pass < maxPasses {
				// Posts came or went while paging: what lay on a page
				// boundary may have been skipped.
				pass, number, total = pass+1, 1, page.total
				continue
			}
		}
		if total = page.total; whole < 0 {
			whole = total
		}
		if page.last(number) || (page.totalPages < 0 && number > 1 && fresh == 0) {
			return nil
		}
		next, ascending := lastSecondBefore(page)
		switch {
		case moving && !ascending && number == 1:
			moving = false
			number++
		case moving && next > cursor:
			cursor, number, moved, total = next, 1, true, -1
			w.answer.State.Backfill = cursor
		default:
			number++
		}
	}
}

// ignoresAfter says whether a page holds posts from before the bound.
func ignoresAfter(page *wpPage, cursor string) bool {
	for i := range page.posts {
		if at, ok := page.posts[i].localDate(); ok && at.Format(wpStamp) < cursor {
			return true
		}
	}
	return false
}

// lastSecondBefore gives the bound for what follows a page: one second before
// its last post, because several posts may share a second. ascending is false
// when the page is not in order of date.
func lastSecondBefore(page *wpPage) (stamp string, ascending bool) {
	var previous time.Time
	for i := range page.posts {
		at, ok := page.posts[i].localDate()
		if !ok || (i > 0 && at.Before(previous)) {
			return "", false
		}
		previous = at
	}
	if len(page.posts) == 0 {
		return "", false
	}
	return previous.Add(-time.Second).Format(wpStamp), true
}

// increment delivers what was changed or published since the last run.
func (w *wordpressRun) increment(ctx context.Context, since time.Time) error {
	modified, published := since.Add(-modifiedOverlap), since.Add(-dateOverlap)
	err := w.recent(ctx, wpQuery{orderBy: "modified", modifiedAfter: modified.Format(wpStamp) + "Z"}, modified, (*wpPost).modified)
	if err != nil {
		return err
	}
	return w.recent(ctx, wpQuery{orderBy: "date", after: published.Format(wpStamp) + "Z"}, published, (*wpPost).published)
}

// recent delivers a list newest first. WordPress before 5.7 does not know
// modified_after and lists everything: the walk therefore also ends at the
// first page that is older than bound throughout.
func (w *wordpressRun) recent(ctx context.Context, q wpQuery, bound time.Time, stamp func(*wpPost) time.Time) error {
	q.order = "desc"
	total := -1
	for number, pass := 1, 1; ; number++ {
		q.page = number
		page, small, err := w.fetch(ctx, q)
		if err != nil {
			return err
		}
		if small {
			number = 0
			continue
		}
		fresh, err := w.deliver(page)
		if err != nil {
			return err
		}
		if total >= 0 && page.total >= 0 && page.total < total && pass < maxPasses {
			pass, number, total = pass+1, 0, page.total
			continue
		}
		total = page.total
		if page.last(number) || (page.totalPages < 0 && number > 1 && fresh == 0) || allBefore(page, bound, stamp) {
			return nil
		}
	}
}

// allBefore says that a page, in descending order, holds nothing from bound
// on. Posts without a sane stamp prove nothing.
func allBefore(page *wpPage, bound time.Time, stamp func(*wpPost) time.Time) bool {
	var previous time.Time
	for i := range page.posts {
		at := stamp(&page.posts[i])
		if at.IsZero() || !at.Before(bound) || (i > 0 && at.After(previous)) {
			return false
		}
		previous = at
	}
	return len(page.posts) > 0
}

package source

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"gaung/ingest/byline"
)

const (
	// maxWatched bounds the articles looked at again, watchAge how old they
	// may be, watchEvery how often one of them is looked at, and watchAtOnce
	// how many are in one poll.
	maxWatched  = 300
	watchAge    = 30 * 24 * time.Hour
	watchEvery  = 24 * time.Hour
	watchAtOnce = 15
)

// itemSum is the fingerprint of what a reader of the article would see.
func itemSum(item Item) uint64 {
	return sum64(item.URL, item.Title, byline.PlainText(item.HTML), item.Text, item.PublishedRaw, item.ModifiedRaw, item.Author, item.Place)
}

// watch remembers a delivered article, in place of what was known of it.
func (r *pageRun) watch(address string, item Item) {
	page := watchedPage{URL: address, Sum: itemSum(item), First: r.now, Checked: r.now}
	if item.URL != address {
		page.Canonical = item.URL
	}
	if i := r.watched(address); i >= 0 {
		page.First = r.state.Watched[i].First
		r.state.Watched = slices.Delete(r.state.Watched, i, i+1)
	}
	if r.state.Watched = append(r.state.Watched, page); len(r.state.Watched) > maxWatched {
		r.state.Watched = slices.Delete(r.state.Watched, 0, len(r.state.Watched)-maxWatched)
	}
}

func (r *pageRun) watched(address string) int {
	key := pageKey(address)
	return slices.IndexFunc(r.state.Watched, func(p watchedPage) bool { return pageKey(p.URL) == key })
}

// gone delivers that an article is deleted.
func (r *pageRun) gone(address string) error {
	delivered := address
	if i := r.watched(address); i >= 0 {
		if c := r.state.Watched[i].Canonical; c != "" {
			delivered = c
		}
		r.state.Watched = slices.Delete(r.state.Watched, i, i+1)
	}
	return r.deliver(Item{URL: delivered, Gone: true})
}

// recheck looks again at the articles not looked at for the longest time. A
// page that fails is left for tomorrow.
func (r *pageRun) recheck(ctx context.Context) error {
	r.state.Watched = slices.DeleteFunc(r.state.Watched, func(p watchedPage) bool { return r.now.Sub(p.First) > watchAge })
	var due []watchedPage
	for _, page := range r.state.Watched {
		if r.now.Sub(page.Checked) >= watchEvery && len(due) < min(watchAtOnce, max(r.budget, 0)) {
			due = append(due, page)
		}
	}
	failed := 0
	for _, page := range due {
		read, err := r.article(ctx, page.URL)
		failure, ok := asFailure(err)
		switch {
		case err != nil && (!ok || ctx.Err() != nil):
			return fmt.Errorf("source: look again at %s: %w", page.URL, err)
		case err != nil && (failure.HTTPStatus == http.StatusNotFound || failure.HTTPStatus == http.StatusGone):
			if err := r.gone(page.URL); err != nil {
				return err
			}
			continue
		case err != nil:
			if failed++; failed >= maxInARow || failure.HTTPStatus == http.StatusTooManyRequests {
				return nil
			}
			r.checked(page)
			continue
		}
		item := read.item
		if item.URL = page.Canonical; item.URL == "" {
			item.URL = page.URL
		}
		if read.article && item.Title != "" && item.HTML != "" && itemSum(item) != page.Sum {
			if item.PublishedRaw == "" {
				// A news sitemap may have told the date that the page lacks.
				r.checked(page)
				continue
			}
			if err := r.deliver(item); err != nil {
				return err
			}
			r.watch(page.URL, item)
			continue
		}
		r.checked(page)
	}
	return nil
}

// checked moves a page to the end of the queue.
func (r *pageRun) checked(page watchedPage) {
	if i := r.watched(page.URL); i >= 0 {
		r.state.Watched = slices.Delete(r.state.Watched, i, i+1)
	}
	page.Checked = r.now
	r.state.Watched = append(r.state.Watched, page)
}

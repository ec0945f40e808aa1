package source

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"gaung/ingest/byline"
)

const (
	// maxPageTries is in how many polls a failing page is tried.
	maxPageTries = 5
	// maxTroubled bounds the list of failing pages.
	maxTroubled = 200
	// maxInARow is the number of pages failing one after the other from which
	// the site itself is in trouble.
	maxInARow = 3
)

// notPages matches paths of files that are no web pages.
var notPages = regexp.MustCompile(`(?i)\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|webp|svg|mp[34]|css|js|xml|json|ics)$`)

// pageOutcome counts what became of the pages of one poll.
type pageOutcome struct {
	delivered, other, unreadable, troubled, inARow int
	// sample is the failure of one page, for the note; abandoned are the
	// pages not tried any more.
	sample    string
	abandoned []string
	// forbidden are the pages that robots.txt excludes.
	forbidden []uint64
}

// verdict is a failure when pages were read and none held an article.
func (o *pageOutcome) verdict(list *url.URL) error {
	if o.unreadable >= maxInARow && o.delivered == 0 {
		return &Failure{Reason: ReasonMapping, HTTPStatus: http.StatusOK, Words: fmt.Sprintf("judul dan isi tidak ditemukan di %d halaman dari %s; tampilan situs mungkin berubah: perbarui rules.title dan rules.body", o.unreadable, list)}
	}
	if len(o.forbidden) > 0 && o.delivered == 0 && o.other == 0 && o.troubled == len(o.forbidden) {
		return &Failure{Reason: ReasonRobots, Words: fmt.Sprintf("robots.txt di %s melarang pembacaan semua halaman beritanya; minta pengelola situs mengizinkan Gaung", list.Host)}
	}
	return nil
}

func (o *pageOutcome) notes() []string {
	var notes []string
	if len(o.abandoned) > 0 {
		notes = append(notes, fmt.Sprintf("%d halaman ditinggalkan setelah gagal pada %d pembacaan: %s", len(o.abandoned), maxPageTries, strings.Join(o.abandoned[:min(len(o.abandoned), 3)], ", ")))
	}
	if o.other > 0 {
		notes = append(notes, fmt.Sprintf("%d halaman bukan artikel dan dilewati; persempit dengan rules.match bila terlalu banyak", o.other))
	}
	if o.unreadable > 0 && o.delivered > 0 {
		notes = append(notes, fmt.Sprintf("judul dan isi %d halaman tidak ditemukan; periksa rules.title dan rules.body", o.unreadable))
	}
	if o.troubled > 0 {
		notes = append(notes, fmt.Sprintf("%d halaman gagal dibaca, antara lain: %s", o.troubled, o.sample))
	}
	return notes
}

// visit fetches one article page and delivers it. Its error is a failure of
// the whole source, of emit, or the context's.
func (r *pageRun) visit(ctx context.Context, entry sitemapEntry) error {
	r.budget--
	key := pageKey(entry.address)
	page, err := r.article(ctx, entry.address)
	if err != nil {
		return r.trouble(ctx, entry, err)
	}
	r.outcome.inARow = 0
	r.untrouble(key)
	item := page.item
	if item.PublishedRaw == "" && entry.published != "" {
		item.PublishedRaw, item.PublishedAt = entry.published, certainInstant(entry.published)
		page.article = true
	}
	if item.Title == "" {
		item.Title = entry.title
	}
	empty := strings.TrimSpace(byline.PlainText(item.HTML)) == ""
	switch {
	case !page.article:
		r.outcome.other++
	case item.Title == "" || (empty && !r.titleOnly()):
		r.outcome.unreadable++
	case r.before(r.instant(item)):
	default:
		if item.URL != page.own {
			if owner, taken := r.claimed[item.URL]; taken && owner != page.own {
				// Two pages with one canonical address: it is not theirs.
				item.URL = page.own
			} else {
				r.claimed[item.URL] = page.own
			}
		}
		if err := r.deliver(item); err != nil {
			return err
		}
		r.watch(entry.address, item)
	}
	r.seen.put(key, entry.mark())
	return nil
}

// titleOnly accepts articles without a text, such as infographics, when the
// rules name the place of the title.
func (r *pageRun) titleOnly() bool { return r.source().Rules != nil && r.source().Rules.Title != "" }

func (r *pageRun) deliver(item Item) error {
	if err := r.emit(item); err != nil {
		return fmt.Errorf("source: deliver item of %s: %w", r.source().Name, err)
	}
	r.answer.Items++
	r.outcome.delivered++
	return nil
}

// instant is when an item was published, zero when that cannot be read here.
func (r *pageRun) instant(item Item) time.Time {
	if !item.PublishedAt.IsZero() {
		return item.PublishedAt
	}
	at, _ := (&extraction{now: r.now}).readable(item.PublishedRaw)
	return at
}

// article fetches and reads one page. Its errors are Failures, except for the
// context's.
func (r *pageRun) article(ctx context.Context, address string) (articlePage, error) {
	s := r.source()
	response, err := r.reader.fetcher.Get(ctx, Request{URL: address, Accept: acceptPage, AllowPrivate: s.AllowPrivate, RatePerSecond: s.RatePerSecond})
	if err != nil {
		return articlePage{}, err
	}
	final := response.URL.String()
	if !sameHost(final, s.URL) || (pageKey(final) != pageKey(address) && !r.eligible(final)) {
		return articlePage{}, &Failure{Reason: ReasonRedirect, HTTPStatus: response.Status, Words: fmt.Sprintf("%s mengalihkan ke %s, yang bukan artikel situs ini", address, final)}
	}
	body := pageUTF8(response.Body, response.Header.Get("Content-Type"))
	if !looksLikeHTML(body) {
		return articlePage{}, &Failure{Reason: ReasonParse, HTTPStatus: response.Status, Words: fmt.Sprintf("%s bukan halaman web", address)}
	}
	page, failure := extractArticle(body, response.URL, s.Rules, r.now)
	if failure != nil {
		failure.HTTPStatus = response.Status
		return articlePage{}, failure
	}
	return page, nil
}

// trouble books a page that could not be read. One bad page is noted; a site
// that answers nothing any more, or asks for a pause, ends the poll.
func (r *pageRun) trouble(ctx context.Context, entry sitemapEntry, err error) error {
	failure, ok := asFailure(err)
	if !ok || ctx.Err() != nil {
		return err
	}
	key := pageKey(entry.address)
	switch {
	case failure.HTTPStatus == http.StatusTooManyRequests:
		return failure
	case failure.HTTPStatus == http.StatusNotFound, failure.HTTPStatus == http.StatusGone:
		_, known := r.seen.get(key)
		r.seen.put(key, entry.mark())
		r.untrouble(key)
		r.outcome.inARow = 0
		if known {
			return r.gone(entry.address)
		}
		r.outcome.fail(failure)
	case failure.Reason == ReasonRobots:
		r.outcome.fail(failure)
		r.outcome.forbidden = append(r.outcome.forbidden, key)
		r.seen.put(key, entry.mark())
	case lasting(failure):
		r.outcome.fail(failure)
		r.untrouble(key)
		r.seen.put(key, entry.mark())
	default:
		// It may pass: a firewall that refuses, a certificate, a server in
		// trouble. Several in a row are the site's trouble, not the page's.
		r.pending = true
		r.outcome.fail(failure)
		if r.outcome.inARow++; r.outcome.inARow >= maxInARow {
			return failure
		}
		if r.tried(key) >= maxPageTries {
			r.outcome.abandoned = append(r.outcome.abandoned, entry.address)
			r.untrouble(key)
			r.seen.put(key, entry.mark())
		}
	}
	return nil
}

// lasting says that a page would fail in the same way the next time.
func lasting(f *Failure) bool {
	switch f.Reason {
	case ReasonTooLarge, ReasonRedirect, ReasonParse, ReasonPrivateAddress, ReasonBadURL:
		return true
	}
	return f.HTTPStatus >= 400 && f.HTTPStatus < 500 && !f.temporary() && f.HTTPStatus != http.StatusForbidden && f.HTTPStatus != http.StatusUnauthorized
}

func (o *pageOutcome) fail(failure *Failure) {
	o.troubled++
	if o.sample == "" {
		o.sample = failure.Words
	}
}

// tried counts one more poll in which a page failed.
func (r *pageRun) tried(key uint64) int {
	i := slices.IndexFunc(r.state.Troubled, func(t troubledPage) bool { return t.Key == key })
	if i < 0 {
		if len(r.state.Troubled) >= maxTroubled {
			return maxPageTries
		}
		r.state.Troubled = append(r.state.Troubled, troubledPage{Key: key})
		i = len(r.state.Troubled) - 1
	}
	r.state.Troubled[i].Tries++
	return r.state.Troubled[i].Tries
}

func (r *pageRun) untrouble(key uint64) {
	r.state.Troubled = slices.DeleteFunc(r.state.Troubled, func(t troubledPage) bool { return t.Key == key })
}

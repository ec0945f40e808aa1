package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	acceptList = "application/xml, text/xml, text/html;q=0.9, */*;q=0.1"
	acceptPage = "text/html, application/xhtml+xml, */*;q=0.1"
)

// pageReader reads a site that has neither feed nor interface: a sitemap or a
// list page leads to the article pages, and each of those is read.
//
// Only pages not yet seen are fetched, the latest first, at most
// [Source.MaxPages] in a poll; the next poll goes on. Articles of the last
// weeks are looked at again once a day, for changes and deletion.
type pageReader struct {
	source  Source
	fetcher *Fetcher
	now     func() time.Time
}

var _ Reader = (*pageReader)(nil)

// pageRun is one Read of a site.
type pageRun struct {
	reader *pageReader
	emit   func(Item) error
	answer Answer
	state  PageState
	seen   *seenSet
	maps   *seenSet
	now    time.Time
	// budget is the number of article requests left.
	budget int
	// pending says that work is left for the next poll; validatable that the
	// answer to the configured address alone tells whether there is news.
	pending, validatable bool
	// claimed are the canonical addresses of this poll and who has them.
	claimed map[string]string
	outcome pageOutcome
}

func (r *pageRun) source() *Source { return &r.reader.source }

func (r *pageRun) note(words string) {
	if len(r.answer.Notes) < 20 {
		r.answer.Notes = append(r.answer.Notes, words)
	}
}

// Read implements Reader.
func (p *pageReader) Read(ctx context.Context, state State, emit func(Item) error) (Answer, error) {
	old := state.usable(p.source.URL)
	sum := p.source.rulesSum()
	if old.Page == nil || old.Page.RulesSum != sum {
		// Never read, or read by other rules: everything is read anew.
		old.ETag, old.LastModified, old.Page = "", "", &PageState{RulesSum: sum}
	}
	run := &pageRun{
		reader: p, emit: emit, answer: Answer{State: old}, state: *old.Page, seen: old.Page.Seen.clone(), maps: old.Page.Maps.clone(),
		now: p.now().UTC(), budget: max(p.source.MaxPages, 1), claimed: make(map[string]string),
	}
	run.state.Watched = append([]watchedPage(nil), old.Page.Watched...)
	run.state.Troubled = append([]troubledPage(nil), old.Page.Troubled...)
	err := run.read(ctx, old)
	run.settle()
	return run.answer, err
}

// rulesSum is the fingerprint of what decides which pages are read and how.
func (s *Source) rulesSum() uint64 {
	rules := PageRules{}
	if s.Rules != nil {
		rules = *s.Rules
	}
	return sum64(fmt.Sprintf("%+v", rules), s.Since.String())
}

// read polls the configured address and what it leads to.
func (r *pageRun) read(ctx context.Context, old State) error {
	request := Request{}
	if r.state.Complete && len(r.state.Troubled) == 0 {
		request.ETag, request.LastModified = old.ETag, old.LastModified
	}
	body, address, response, err := r.document(ctx, r.source().URL, request)
	r.answer.HTTPStatus = statusOf(response, err)
	if err != nil {
		return err
	}
	if response.NotModified {
		if err := r.recheck(ctx); err != nil {
			return err
		}
		r.answer.NotModified = r.answer.Items == 0
		return nil
	}
	r.answer.State.ETag, r.answer.State.LastModified = "", ""
	switch {
	case isSitemap(body):
		err = r.sitemap(ctx, body, address)
	case looksLikeHTML(body):
		err = r.list(ctx, body, address)
	default:
		err = notAList(body, address)
	}
	if err == nil {
		if err = r.outcome.verdict(address); err != nil {
			// Nothing of it is done: the next poll asks again.
			for _, key := range r.outcome.forbidden {
				r.seen.drop(key)
			}
		}
	}
	if err != nil {
		return err
	}
	if r.validatable && !r.pending && len(r.state.Troubled) == 0 {
		r.answer.State.ETag, r.answer.State.LastModified = response.Validators()
	}
	return r.recheck(ctx)
}

func notAList(body []byte, address *url.URL) *Failure {
	f := &Failure{Reason: ReasonNotAList, HTTPStatus: http.StatusOK}
	switch root := rootName(body); {
	case root == "rss" || root == "feed" || root == "rdf":
		f.Words = fmt.Sprintf("%s adalah feed, bukan sitemap atau halaman daftar; pakai kind: feed", address)
	case len(body) > 0 && (body[0] == '{' || body[0] == '['):
		f.Words = fmt.Sprintf("%s menjawab JSON, bukan sitemap atau halaman daftar; pakai kind: jsonapi", address)
	default:
		f.Words = fmt.Sprintf("%s bukan sitemap dan bukan halaman web; periksa alamatnya di gaung.yaml", address)
	}
	return f
}

// document fetches a sitemap or list page and converts it to UTF-8.
func (r *pageRun) document(ctx context.Context, address string, request Request) ([]byte, *url.URL, *Response, error) {
	s := r.source()
	request.URL, request.Accept = address, acceptList
	request.AllowPrivate, request.RatePerSecond = s.AllowPrivate, s.RatePerSecond
	response, err := r.reader.fetcher.Get(ctx, request)
	if err != nil {
		return nil, nil, response, err
	}
	if response.NotModified {
		return nil, response.URL, response, nil
	}
	body, failure := unpacked(response, r.reader.fetcher.options.MaxBytes)
	if failure != nil {
		return nil, nil, response, failure
	}
	return body, response.URL, response, nil
}

// eligible says whether an address may be an article of this source.
func (r *pageRun) eligible(address string) bool {
	u, err := url.Parse(address)
	if err != nil || !sameHost(address, r.source().URL) || (strings.Trim(u.Path, "/") == "" && u.RawQuery == "") {
		return false
	}
	return pageKey(address) != pageKey(r.source().URL) && !notPages.MatchString(u.Path) && r.source().Rules.matches(address)
}

// before says whether an instant lies before the configured first day.
func (r *pageRun) before(at time.Time) bool {
	since := r.source().Since
	if at.IsZero() || since.IsZero() {
		return false
	}
	// The easternmost zone begins its day first: no article of the first day
	// is lost.
	first := time.Date(since.Year, since.Month, since.Day, 0, 0, 0, 0, time.FixedZone("WIT", 9*3600))
	return at.Before(first)
}

// leave says that articles are left for the next poll.
func (r *pageRun) leave(left int) {
	r.pending = true
	r.note(fmt.Sprintf("%d halaman lagi dibaca pada giliran berikutnya (max_pages %d)", left, r.source().MaxPages))
}

// settle stores what was learned, whether the poll succeeded or not.
func (r *pageRun) settle() {
	r.state.Seen, r.state.Maps = r.seen, r.maps
	for _, words := range r.outcome.notes() {
		r.note(words)
	}
	state := r.state
	r.answer.State.Page = &state
}

// pageKey identifies a page: without scheme, www., fragment and trailing
// slash, so that a move to HTTPS makes no new articles.
func pageKey(address string) uint64 {
	u, err := url.Parse(address)
	if err != nil {
		return sum64(address)
	}
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	return sum64(host, strings.TrimRight(u.EscapedPath(), "/"), u.RawQuery)
}

// asFailure is errors.As for a Failure.
func asFailure(err error) (*Failure, bool) {
	var failure *Failure
	ok := errors.As(err, &failure)
	return failure, ok
}

package source

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

const (
	// maxListPages bounds the list pages of one poll, maxListLinks the links
	// taken from one of them.
	maxListPages = 200
	maxListLinks = 1000
)

// listPage is one page of a list of articles.
type listPage struct {
	address *url.URL
	links   []string
	// next is the address of the following page, "" for the last.
	next string
}

// parseList reads a list page in UTF-8: its links by the rules, and the link
// to the next page.
func parseList(body []byte, address *url.URL, rules *PageRules) (listPage, *Failure) {
	page := listPage{address: address}
	doc, failure := parseHTML(body, address)
	if failure != nil {
		return page, failure
	}
	base := address
	if href, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if u, err := url.Parse(cleanURL(address, href)); err == nil && u.Host != "" {
			base = u
		}
	}
	if rules == nil {
		return page, nil
	}
	selector := rules.Link
	if selector == "" {
		selector = "a[href]"
	}
	seen := make(map[uint64]bool)
	take := func(s *goquery.Selection) {
		link := linkOf(s, base)
		if key := pageKey(link); link != "" && !seen[key] && len(page.links) < maxListLinks {
			seen[key] = true
			page.links = append(page.links, link)
		}
	}
	if rules.ListItem != "" {
		doc.Find(rules.ListItem).Each(func(_ int, entry *goquery.Selection) { take(entry.Find(selector).First()) })
	} else {
		doc.Find(selector).Each(func(_ int, s *goquery.Selection) { take(s) })
	}
	if rules.Next != "" {
		page.next = linkOf(doc.Find(rules.Next).First(), base)
	}
	return page, nil
}

// linkOf is the address a selected element leads to: its own, that of the
// link in it, or that of the link around it.
func linkOf(s *goquery.Selection, base *url.URL) string {
	if s.Length() == 0 {
		return ""
	}
	href, ok := s.Attr("href")
	if !ok {
		if href, ok = s.Find("a[href]").First().Attr("href"); !ok {
			href = s.Closest("a[href]").AttrOr("href", "")
		}
	}
	href = strings.TrimSpace(href)
	if href == "" || strings.HasPrefix(href, "#") {
		return ""
	}
	u, err := url.Parse(cleanURL(base, href))
	if err != nil || u.Host == "" {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// listWalk is the way through the pages of a list.
type listWalk struct {
	run *pageRun
	// visited are the list pages of this poll; jumped says that the walk is at
	// or beyond the page where an earlier one stopped. before are the links of
	// the page read last.
	visited map[uint64]bool
	jumped  bool
	before  []string
}

// list reads the articles that a list page, and those after it, link to.
func (r *pageRun) list(ctx context.Context, body []byte, address *url.URL) error {
	rules := r.source().Rules
	if rules == nil || (rules.Link == "" && len(rules.Match) == 0) {
		return &Failure{Reason: ReasonNotAList, HTTPStatus: http.StatusOK, Words: fmt.Sprintf("%s adalah halaman web; tulis rules.link (pemilih CSS tautan berita) atau rules.match (pola alamat berita), atau pakai alamat sitemap situs itu", address)}
	}
	page, failure := parseList(body, address, rules)
	if failure != nil {
		return failure
	}
	page.links = slices.DeleteFunc(page.links, func(link string) bool { return !r.eligible(link) })
	if len(page.links) == 0 {
		return &Failure{Reason: ReasonNotAList, HTTPStatus: http.StatusOK, Words: fmt.Sprintf("tidak ada tautan berita di %s yang cocok dengan rules.link atau rules.match; tampilan situs mungkin berubah: perbarui rules", address)}
	}
	r.validatable = true
	walk := &listWalk{run: r, visited: make(map[uint64]bool)}
	for number := 0; ; number++ {
		walk.visited[pageKey(page.address.String())] = true
		next, err := walk.page(ctx, page)
		if err != nil || next == "" {
			return err
		}
		if number >= maxListPages {
			r.pending = true
			r.note(fmt.Sprintf("daftar %s belum habis setelah %d halaman; diteruskan pada giliran berikutnya", address, maxListPages))
			return nil
		}
		var more bool
		if page, more, err = walk.fetch(ctx, next); err != nil || !more {
			return err
		}
	}
}

// page reads the articles of one list page and gives the address of the list
// page to read next, "" to stop.
func (w *listWalk) page(ctx context.Context, page listPage) (string, error) {
	r := w.run
	fresh, old := 0, 0
	for i, link := range page.links {
		key := pageKey(link)
		if _, known := r.seen.get(key); known {
			continue
		}
		if r.budget <= 0 {
			r.leave(len(page.links) - i)
			return "", nil
		}
		fresh++
		delivered, other := r.outcome.delivered, r.outcome.other+r.outcome.unreadable+r.outcome.troubled
		if err := r.visit(ctx, sitemapEntry{address: link}); err != nil {
			return "", err
		}
		if r.outcome.delivered == delivered && r.outcome.other+r.outcome.unreadable+r.outcome.troubled == other {
			old++
		}
	}
	next := w.following(page)
	w.jumped = w.jumped || r.state.ListURL == "" || pageKey(r.state.ListURL) == pageKey(page.address.String())
	switch {
	case r.state.Complete && fresh == 0:
		return "", nil
	case slices.Equal(page.links, w.before), next == "", w.visited[pageKey(next)], r.seen.len() >= maxListed, fresh > 0 && old == fresh:
		// The end, an end that repeats itself, or articles older than wanted.
		w.done()
		return "", nil
	case !r.state.Complete && fresh == 0 && !w.jumped:
		// What follows was seen before, up to where the last poll stopped.
		w.jumped, w.before = true, nil
		return r.state.ListURL, nil
	}
	w.before = page.links
	if w.jumped && !r.state.Complete {
		r.state.ListURL = page.address.String()
	}
	return next, nil
}

func (w *listWalk) done() {
	w.run.state.Complete, w.run.state.ListURL = true, ""
}

// following is the address of the list page after this one.
func (w *listWalk) following(page listPage) string {
	rules := w.run.source().Rules
	switch {
	case rules.Pages != "":
		return strings.Replace(rules.Pages, "{page}", strconv.Itoa(max(pageNumber(rules, page.address), 1)+1), 1)
	case page.next != "" && sameHost(page.next, w.run.source().URL):
		return page.next
	}
	return ""
}

// pageNumber is the number of a list page by the pattern, 0 when it does not
// fit: the first page.
func pageNumber(rules *PageRules, address *url.URL) int {
	if rules == nil || rules.Pages == "" || address == nil {
		return 0
	}
	head, tail, _ := strings.Cut(rules.Pages, "{page}")
	pattern, err := url.Parse(head + "1" + tail)
	if err != nil || !sameHost(pattern.String(), address.String()) {
		return 0
	}
	text := afterScheme(address.String())
	text, ok := strings.CutPrefix(text, afterScheme(head))
	if !ok {
		return 0
	}
	if text, ok = strings.CutSuffix(text, tail); !ok {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1_000_000 {
		return 0
	}
	return n
}

// fetch reads a further list page. more is false at the end of the list, and
// where a list page fails: the articles before it are not its fault.
func (w *listWalk) fetch(ctx context.Context, address string) (page listPage, more bool, err error) {
	r := w.run
	body, final, _, err := r.document(ctx, address, Request{})
	if err != nil {
		failure, ok := asFailure(err)
		switch {
		case !ok || failure.HTTPStatus == http.StatusTooManyRequests:
			return page, false, err
		case failure.HTTPStatus == http.StatusNotFound || failure.HTTPStatus == http.StatusGone:
			w.done()
			return page, false, nil
		}
		r.pending = true
		r.note("daftar berikutnya tidak terbaca: " + failure.Words)
		return page, false, nil
	}
	page, failure := parseList(body, final, r.source().Rules)
	if failure != nil {
		r.pending = true
		r.note(failure.Words)
		return page, false, nil
	}
	page.links = slices.DeleteFunc(page.links, func(link string) bool { return !r.eligible(link) })
	if len(page.links) == 0 || w.visited[pageKey(final.String())] {
		w.done()
		return page, false, nil
	}
	return page, true, nil
}

package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Page sizes: the largest WordPress allows, and the one for hosts that choke
// on it.
const (
	wpPageSize      = 100
	wpSmallPageSize = 20
)

// wpFields are the fields asked for; _links must be among them for _embed to
// work.
const wpFields = "id,date,date_gmt,modified,modified_gmt,link,guid,title,content,excerpt,_links,_embedded"

// wpQuery selects and orders posts. Stamps are in the form of wpStamp, with a
// trailing Z when UTC and without when site-local; "" leaves the bound out.
type wpQuery struct {
	after, modifiedAfter string
	orderBy, order       string
	page, size           int
}

// wpPage is one page of posts.
type wpPage struct {
	posts      []wpPost
	unreadable int
	// totalPages and total are the headers' values, -1 when missing.
	totalPages, total int
	// served is the server's clock.
	served time.Time
	// past is true for a page beyond the last one.
	past bool
}

// wpClosed says that the REST interface is not available at an endpoint.
type wpClosed struct {
	// status and code are the HTTP status and WordPress' error code.
	status int
	code   string
}

func (e *wpClosed) Error() string {
	return fmt.Sprintf("REST interface closed: status %d, code %q", e.status, e.code)
}

// words describe the closing in brackets of a sentence.
func (e *wpClosed) words() string {
	switch {
	case e.code != "":
		return fmt.Sprintf("%d, %s", e.status, e.code)
	case e.status >= 200 && e.status < 300:
		return "menjawab halaman web, bukan JSON"
	}
	return strconv.Itoa(e.status)
}

// deliberate says that somebody shut the interface: no other spelling of the
// address will open it.
func (e *wpClosed) deliberate() bool {
	return (e.status == http.StatusUnauthorized || e.status == http.StatusForbidden) && e.code != ""
}

// address builds the request's address on an endpoint, which may hold a query
// already (?rest_route=).
func (q wpQuery) address(endpoint *url.URL) string {
	values := endpoint.Query()
	set := func(key, value string) {
		if value != "" {
			values.Set(key, value)
		}
	}
	values.Set("_embed", "author,wp:term")
	values.Set("_fields", wpFields)
	values.Set("per_page", strconv.Itoa(q.size))
	values.Set("page", strconv.Itoa(q.page))
	values.Set("orderby", q.orderBy)
	values.Set("order", q.order)
	set("after", q.after)
	set("modified_after", q.modifiedAfter)
	u := *endpoint
	u.RawQuery = values.Encode()
	return u.String()
}

// fetchPage gets one page. Its error is a *wpClosed, a *Failure, or the
// cancelled context.
func (r *wordpressReader) fetchPage(ctx context.Context, endpoint *url.URL, q wpQuery) (*wpPage, error) {
	response, err := r.fetcher.Get(ctx, Request{
		URL: q.address(endpoint), Accept: "application/json",
		AllowPrivate: r.source.AllowPrivate, RatePerSecond: r.source.RatePerSecond,
	})
	if err != nil {
		var failure *Failure
		if !errors.As(err, &failure) {
			return nil, err
		}
		var code string
		if response != nil {
			code = wpErrorCode(response.Body)
		}
		switch failure.HTTPStatus {
		case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusGone:
			return nil, &wpClosed{status: failure.HTTPStatus, code: code}
		case http.StatusBadRequest:
			if code == "rest_post_invalid_page_number" {
				return &wpPage{past: true, total: -1, totalPages: -1}, nil
			}
		}
		return nil, failure
	}
	body := toUTF8(response.Body, response.Header.Get("Content-Type"))
	posts, unreadable, err := parsePosts(body)
	if errors.Is(err, errNotPosts) {
		return nil, &wpClosed{status: response.Status, code: wpErrorCode(body)}
	}
	if err != nil {
		return nil, &Failure{Reason: ReasonParse, Err: err, HTTPStatus: response.Status, Words: fmt.Sprintf("jawaban REST WordPress %s rusak (JSON tidak lengkap); minta pengelola situs memeriksa plugin atau batas memori PHP", endpoint)}
	}
	page := &wpPage{
		posts: posts, unreadable: unreadable,
		total: countHeader(response.Header, "X-WP-Total"), totalPages: countHeader(response.Header, "X-WP-TotalPages"),
	}
	if served, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		page.served = served.UTC()
	}
	return page, nil
}

// countHeader reads a header that counts, -1 when missing or senseless.
func countHeader(h http.Header, name string) int {
	n, err := strconv.Atoi(h.Get(name))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// maxRedirects is how many redirects one attempt follows.
const maxRedirects = 5

// errTooLarge is what the body reader returns beyond its limit.
var errTooLarge = errors.New("body exceeds the size limit")

// attempt does one try of a Get, following redirects by hand.
func (f *Fetcher) attempt(ctx context.Context, r Request) (*Response, error) {
	current, failure := parseAddress(r.URL)
	if failure != nil {
		return nil, failure
	}
	visited := []string{current.String()}
	for {
		if err := f.allowed(ctx, current, r); err != nil {
			return nil, err
		}
		response, err := f.exchange(ctx, current, r)
		if err != nil {
			return nil, err
		}
		switch {
		case response.Status == http.StatusNotModified && (r.ETag != "" || r.LastModified != ""):
			response.NotModified = true
			return response, nil
		case response.Status >= 200 && response.Status < 300:
			return response, nil
		case !isRedirect(response.Status) || response.Header.Get("Location") == "":
			failure := statusFailure(response.Status, current.String())
			failure.RetryAfter = retryAfter(response.Header, f.options.Now())
			return response, failure
		}
		next, failure := redirect(current, response, visited)
		if failure != nil {
			return nil, failure
		}
		visited = append(visited, next.String())
		current = next
	}
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// redirect returns where an answer points, or why it is not followed.
func redirect(from *url.URL, response *Response, visited []string) (*url.URL, *Failure) {
	location := cleanURL(from, response.Header.Get("Location"))
	if location == "" {
		return nil, &Failure{Reason: ReasonRedirect, HTTPStatus: response.Status, Words: fmt.Sprintf("%s mengalihkan ke alamat yang bukan http atau https; periksa alamat sumber di gaung.yaml", from)}
	}
	next, failure := parseAddress(location)
	if failure != nil {
		return nil, failure
	}
	switch {
	case slices.Contains(visited, next.String()):
		return nil, &Failure{Reason: ReasonRedirect, HTTPStatus: response.Status, Words: fmt.Sprintf("%s mengalihkan berputar-putar ke %s; minta pengelola situs memperbaikinya", visited[0], next)}
	case len(visited) > maxRedirects:
		return nil, &Failure{Reason: ReasonRedirect, HTTPStatus: response.Status, Words: fmt.Sprintf("%s mengalihkan lebih dari %d kali; pakai alamat tujuan akhirnya di gaung.yaml", visited[0], maxRedirects)}
	}
	return next, nil
}

// parseAddress parses an absolute http or https address, without its
// fragment.
func parseAddress(address string) (*url.URL, *Failure) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return nil, &Failure{Reason: ReasonBadURL, Err: err, Words: fmt.Sprintf("alamat %q bukan alamat http atau https yang lengkap; periksa gaung.yaml", address)}
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// exchange sends one request and reads its answer within the time limit.
// Errors are *Failure or the cancelled context.
func (f *Fetcher) exchange(ctx context.Context, u *url.URL, r Request) (*Response, error) {
	if err := f.wait(ctx, u, r.RatePerSecond); err != nil {
		// The limiter also refuses when the wait would outlast the caller's
		// deadline: the caller's time is up, the source did nothing wrong.
		return nil, fmt.Errorf("source: wait for %s: %w: %w", u.Host, context.DeadlineExceeded, err)
	}
	started := time.Now()
	limited, cancel := context.WithTimeout(ctx, f.options.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(limited, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, &Failure{Reason: ReasonBadURL, Err: err, Words: fmt.Sprintf("alamat %q tidak dapat dipakai; periksa gaung.yaml", u)}
	}
	request.Header.Set("User-Agent", f.agent)
	if r.Accept != "" {
		request.Header.Set("Accept", r.Accept)
	}
	request.Header.Set("Accept-Language", "id, en;q=0.5")
	if sameOrigin(u, r.URL) {
		for name, values := range r.Header {
			request.Header[name] = values
		}
	}
	if r.ETag != "" {
		request.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		request.Header.Set("If-Modified-Since", r.LastModified)
	}
	client := f.public
	if r.AllowPrivate {
		client = f.intranet
	}
	answer, err := client.Do(request)
	if err != nil {
		return nil, f.networkError(ctx, err, u)
	}
	defer answer.Body.Close()
	response := &Response{Status: answer.StatusCode, URL: u, Header: answer.Header}
	response.Body, err = readLimited(answer.Body, f.options.MaxBytes)
	f.options.Logger.Debug("fetched", "url", u.String(), "status", answer.StatusCode, "bytes", len(response.Body), "took", time.Since(started))
	switch {
	case errors.Is(err, errTooLarge):
		return nil, &Failure{Reason: ReasonTooLarge, Err: err, HTTPStatus: answer.StatusCode, Words: fmt.Sprintf("jawaban %s lebih besar dari %d MB; pakai alamat feed yang lebih kecil", u, max(f.options.MaxBytes>>20, 1))}
	case err != nil:
		return nil, f.networkError(ctx, err, u)
	}
	return response, nil
}

// sameOrigin says whether an address has the scheme, host and port of u.
func sameOrigin(u *url.URL, address string) bool {
	other, err := url.Parse(address)
	return err == nil && strings.EqualFold(u.Scheme, other.Scheme) && strings.EqualFold(u.Host, other.Host)
}

// networkError keeps a cancelled context apart from a source's failure.
func (f *Fetcher) networkError(ctx context.Context, err error, u *url.URL) error {
	if ctx.Err() != nil {
		return fmt.Errorf("source: fetch %s: %w", u, context.Cause(ctx))
	}
	return classifyNetwork(err, u.Host, f.options.Timeout)
}

// readLimited reads a whole body of at most limit bytes. The transport has
// already undone gzip, so a small answer that unpacks into a large one is
// stopped here too.
func readLimited(body io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(body, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, errTooLarge
	}
	return data, nil
}

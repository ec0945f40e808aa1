package source

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// apiPage is one answer of an interface.
type apiPage struct {
	root  any
	items []any
	// odd counts items that are no objects.
	odd     int
	address *url.URL
}

// start is the position of the first page. Positions are a page number, an
// offset, "cursor:" and a cursor, or an address.
func (r *apiRun) start() string {
	p := r.reader.source.API.Paging
	switch {
	case p.Kind == "page" && p.Start == nil:
		return "1"
	case p.Start != nil && (p.Kind == "page" || p.Kind == "offset"):
		return strconv.Itoa(*p.Start)
	case p.Kind == "offset":
		return "0"
	}
	return "cursor:"
}

// address is what to ask for a position. An address from an answer must be on
// the origin of the configured one: it gets the same headers.
func (r *apiRun) address(position string) (string, *Failure) {
	s := &r.reader.source
	if strings.Contains(position, "://") && !strings.HasPrefix(position, "cursor:") {
		configured, err := url.Parse(s.plainURL())
		if err != nil || !sameOrigin(configured, position) {
			return "", &Failure{Reason: ReasonRedirect, Words: fmt.Sprintf("jawaban API menunjuk halaman berikutnya di situs lain (%s), yang tidak dibaca; periksa api.paging.next", hostOf(position))}
		}
		return position, nil
	}
	cursor, isCursor := strings.CutPrefix(position, "cursor:")
	number, offset := position, position
	if isCursor {
		number, offset = "1", "0"
	}
	size := ""
	if s.API.Paging.Size > 0 {
		size = strconv.Itoa(s.API.Paging.Size)
	}
	return fillAddress(s.URL, map[string]string{
		"page": number, "offset": offset, "cursor": cursor, "since": r.since, "size": size,
	}), nil
}

// plainURL is the configured address with its placeholders emptied.
func (s *Source) plainURL() string { return fillAddress(s.URL, nil) }

// fillAddress puts values into an address template, escaped for where they
// stand.
func fillAddress(template string, values map[string]string) string {
	var b strings.Builder
	for rest := template; ; {
		head, tail, found := strings.Cut(rest, "{")
		b.WriteString(head)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(tail, "}")
		if !closed {
			b.WriteString(url.QueryEscape("{" + tail))
			return b.String()
		}
		if strings.Contains(b.String(), "?") {
			b.WriteString(url.QueryEscape(values[name]))
		} else {
			b.WriteString(url.PathEscape(values[name]))
		}
		rest = after
	}
}

// next is the position after a page, "" after the last.
func (r *apiRun) next(position string, page *apiPage) string {
	p := r.reader.source.API.Paging
	total := -1
	if p.Total != "" {
		if n, err := strconv.Atoi(apiField{plain: true, paths: []jsonPath{r.mapping.total}}.first(page.root)); err == nil && n >= 0 {
			total = n
		}
	}
	if p.Next != "" {
		next := apiField{plain: true, paths: []jsonPath{r.mapping.next}}.first(page.root)
		switch {
		case next == "" || next == "false":
			return ""
		case p.Kind == "cursor" && strings.Contains(r.reader.source.URL, "{cursor}") && !strings.Contains(next, "://"):
			if len(next) > maxURL {
				return ""
			}
			return "cursor:" + next
		case p.Kind == "cursor":
			return cleanURL(page.address, next)
		}
	}
	number, err := strconv.Atoi(position)
	if err != nil {
		return ""
	}
	switch p.Kind {
	case "page":
		if total >= 0 && r.complete(number, len(page.items), total) {
			return ""
		}
		return strconv.Itoa(number + 1)
	case "offset":
		// The number of items received is the step: servers cap the size
		// asked for.
		step := len(page.items)
		if total >= 0 && number+step >= total {
			return ""
		}
		return strconv.Itoa(number + step)
	}
	return ""
}

// complete says whether the total is reached with a page, by the size of pages
// that is configured or, on the first page, received.
func (r *apiRun) complete(number, items, total int) bool {
	first, err := strconv.Atoi(r.start())
	if err != nil {
		return false
	}
	if number == first {
		r.size = items
	}
	return r.size > 0 && (number-first)*r.size+items >= total
}

// fetch asks for one page; nil means that it was not modified.
func (r *apiRun) fetch(ctx context.Context, address, position string) (*apiPage, error) {
	s := &r.reader.source
	request := Request{URL: address, Accept: "application/json", Header: r.header, AllowPrivate: s.AllowPrivate, RatePerSecond: s.RatePerSecond}
	single := s.API.Paging.Kind == "none" && position == r.start()
	if single {
		request.ETag, request.LastModified = r.answer.State.ETag, r.answer.State.LastModified
	}
	r.requests++
	response, err := r.reader.fetcher.Get(ctx, request)
	r.answer.HTTPStatus = statusOf(response, err)
	if err != nil {
		failure, ok := asFailure(err)
		if ok && len(r.header) > 0 && (failure.HTTPStatus == http.StatusUnauthorized || failure.HTTPStatus == http.StatusForbidden) {
			failure.Words = fmt.Sprintf("%s menolak pembacaan (%d); periksa rahasia di api.headers, mungkin sudah kedaluwarsa", hostOf(address), failure.HTTPStatus)
		}
		return nil, err
	}
	if response.NotModified {
		r.answer.NotModified = true
		return nil, nil
	}
	body := toUTF8(response.Body, response.Header.Get("Content-Type"))
	page, failure := parseAPIPage(body, response.URL, r.mapping.list)
	if failure != nil {
		failure.HTTPStatus = response.Status
		return nil, failure
	}
	if single {
		r.answer.State.ETag, r.answer.State.LastModified = response.Validators()
	}
	return page, nil
}

// parseAPIPage reads an answer in UTF-8 and finds its list.
func parseAPIPage(body []byte, address *url.URL, list jsonPath) (*apiPage, *Failure) {
	if len(body) == 0 || (body[0] != '{' && body[0] != '[') {
		what := "bukan JSON"
		if len(body) == 0 {
			what = "kosong"
		} else if looksLikeHTML(body) {
			what = "halaman web (HTML), bukan JSON"
		}
		return nil, &Failure{Reason: ReasonNotJSON, Words: fmt.Sprintf("jawaban %s %s; periksa alamat API di gaung.yaml", hostOf(address.String()), what)}
	}
	root, err := decodeJSON(body)
	if err != nil {
		return nil, &Failure{Reason: ReasonParse, Err: err, Words: fmt.Sprintf("JSON dari %s rusak atau tidak lengkap; minta pengelola API memeriksanya", hostOf(address.String()))}
	}
	page := &apiPage{root: root, address: address}
	values := list.find(root)
	var found []any
	switch {
	case len(values) == 0:
		return nil, &Failure{Reason: ReasonMapping, Words: fmt.Sprintf("jawaban %s tidak memuat daftar di api.items; bentuk jawaban API mungkin berubah", hostOf(address.String()))}
	case list.spreads():
		found = values
	default:
		var ok bool
		if found, ok = asList(values[0]); !ok && values[0] != nil && !emptyObject(values[0]) {
			return nil, &Failure{Reason: ReasonMapping, Words: fmt.Sprintf("api.items di jawaban %s bukan daftar; periksa jalurnya", hostOf(address.String()))}
		}
	}
	for _, value := range found {
		if _, ok := value.(map[string]any); ok {
			page.items = append(page.items, value)
		} else {
			page.odd++
		}
	}
	if page.odd > 0 && len(page.items) == 0 {
		return nil, &Failure{Reason: ReasonMapping, Words: fmt.Sprintf("butir di api.items pada jawaban %s bukan objek JSON; periksa jalurnya", hostOf(address.String()))}
	}
	return page, nil
}

// spreads says whether a path ends by selecting all items of a list.
func (p jsonPath) spreads() bool {
	for _, step := range p {
		if step.kind == stepAll {
			return true
		}
	}
	return false
}

// emptyObject says whether a value is {}: PHP prints empty lists like that.
func emptyObject(value any) bool {
	object, ok := value.(map[string]any)
	return ok && len(object) == 0
}

// hostOf is the host of an address, for words.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

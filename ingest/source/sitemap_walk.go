package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

const (
	// maxSitemaps bounds the sitemap files of one poll, maxSitemapLevels the
	// nesting of indexes.
	maxSitemaps      = 200
	maxSitemapLevels = 3
	// maxListed bounds the articles considered of one site, so that all of
	// them, and those of earlier polls, are remembered.
	maxListed = maxRemembered * 3 / 4
	// stampedTogether is the number of known pages from which a change of
	// most lastmods at once is taken for the stamp of the file's making.
	stampedTogether = 20
)

// otherSitemaps matches the sub-sitemaps that common systems make for what is
// no article: terms, authors, static pages.
var otherSitemaps = regexp.MustCompile(`(?i)(?:^|[/_-])(?:category|categories|kategori|post_tag|tags?|authors?|users|page|pages|taxonomies|product|attachment|elementor[a-z_-]*|post_format)[a-z_-]*(?:sitemap|\d*\.xml)|sitemap-(?:taxonomies|users|posts-page|pages?|misc|category|tags?|authors?|images?|videos?)\b`)

// sitemapWalk gathers the entries of a sitemap and those below it.
type sitemapWalk struct {
	run     *pageRun
	entries []sitemapEntry
	// read are the sub-sitemaps read in this poll.
	read []sitemapEntry
	// visited guards against indexes that name each other.
	visited map[uint64]bool
	files   int
	failed  int
	failure *Failure
}

// gather reads a parsed sitemap and everything below it.
func (w *sitemapWalk) gather(ctx context.Context, map_ sitemap, level int) error {
	if !map_.index {
		w.entries = append(w.entries, map_.entries[:min(len(map_.entries), maxSitemapEntries-min(len(w.entries), maxSitemapEntries))]...)
		return nil
	}
	children := slices.Clone(map_.entries)
	slices.SortStableFunc(children, func(a, b sitemapEntry) int { return b.lastmod.Compare(a.lastmod) })
	for _, child := range children {
		key := pageKey(child.address)
		switch mark, known := w.run.maps.get(key); {
		case w.visited[key] || !sameHost(child.address, w.run.source().URL) || otherSitemaps.MatchString(pathOf(child.address)):
			continue
		case known && mark != 0 && mark == child.mark():
			continue
		case level >= maxSitemapLevels || w.files >= maxSitemaps:
			w.run.pending = true
			continue
		}
		w.visited[key] = true
		w.files++
		body, address, _, err := w.run.document(ctx, child.address, Request{})
		if err == nil {
			var inner sitemap
			if inner, err = readSitemap(body, address); err == nil {
				err = w.gather(ctx, inner, level+1)
			}
		}
		var failure *Failure
		switch {
		case err == nil:
			w.read = append(w.read, child)
		case !errors.As(err, &failure):
			return err
		default:
			w.failed++
			w.failure = failure
			w.run.pending = true
			w.run.note(fmt.Sprintf("sitemap %s tidak terbaca: %s", child.address, failure.Words))
			if failure.HTTPStatus == 429 {
				return failure
			}
		}
	}
	return nil
}

// readSitemap parses a document that must be a sitemap.
func readSitemap(body []byte, address *url.URL) (sitemap, error) {
	if !isSitemap(body) {
		return sitemap{}, &Failure{Reason: ReasonNotAList, Words: fmt.Sprintf("%s bukan sitemap; periksa alamatnya", address)}
	}
	parsed, failure := parseSitemap(body, address)
	if failure != nil {
		return sitemap{}, failure
	}
	return parsed, nil
}

func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path
}

// sitemap reads the articles that a sitemap newly lists or says were changed.
func (r *pageRun) sitemap(ctx context.Context, body []byte, address *url.URL) error {
	root, err := readSitemap(body, address)
	if err != nil {
		return err
	}
	walk := &sitemapWalk{run: r, visited: map[uint64]bool{pageKey(address.String()): true}}
	if err := walk.gather(ctx, root, 1); err != nil {
		return err
	}
	if walk.failure != nil && walk.failed == walk.files {
		return walk.failure
	}
	r.validatable = !root.index
	todo := r.due(walk.entries)
	for i, entry := range todo {
		if r.budget <= 0 {
			r.leave(len(todo) - i)
			return nil
		}
		if err := r.visit(ctx, entry); err != nil {
			return err
		}
	}
	if !r.pending {
		r.state.Complete = true
		for _, child := range walk.read {
			r.maps.put(pageKey(child.address), child.mark())
		}
	}
	return nil
}

// due picks the entries to read, the latest first: those not seen, and those
// whose lastmod changed.
func (r *pageRun) due(entries []sitemapEntry) []sitemapEntry {
	listed := entries[:0:0]
	taken := make(map[uint64]bool)
	for _, entry := range entries {
		key := pageKey(entry.address)
		if !taken[key] && r.eligible(entry.address) && !r.before(entry.lastmod) {
			taken[key] = true
			listed = append(listed, entry)
		}
	}
	slices.SortStableFunc(listed, func(a, b sitemapEntry) int {
		return cmp.Or(b.lastmod.Compare(a.lastmod), strings.Compare(b.published, a.published))
	})
	if len(listed) > maxListed {
		r.note(fmt.Sprintf("sitemap memuat %d alamat; yang diperhatikan %d yang terbaru. Persempit dengan rules.match", len(listed), maxListed))
		listed = listed[:maxListed]
	}
	var todo []sitemapEntry
	known, changed := 0, 0
	for _, entry := range listed {
		mark, seen := r.seen.get(pageKey(entry.address))
		if seen {
			known++
			if mark == entry.mark() || entry.mark() == 0 {
				continue
			}
			changed++
		}
		todo = append(todo, entry)
	}
	if known < stampedTogether || changed*2 <= known {
		return todo
	}
	// All stamps moved: they are the time of the file, not of the pages.
	r.note(fmt.Sprintf("lastmod di sitemap berubah serentak pada %d dari %d halaman lama, jadi diabaikan: minta pengelola situs mengisi lastmod dengan waktu ubah tulisannya", changed, known))
	return slices.DeleteFunc(todo, func(entry sitemapEntry) bool {
		key := pageKey(entry.address)
		_, seen := r.seen.get(key)
		if seen {
			r.seen.put(key, entry.mark())
		}
		return seen
	})
}

// unpacked is a fetched document in UTF-8, gunzipped where it is a gzip file.
func unpacked(response *Response, limit int64) ([]byte, *Failure) {
	body, err := gunzipped(response.Body, limit)
	switch {
	case errors.Is(err, errTooLarge):
		return nil, &Failure{Reason: ReasonTooLarge, Err: err, HTTPStatus: response.Status, Words: fmt.Sprintf("isi %s setelah dibuka dari gzip lebih besar dari %d MB; minta sitemap dipecah", response.URL, max(limit>>20, 1))}
	case err != nil:
		return nil, &Failure{Reason: ReasonParse, Err: err, HTTPStatus: response.Status, Words: fmt.Sprintf("berkas gzip %s rusak; minta pengelola situs memperbaikinya", response.URL)}
	}
	contentType := response.Header.Get("Content-Type")
	if bytes.HasPrefix(response.Body, []byte{0x1F, 0x8B}) {
		contentType = ""
	}
	return pageUTF8(body, contentType), nil
}

package source

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// maxPageBytes is how much of a page is searched for its feed: the links
// stand in the head.
const maxPageBytes = 1 << 20

// feedTypes are the media types of feeds in <link rel=alternate>.
var feedTypes = map[string]bool{
	"application/rss+xml": true, "application/atom+xml": true, "application/feed+json": true,
	"application/rdf+xml": true, "text/rss+xml": true,
}

// looksLikeHTML says whether a document is a web page.
func looksLikeHTML(body []byte) bool {
	head := bytes.ToLower(body[:min(len(body), 1024)])
	for _, mark := range []string{"<!doctype html", "<html", "<head", "<body", "<script", "<title", "<div", "<meta"} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return false
}

// discoverFeed returns the address of the feed that a page announces, "" when
// it announces none. A feed of comments is taken only when there is no other.
func discoverFeed(body []byte, page *url.URL) string {
	if !looksLikeHTML(body) {
		return ""
	}
	document, err := goquery.NewDocumentFromReader(bytes.NewReader(body[:min(len(body), maxPageBytes)]))
	if err != nil {
		return ""
	}
	base := page
	if href, ok := document.Find("base[href]").First().Attr("href"); ok {
		if u, err := url.Parse(cleanURL(page, href)); err == nil && u.Host != "" {
			base = u
		}
	}
	var best, comments string
	document.Find("link[href]").EachWithBreak(func(_ int, link *goquery.Selection) bool {
		rel := strings.Fields(strings.ToLower(link.AttrOr("rel", "")))
		kind, _, _ := strings.Cut(strings.ToLower(link.AttrOr("type", "")), ";")
		if !slices.Contains(rel, "alternate") || !feedTypes[strings.TrimSpace(kind)] {
			return true
		}
		address := cleanURL(base, link.AttrOr("href", ""))
		if address == "" {
			return true
		}
		about := strings.ToLower(address + " " + link.AttrOr("title", ""))
		if strings.Contains(about, "comment") || strings.Contains(about, "komentar") {
			if comments == "" {
				comments = address
			}
			return true
		}
		best = address
		return false
	})
	if best == "" {
		return comments
	}
	return best
}

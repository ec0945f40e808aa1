package ingest

import "strings"

// spelling is what a canonical address has lost of the address as it was read
// without which it may lead nowhere: many a site answers without TLS only, or
// only under "www.". A bit each, as sql/rebuild_articles.sql counts them.
type spelling uint8

const (
	spelledHTTP spelling = 1 << iota
	spelledWWW
)

// link is the address under which a reader finds the article: the canonical one
// with the scheme and the host as they were read. The canonical address stays
// what identifies the article. Most need nothing, and take no memory.
func (s spelling) link(canonical string) string {
	rest, ok := strings.CutPrefix(canonical, "https://")
	if !ok || s == 0 {
		return canonical
	}
	www := s&spelledWWW != 0 && !strings.HasPrefix(rest, "www.")
	switch {
	case s&spelledHTTP != 0 && www:
		return "http://www." + rest
	case s&spelledHTTP != 0:
		return "http://" + rest
	case www:
		return "https://www." + rest
	}
	return canonical
}

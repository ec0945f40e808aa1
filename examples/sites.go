package examples

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// Sites serves every web site of the example region from one address, each
// under its own path: /diskominfo/, /portal/ and so on. The links in feeds
// and posts lead back to the address that was asked. It must only ever listen
// on loopback.
type Sites struct {
	now   func() time.Time
	sites []*site // in the order of the offices, portal and media last
}

// site is one web site. Posts stand in order of publication, oldest first.
type site struct {
	slug, name string
	kind       siteKind
	quirk      string
	feedSize   int
	posts      []*post
	byPath     map[string]*post
}

var _ http.Handler = (*Sites)(nil)

// How many items the sites put into their feeds. Ten is WordPress' default;
// the sites that have nothing but a feed keep their history in it.
const (
	feedItems     = 10
	longFeedItems = 400
)

// NewSites returns the web sites of a regency as they are at now(): articles
// saved later are not there yet. A nil now stands still at Now.
func NewSites(r *Regency, now func() time.Time) *Sites {
	if now == nil {
		now = Now
	}
	s := &Sites{now: now}
	for _, o := range r.offices {
		if o.site == siteNone || o.site == siteRefused || s.find(o.slug) != nil {
			continue
		}
		size := longFeedItems
		if o.site == siteWordPress && o.quirk != quirkRESTClosed {
			size = feedItems
		}
		s.sites = append(s.sites, &site{slug: o.slug, name: o.name + " " + RegionName, kind: o.site, quirk: o.quirk, feedSize: size})
	}
	s.sites = append(s.sites,
		&site{slug: portalSlug, name: "Portal " + RegionName, kind: siteWordPress, feedSize: feedItems},
		&site{slug: mediaSlug, name: "Warta Contoh", kind: siteRSS, feedSize: longFeedItems},
	)
	for _, one := range s.sites {
		one.byPath = make(map[string]*post)
	}
	for _, p := range r.posts {
		if one := s.find(p.site); one != nil {
			one.posts = append(one.posts, p)
			one.byPath[p.path()] = p
		}
	}
	return s
}

func (s *Sites) find(slug string) *site {
	if i := slices.IndexFunc(s.sites, func(one *site) bool { return one.slug == slug }); i >= 0 {
		return s.sites[i]
	}
	return nil
}

// ServeHTTP implements http.Handler.
func (s *Sites) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := s.now()
	// The servers' clock is the regency's, not the machine's.
	w.Header().Set("Date", now.UTC().Format(http.TimeFormat))
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "metode tidak didukung", http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == "/robots.txt" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Write([]byte("User-agent: *\nDisallow: /wp-admin/\nAllow: /\n"))
		return
	}
	slug, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if slug == "" {
		s.serveList(w)
		return
	}
	one := s.find(slug)
	if one == nil {
		http.NotFound(w, r)
		return
	}
	one.serve(visit{w: w, r: r, base: "http://" + r.Host, now: now}, rest)
}

// visit is one request to a site.
type visit struct {
	w    http.ResponseWriter
	r    *http.Request
	base string // address of all sites, without a trailing slash
	now  time.Time
}

// serve answers for a path below the site's own.
func (s *site) serve(v visit, path string) {
	if s.kind == siteDown {
		v.w.Header().Set("Retry-After", "3600")
		http.Error(v.w, "Layanan tidak tersedia: basis data tidak dapat dihubungi", http.StatusServiceUnavailable)
		return
	}
	route := v.r.URL.Query().Get("rest_route")
	path = strings.TrimSuffix(path, "/")
	switch {
	case s.kind == siteWordPress && (path == "wp-json/wp/v2/posts" || path == "" && route == "/wp/v2/posts"):
		s.servePosts(v)
	case strings.HasPrefix(path, "wp-json") || route != "":
		s.restError(v, http.StatusNotFound, "rest_no_route", "Tidak ada rute yang cocok dengan URL dan metode permintaan.")
	case path == "feed" && s.kind != siteHTML:
		s.serveFeed(v)
	case path == "" || path == "feed":
		s.serveHome(v)
	default:
		p := s.byPath["/"+s.slug+"/"+path+"/"]
		if p == nil || saved(p).After(v.now) {
			http.NotFound(v.w, v.r)
			return
		}
		s.servePage(v, p)
	}
}

// visible are the posts saved by now, oldest publication first.
func (s *site) visible(now time.Time) []*post {
	list := make([]*post, 0, len(s.posts))
	for _, p := range s.posts {
		if !saved(p).After(now) {
			list = append(list, p)
		}
	}
	return list
}

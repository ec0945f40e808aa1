package examples

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxPerPage is WordPress' largest page.
const maxPerPage = 100

// wpStamp is how WordPress prints dates: without a zone.
const wpStamp = "2006-01-02T15:04:05"

// postsQuery is the part of /wp/v2/posts' parameters the sites understand.
type postsQuery struct {
	page, perPage  int
	orderBy, order string
	after, before  time.Time
	modifiedAfter  time.Time
	embed          bool
	fields         []string
}

// servePosts answers /wp-json/wp/v2/posts.
func (s *site) servePosts(v visit) {
	if s.quirk == quirkRESTClosed {
		s.restError(v, http.StatusUnauthorized, "rest_cannot_access", "Hanya pengguna terautentikasi yang dapat mengakses REST API.")
		return
	}
	q, bad := readPostsQuery(v.r.URL.Query())
	if bad != "" {
		s.restError(v, http.StatusBadRequest, "rest_invalid_param", "Parameter tidak valid: "+bad)
		return
	}
	posts := s.selectPosts(q, v.now)
	pages := (len(posts) + q.perPage - 1) / q.perPage
	if q.page > 1 && q.page > pages {
		s.restError(v, http.StatusBadRequest, "rest_post_invalid_page_number", "Nomor halaman yang diminta lebih besar dari jumlah halaman yang tersedia.")
		return
	}
	header := v.w.Header()
	header.Set("X-WP-Total", strconv.Itoa(len(posts)))
	header.Set("X-WP-TotalPages", strconv.Itoa(pages))
	header.Set("Content-Type", "application/json; charset=UTF-8")
	list := []map[string]any{}
	for _, p := range posts[min((q.page-1)*q.perPage, len(posts)):min(q.page*q.perPage, len(posts))] {
		list = append(list, q.shape(s.restPost(v.base, p)))
	}
	writeJSON(v.w, list)
}

// restError answers with WordPress' error object.
func (s *site) restError(v visit, status int, code, message string) {
	v.w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	v.w.WriteHeader(status)
	writeJSON(v.w, map[string]any{"code": code, "message": message, "data": map[string]int{"status": status}})
}

// writeJSON sends a value made of strings, numbers and maps, which always
// encodes; a reader who hangs up is no concern of the site.
func writeJSON(w http.ResponseWriter, value any) { _ = json.NewEncoder(w).Encode(value) }

// readPostsQuery reads the parameters; bad names the first wrong one.
func readPostsQuery(values url.Values) (q postsQuery, bad string) {
	number := func(name string, fallback, most int) int {
		if !values.Has(name) {
			return fallback
		}
		n, err := strconv.Atoi(values.Get(name))
		if err != nil || n < 1 || n > most {
			bad = name
		}
		return n
	}
	choice := func(name string, allowed ...string) string {
		if !values.Has(name) {
			return allowed[0]
		}
		if !slices.Contains(allowed, values.Get(name)) {
			bad = name
		}
		return values.Get(name)
	}
	moment := func(name string) time.Time {
		if !values.Has(name) {
			return time.Time{}
		}
		t, err := readWPStamp(values.Get(name))
		if err != nil {
			bad = name
		}
		return t
	}
	q.page, q.perPage = number("page", 1, 1<<30), number("per_page", 10, maxPerPage)
	q.orderBy, q.order = choice("orderby", "date", "id", "modified"), choice("order", "desc", "asc")
	q.after, q.before, q.modifiedAfter = moment("after"), moment("before"), moment("modified_after")
	q.embed = values.Has("_embed")
	if fields := values.Get("_fields"); fields != "" {
		q.fields = strings.Split(fields, ",")
	}
	return q, bad
}

// readWPStamp reads an ISO 8601 stamp; without a zone it is site-local.
func readWPStamp(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	t, err := time.ParseInLocation(wpStamp, text, zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("examples: read stamp: %w", err)
	}
	return t, nil
}

// selectPosts filters and orders.
func (s *site) selectPosts(q postsQuery, now time.Time) []*post {
	posts := slices.DeleteFunc(s.visible(now), func(p *post) bool {
		return !q.after.IsZero() && !p.published.After(q.after) || !q.before.IsZero() && !p.published.Before(q.before) ||
			!q.modifiedAfter.IsZero() && !p.modified.After(q.modifiedAfter)
	})
	slices.SortFunc(posts, func(a, b *post) int {
		order := a.id - b.id
		switch q.orderBy {
		case "date":
			if c := a.published.Compare(b.published); c != 0 {
				order = c
			}
		case "modified":
			if c := a.modified.Compare(b.modified); c != 0 {
				order = c
			}
		}
		if q.order == "desc" {
			return -order
		}
		return order
	})
	return posts
}

// renderedTitle is the title as WordPress escapes it; sites with quirkEscaped
// do so twice, and a hostile one is passed on as it is.
func (p *post) renderedTitle() string {
	switch p.quirk {
	case quirkHostile:
		return p.title
	case quirkEscaped:
		return html.EscapeString(html.EscapeString(p.title))
	}
	return html.EscapeString(p.title)
}

// restPost is a post with every field the sites know.
func (s *site) restPost(base string, p *post) map[string]any {
	text := func(rendered string) map[string]any { return map[string]any{"rendered": rendered} }
	local, gmt := p.published.In(zone).Format(wpStamp), p.published.UTC().Format(wpStamp)
	terms := []map[string]any{}
	for i, tag := range p.tags {
		terms = append(terms, map[string]any{"id": i + 1, "name": html.EscapeString(tag), "taxonomy": "category"})
	}
	link := base + p.path()
	return map[string]any{
		"id": p.id, "date": local, "date_gmt": gmt, "modified": p.modified.In(zone).Format(wpStamp), "modified_gmt": p.modified.UTC().Format(wpStamp),
		"guid": text(fmt.Sprintf("%s/%s/?p=%d", base, s.slug, p.id)), "slug": p.slug, "status": "publish", "type": "post", "link": link,
		"title": text(p.renderedTitle()), "content": map[string]any{"rendered": p.html(), "protected": false},
		"excerpt": text("<p>" + html.EscapeString(p.excerpt()) + "</p>\n"), "author": p.cmsID(), "categories": []int{1},
		"_links":    map[string]any{"self": []map[string]string{{"href": fmt.Sprintf("%s/%s/wp-json/wp/v2/posts/%d", base, s.slug, p.id)}}},
		"_embedded": map[string]any{"author": []map[string]any{{"id": p.cmsID(), "name": p.cms, "slug": slugOf(p.cms)}}, "wp:term": [][]map[string]any{terms}},
	}
}

// cmsID is a number for the CMS user, the same for the same name.
func (p *post) cmsID() int {
	n := 0
	for _, r := range p.cms {
		n = (n*31 + int(r)) % 97
	}
	return n + 1
}

// excerpt is the beginning of the text.
func (p *post) excerpt() string {
	words := strings.Fields(p.paragraph[0])
	if len(words) <= 30 {
		return strings.Join(words, " ")
	}
	return strings.Join(words[:30], " ") + " […]"
}

// shape drops what was not asked for: _embedded without _embed, and with
// _fields everything else.
func (q postsQuery) shape(full map[string]any) map[string]any {
	if !q.embed {
		delete(full, "_embedded")
	}
	if len(q.fields) == 0 {
		return full
	}
	some := make(map[string]any, len(q.fields))
	for _, field := range q.fields {
		top, _, _ := strings.Cut(field, ".")
		if value, ok := full[top]; ok {
			some[top] = value
		}
	}
	return some
}

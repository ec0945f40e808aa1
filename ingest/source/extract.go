package source

import (
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"gaung/ingest/byline"
)

// articlePage is what an article page says about itself.
type articlePage struct {
	item Item
	// article says that the page shows by some mark that it is an article:
	// a type, a date beside its title, or the configured rules.
	article bool
	// own is the page's own address when its canonical address was taken.
	own string
}

// extraction is the reading of one page.
type extraction struct {
	doc    *goquery.Document
	page   *url.URL
	rules  PageRules
	now    time.Time
	meta   map[string]string
	linked linkedArticle
	lines  []pageLine
	// title is the title, titleNode what holds it, nil when the page shows none,
	// titleLine its place in lines, -1 when not found.
	title     string
	titleNode *html.Node
	titleLine int
}

// extractArticle reads an article page that is UTF-8 already. page is the
// address that answered; now tells a clock in the page's header from the
// article's date. The failure is parse, for markup that cannot be read.
func extractArticle(body []byte, page *url.URL, rules *PageRules, now time.Time) (articlePage, *Failure) {
	doc, failure := parseHTML(body, page)
	if failure != nil {
		return articlePage{}, failure
	}
	x := &extraction{doc: doc, page: page, now: now}
	if rules != nil {
		x.rules = *rules
	}
	for _, selector := range x.rules.Remove {
		doc.Find(selector).Remove()
	}
	x.meta, x.linked = metaTags(doc), linkedData(doc, page)
	x.findTitle()
	published, near := x.published()
	result := articlePage{item: Item{
		Title:        cleanTitle(x.title),
		PublishedRaw: cleanLine(published, maxStamp),
		ModifiedRaw:  cleanLine(x.modified(), maxStamp),
		Tags:         cleanTags(x.tags()),
	}}
	item := &result.item
	item.PublishedAt, item.ModifiedAt = certainInstant(item.PublishedRaw), certainInstant(item.ModifiedRaw)
	item.Authors, item.Author = joinNames(x.authors())
	result.own = cleanURL(nil, page.String())
	if item.URL = x.canonical(); item.URL == "" {
		item.URL = result.own
	}
	result.article = near || x.linked.found || x.rules.articleRules() ||
		strings.EqualFold(x.meta["og:type"], "article") || x.meta["article:published_time"] != ""
	// The body comes last: reading it changes the document.
	credits := x.creditLines()
	item.HTML = cleanBody(withCredits(x.body(), credits))
	return result, nil
}

// canonical is the address the page gives for itself: on the same host, and
// not the front page, which broken themes print on every page.
func (x *extraction) canonical() string {
	href, _ := x.doc.Find(`link[rel~="canonical" i][href]`).First().Attr("href")
	address := cleanURL(x.page, href)
	if href == "" || address == "" || !sameHost(address, x.page.String()) {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || (strings.Trim(u.Path, "/") == "" && u.RawQuery == "") {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// authors are the names in the first place that names a person: the
// configured one, linked data, rel=author, microdata, meta. Names within the
// text are left to those who read bylines.
func (x *extraction) authors() []string {
	if x.rules.Author != "" {
		if names := texts(x.doc.Find(x.rules.Author)); len(names) > 0 {
			return names
		}
	}
	var first []string
	for _, names := range [][]string{
		x.linked.authors,
		texts(x.doc.Find(`a[rel~="author"]`)),
		texts(x.doc.Find(`[itemprop~="author"]`)),
		{x.meta["author"]},
		{x.meta["article:author"]},
	} {
		var kept []string
		person := false
		for _, name := range names {
			if name = cleanAuthor(name); name == "" || strings.Contains(name, "://") {
				continue
			}
			kept = append(kept, name)
			person = person || !byline.IsUnknownAuthor(name)
		}
		if person {
			return kept
		}
		if first == nil {
			first = kept
		}
	}
	return first
}

// tags are the keywords of linked data and the article:tag properties.
func (x *extraction) tags() []string {
	tags := x.linked.tags
	x.doc.Find(`meta[property="article:tag"], a[rel~="tag"]`).Each(func(_ int, s *goquery.Selection) {
		tags = append(tags, s.AttrOr("content", s.Text()))
	})
	return tags
}

// texts are the texts of selected elements, one line each, the first
// maxAuthors of them.
func texts(s *goquery.Selection) []string {
	var list []string
	s.EachWithBreak(func(_ int, one *goquery.Selection) bool {
		if text := cleanLine(one.AttrOr("content", one.Text()), maxAuthor); text != "" {
			list = append(list, text)
		}
		return len(list) < maxAuthors
	})
	return list
}

// metaTags are the first values of meta elements, by lower-case name or
// property.
func metaTags(doc *goquery.Document) map[string]string {
	meta := make(map[string]string)
	doc.Find("meta[content]").Each(func(_ int, s *goquery.Selection) {
		for _, attribute := range []string{"property", "name", "itemprop"} {
			name := strings.ToLower(strings.TrimSpace(s.AttrOr(attribute, "")))
			value := cleanLine(s.AttrOr("content", ""), maxTitle)
			if name != "" && value != "" && meta[name] == "" && len(name) < 100 {
				meta[name] = value
			}
		}
	})
	return meta
}

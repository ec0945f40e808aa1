package source

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// linkedArticle is the article that a page describes in linked data (JSON-LD,
// schema.org).
type linkedArticle struct {
	found                         bool
	headline, published, modified string
	body                          string
	authors, tags                 []string
}

const (
	// maxLinkedScripts and maxLinkedDepth bound the search.
	maxLinkedScripts = 20
	maxLinkedDepth   = 12
	maxLinkedBytes   = 1 << 20
)

// articleTypes are the schema.org types of articles.
var articleTypes = map[string]bool{
	"Article": true, "NewsArticle": true, "BlogPosting": true, "ReportageNewsArticle": true, "Report": true,
	"SocialMediaPosting": true, "AnalysisNewsArticle": true, "OpinionNewsArticle": true, "LiveBlogPosting": true,
}

// linkedData finds the article a page is about. Lists of other articles, and
// articles that name another address as theirs, are passed over.
func linkedData(doc *goquery.Document, page *url.URL) linkedArticle {
	var best linkedArticle
	bestScore := -1
	doc.Find(`script[type*="ld+json" i]`).EachWithBreak(func(i int, s *goquery.Selection) bool {
		text := s.Text()
		if len(text) > maxLinkedBytes {
			return i+1 < maxLinkedScripts
		}
		value, ok := looseJSON(text)
		if !ok {
			return i+1 < maxLinkedScripts
		}
		walkLinked(value, 0, func(node map[string]any) {
			score := linkedScore(node, page)
			if score > bestScore {
				best, bestScore = readLinked(node), score
			}
		})
		return i+1 < maxLinkedScripts
	})
	return best
}

// looseJSON parses JSON as sites print it: in an HTML comment or CDATA, with
// raw line breaks inside of strings.
func looseJSON(text string) (any, bool) {
	text = strings.TrimSpace(text)
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}, {"<![CDATA[", "]]>"}} {
		text = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, wrap[0]), wrap[1]))
	}
	text = strings.TrimSuffix(text, ";")
	var value any
	if json.Unmarshal([]byte(text), &value) == nil {
		return value, true
	}
	text = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, text)
	return value, json.Unmarshal([]byte(text), &value) == nil
}

// walkLinked visits every object that is an article, but enters no list of
// further articles.
func walkLinked(value any, depth int, visit func(map[string]any)) {
	if depth > maxLinkedDepth {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			walkLinked(one, depth+1, visit)
		}
	case map[string]any:
		if isType(v, func(t string) bool { return articleTypes[t] }) {
			visit(v)
			return
		}
		if isType(v, func(t string) bool { return t == "ItemList" || t == "BreadcrumbList" }) {
			return
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			walkLinked(v[key], depth+1, visit)
		}
	}
}

func isType(node map[string]any, wanted func(string) bool) bool {
	for _, t := range linkedTexts(node["@type"], "") {
		t = strings.TrimPrefix(strings.TrimPrefix(t, "http://schema.org/"), "https://schema.org/")
		if wanted(t) {
			return true
		}
	}
	return false
}

// linkedScore prefers the article that says it is this page's, and refuses
// those that are another page's.
func linkedScore(node map[string]any, page *url.URL) int {
	score := 0
	for _, key := range []string{"mainEntityOfPage", "url", "@id"} {
		for _, address := range linkedTexts(node[key], "@id") {
			u, err := url.Parse(cleanURL(page, address))
			if err != nil || u.Host == "" {
				continue
			}
			if samePath(u, page) {
				return 3
			}
			if score = 1; strings.Trim(u.Path, "/") != "" {
				score = -1
			}
		}
		if score < 0 {
			return -1
		}
	}
	return score
}

// samePath compares addresses without scheme, fragment and trailing slash.
func samePath(a, b *url.URL) bool {
	return sameHost(a.String(), b.String()) && strings.Trim(a.Path, "/") == strings.Trim(b.Path, "/") && a.RawQuery == b.RawQuery
}

func readLinked(node map[string]any) linkedArticle {
	first := func(key string) string {
		if list := linkedTexts(node[key], "name"); len(list) > 0 {
			return list[0]
		}
		return ""
	}
	article := linkedArticle{
		found: true, headline: first("headline"), published: first("datePublished"), modified: first("dateModified"),
		body: first("articleBody"), authors: linkedTexts(node["author"], "name"),
	}
	if article.headline == "" {
		article.headline = first("name")
	}
	for _, keywords := range linkedTexts(node["keywords"], "name") {
		article.tags = append(article.tags, strings.Split(keywords, ",")...)
	}
	return article
}

// linkedTexts are the strings of a value: itself, of its list, or under key
// of its objects.
func linkedTexts(value any, key string) []string {
	switch v := value.(type) {
	case string:
		if v = strings.TrimSpace(v); v != "" {
			return []string{v}
		}
	case []any:
		var list []string
		for _, one := range v[:min(len(v), maxTags)] {
			if _, nested := one.([]any); !nested {
				list = append(list, linkedTexts(one, key)...)
			}
		}
		return list
	case map[string]any:
		if text, ok := v[key].(string); ok && key != "" {
			return linkedTexts(text, "")
		}
	}
	return nil
}

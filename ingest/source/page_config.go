package source

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
)

// PageRules say where things stand on the pages of one site. All of them are
// optional; selectors are CSS.
type PageRules struct {
	// ListItem selects the entries of a list page, Link the links to articles
	// (within an entry when ListItem is set). They do not apply to sitemaps.
	ListItem string `yaml:"list_item"`
	Link     string `yaml:"link"`
	// Match are patterns of article paths such as "/berita/*", where a star
	// stands for any text. With patterns, only such addresses are read.
	Match []string `yaml:"match"`
	// Next selects the link to the following list page; Pages is the address
	// of list page {page}, from 2 on. At most one of them may be set.
	Next  string `yaml:"next"`
	Pages string `yaml:"pages"`
	// Title, Date, Body and Author select these parts of an article page.
	Title  string `yaml:"title"`
	Date   string `yaml:"date"`
	Body   string `yaml:"body"`
	Author string `yaml:"author"`
	// Remove selects what is taken out of the body: share bars, related
	// articles.
	Remove []string `yaml:"remove"`
}

// Limits of the requests of one poll.
const (
	defaultMaxPages = 200
	maxMaxPages     = 10_000
	// maxSelector bounds a selector, maxRules the patterns and removals.
	maxSelector = 300
	maxRules    = 50
)

// validatePage checks the rules and, for kinds that have it, max_pages.
func (s *Source) validatePage() []Problem {
	var problems []Problem
	bad := func(key, format string, args ...any) {
		problems = append(problems, Problem{Key: key, Words: fmt.Sprintf(format, args...)})
	}
	switch paged := s.Kind == "page" || s.Kind == "jsonapi"; {
	case !paged && s.MaxPages != 0:
		bad("max_pages", "hanya untuk kind: page dan kind: jsonapi; hapus barisnya")
	case paged && s.MaxPages == 0:
		s.MaxPages = defaultMaxPages
	case s.MaxPages < 0 || s.MaxPages > maxMaxPages:
		bad("max_pages", "%d di luar batas; yang boleh: 1 sampai %d", s.MaxPages, maxMaxPages)
	}
	if s.Rules == nil {
		return problems
	}
	if s.Kind != "page" {
		bad("rules", "hanya untuk kind: page; hapus bagian ini")
		return problems
	}
	r := s.Rules
	for _, field := range r.selectors() {
		*field.text = strings.TrimSpace(*field.text)
		if words := checkSelector(*field.text); *field.text != "" && words != "" {
			bad("rules."+field.key, "%s", words)
		}
	}
	if len(r.Remove) > maxRules || len(r.Match) > maxRules {
		bad("rules", "paling banyak %d butir untuk remove dan match", maxRules)
	}
	for i, selector := range r.Remove {
		if words := checkSelector(strings.TrimSpace(selector)); words != "" {
			bad(fmt.Sprintf("rules.remove[%d]", i), "%s", words)
		}
	}
	for i, pattern := range r.Match {
		if !strings.HasPrefix(pattern, "/") || len(pattern) > maxSelector {
			bad(fmt.Sprintf("rules.match[%d]", i), "%q bukan pola alamat; mulai dengan garis miring, seperti /berita/*", cleanLine(pattern, 100))
		}
	}
	if r.ListItem != "" && r.Link == "" {
		r.Link = "a[href]"
	}
	if r.Next != "" && r.Pages != "" {
		bad("rules.pages", "pilih salah satu: next (tautan halaman berikutnya) atau pages (pola alamat)")
	}
	if r.Pages != "" {
		if words := s.checkPagesPattern(); words != "" {
			bad("rules.pages", "%s", words)
		}
	}
	return problems
}

// ruleField is a selector of the rules with its key.
type ruleField struct {
	key  string
	text *string
}

func (r *PageRules) selectors() []ruleField {
	return []ruleField{
		{"list_item", &r.ListItem},
		{"link", &r.Link},
		{"next", &r.Next},
		{"title", &r.Title},
		{"date", &r.Date},
		{"body", &r.Body},
		{"author", &r.Author},
	}
}

// checkSelector says in words what is wrong with a CSS selector, "" when
// nothing is.
func checkSelector(selector string) string {
	if selector == "" || len(selector) > maxSelector {
		return fmt.Sprintf("pemilih CSS kosong atau lebih panjang dari %d huruf", maxSelector)
	}
	if _, err := cascadia.ParseGroup(selector); err != nil {
		return fmt.Sprintf("%q bukan pemilih CSS yang sah; contoh: article h1, .isi-berita, a.judul", cleanLine(selector, 100))
	}
	return ""
}

// checkPagesPattern checks the address pattern of list pages, which must stay
// on the host of the source.
func (s *Source) checkPagesPattern() string {
	pattern := strings.TrimSpace(s.Rules.Pages)
	s.Rules.Pages = pattern
	if strings.Count(pattern, "{page}") != 1 || len(pattern) > maxURL {
		return "harus memuat {page} tepat satu kali, seperti https://dinkes.contohkab.go.id/berita?page={page}"
	}
	sample := strings.Replace(pattern, "{page}", "2", 1)
	u, err := url.Parse(sample)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.User != nil {
		return "bukan alamat web yang lengkap; tulis dengan http:// atau https://, seperti https://dinkes.contohkab.go.id/berita?page={page}"
	}
	if !sameHost(sample, s.URL) {
		return "harus berada di situs yang sama dengan url"
	}
	return ""
}

// matches says whether an address may be an article by the patterns.
func (r *PageRules) matches(address string) bool {
	if r == nil || len(r.Match) == 0 {
		return true
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	path := u.RequestURI()
	return slices.ContainsFunc(r.Match, func(pattern string) bool { return globMatch(pattern, path) })
}

// globMatch matches a text against a pattern in which a star stands for any
// text. It takes time linear in the two lengths for each star.
func globMatch(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == text
	}
	if !strings.HasPrefix(text, parts[0]) {
		return false
	}
	text = text[len(parts[0]):]
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		at := strings.Index(text, part)
		if at < 0 {
			return false
		}
		text = text[at+len(part):]
	}
	return strings.HasSuffix(text, last)
}

// articleRules reports whether the rules themselves tell articles from other
// pages.
func (r *PageRules) articleRules() bool {
	return r != nil && (len(r.Match) > 0 || r.Title != "" || r.Body != "" || r.Date != "")
}

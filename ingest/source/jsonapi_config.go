package source

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// JSONAPI describes how a JSON interface is paged and what its answers hold.
// Paths are in the language of [parsePath].
type JSONAPI struct {
	// Items is the path to the list of items, empty when the answer itself
	// is the list.
	Items string `yaml:"items"`
	// Paging says how to get from one answer to the next.
	Paging Paging `yaml:"paging"`
	// Fields say what each item holds.
	Fields APIFields `yaml:"fields"`
	// DateFormats are the forms of dates, tried in order: patterns such as
	// "dd/MM/yyyy HH:mm", or "unix" and "unix_ms". Without any, the usual
	// Indonesian and ISO forms are read.
	DateFormats []string `yaml:"date_formats"`
	// SinceFormat is the form of {since} in the address ("yyyy-MM-dd").
	SinceFormat string `yaml:"since_format"`
	// Headers are sent with every request. Values may name secrets as
	// ${GAUNG_SECRET_…}, which are read from the environment, or from the file
	// that the variable with _FILE at its end names.
	Headers map[string]string `yaml:"headers"`
}

// Paging is how an interface divides its list.
type Paging struct {
	// Kind is one of page, offset, cursor and none.
	Kind string `yaml:"kind"`
	// Start is the number of the first page (1), or the first offset (0).
	Start *int `yaml:"start"`
	// Size is the number of items of a page: the step of {offset}, and what
	// {size} in the address becomes.
	Size int `yaml:"size"`
	// Next is the path to the next cursor or the next address.
	Next string `yaml:"next"`
	// Total is the path to the number of all items.
	Total string `yaml:"total"`
}

// APIFields are the parts of an item: each is a path, or a text with {path}
// in it.
type APIFields struct {
	Title     string `yaml:"title"`
	Body      string `yaml:"body"`
	URL       string `yaml:"url"`
	Published string `yaml:"published"`
	Modified  string `yaml:"modified"`
	Author    string `yaml:"author"`
	Place     string `yaml:"place"`
	ID        string `yaml:"id"`
	Tags      string `yaml:"tags"`
}

var pagingKinds = []string{"page", "offset", "cursor", "none"}

// addressMarks are the placeholders an address template may have.
var addressMarks = []string{"page", "offset", "cursor", "since", "size"}

const maxAPISize = 1000

// validateAPI checks the section api.
func (s *Source) validateAPI() []Problem {
	var problems []Problem
	bad := func(key, format string, args ...any) {
		problems = append(problems, Problem{Key: key, Words: fmt.Sprintf(format, args...)})
	}
	switch {
	case s.Kind != "jsonapi" && s.API == nil:
		return nil
	case s.Kind != "jsonapi":
		bad("api", "hanya untuk kind: jsonapi; hapus bagian ini")
		return problems
	case s.API == nil:
		bad("api", "wajib diisi untuk kind: jsonapi; paling sedikit fields dengan title dan url")
		return problems
	}
	a := s.API
	a.setDefaults()
	if words := s.checkTemplate(); words != "" {
		bad("url", "%s", words)
	}
	problems = append(problems, s.validatePaging()...)
	if _, err := parsePath(a.Items); err != nil {
		bad("api.items", "%s", pathWords(a.Items))
	}
	for _, f := range a.Fields.all() {
		if *f.text == "" {
			continue
		}
		if _, err := parseField(*f.text); err != nil {
			bad("api.fields."+f.key, "%s", pathWords(*f.text))
		}
	}
	if a.Fields.Title == "" {
		bad("api.fields.title", "wajib diisi; jalur ke judul, seperti title atau attributes.judul")
	}
	if words := checkArticleURL(a.Fields.URL); words != "" {
		bad("api.fields.url", "%s", words)
	}
	for i, format := range a.DateFormats {
		if _, err := dateLayout(format); err != nil {
			bad(fmt.Sprintf("api.date_formats[%d]", i), "%s", dateFormatWords(format))
		}
	}
	if _, err := dateLayout(a.SinceFormat); err != nil {
		bad("api.since_format", "%s", dateFormatWords(a.SinceFormat))
	}
	return append(problems, a.validateHeaders()...)
}

func (a *JSONAPI) setDefaults() {
	if a.SinceFormat == "" {
		a.SinceFormat = "yyyy-MM-dd"
	}
	for _, f := range a.Fields.all() {
		*f.text = strings.TrimSpace(*f.text)
	}
	a.Items = strings.TrimSpace(a.Items)
}

func (f *APIFields) all() []ruleField {
	return []ruleField{
		{"title", &f.Title},
		{"body", &f.Body},
		{"url", &f.URL},
		{"published", &f.Published},
		{"modified", &f.Modified},
		{"author", &f.Author},
		{"place", &f.Place},
		{"id", &f.ID},
		{"tags", &f.Tags},
	}
}

// checkTemplate checks the address, in which the general check has escaped
// the braces of paths, and restores them.
func (s *Source) checkTemplate() string {
	for _, mark := range addressMarks {
		s.URL = strings.ReplaceAll(s.URL, "%7B"+mark+"%7D", "{"+mark+"}")
	}
	u, err := url.Parse(s.URL)
	if err != nil || strings.ContainsAny(u.Host, "{}") {
		return "nama situs tidak boleh memuat { }"
	}
	if strings.Contains(s.URL, "${") || strings.Contains(strings.ToUpper(s.URL), "%7B") {
		return "hanya {" + strings.Join(addressMarks, "}, {") + "} yang boleh; rahasia ditulis di api.headers, bukan di alamat"
	}
	rest := s.URL
	for _, mark := range addressMarks {
		rest = strings.ReplaceAll(rest, "{"+mark+"}", "")
	}
	if strings.ContainsAny(rest, "{}") {
		return "hanya {" + strings.Join(addressMarks, "}, {") + "} yang boleh di dalam alamat"
	}
	if strings.Contains(s.URL, "{since}") && s.Since.IsZero() {
		return "memuat {since}, jadi since wajib diisi: hari pertama yang diambil pada pembacaan pertama"
	}
	return ""
}

// validatePaging checks that the address and the paging fit together.
func (s *Source) validatePaging() []Problem {
	p := &s.API.Paging
	var problems []Problem
	bad := func(key, words string) {
		problems = append(problems, Problem{Key: "api.paging." + key, Words: words})
	}
	has := func(mark string) bool { return strings.Contains(s.URL, "{"+mark+"}") }
	if p.Kind == "" {
		switch {
		case has("page"):
			p.Kind = "page"
		case has("offset"):
			p.Kind = "offset"
		case has("cursor") || p.Next != "":
			p.Kind = "cursor"
		default:
			p.Kind = "none"
		}
	}
	if !slices.Contains(pagingKinds, p.Kind) {
		bad("kind", fmt.Sprintf("%q tidak dikenal; yang boleh: %s", cleanLine(p.Kind, 40), strings.Join(pagingKinds, ", ")))
		return problems
	}
	if p.Size < 0 || p.Size > maxAPISize {
		bad("size", fmt.Sprintf("%d di luar batas; yang boleh: 1 sampai %d", p.Size, maxAPISize))
	}
	if p.Start != nil && (*p.Start < 0 || *p.Start > 1_000_000) {
		bad("start", "di luar batas; yang boleh: 0 sampai 1000000")
	}
	switch {
	case p.Kind == "page" && !has("page"):
		bad("kind", "page perlu {page} di dalam url")
	case p.Kind == "offset" && !has("offset"):
		bad("kind", "offset perlu {offset} di dalam url")
	case p.Kind == "cursor" && p.Next == "":
		bad("next", "wajib diisi untuk cursor: jalur ke kursor atau alamat berikutnya, seperti meta.next_cursor")
	}
	if (p.Kind == "offset" || has("size")) && p.Size == 0 {
		bad("size", "wajib diisi: berapa butir per halaman, seperti 20")
	}
	for key, path := range map[string]string{"next": p.Next, "total": p.Total} {
		if _, err := parsePath(path); err != nil {
			bad(key, pathWords(path))
		}
	}
	slices.SortFunc(problems, func(a, b Problem) int { return strings.Compare(a.Key, b.Key) })
	return problems
}

// checkArticleURL wants an address that differs from item to item.
func checkArticleURL(field string) string {
	if field == "" {
		return "wajib diisi; jalur ke alamat artikel, atau pola seperti https://contohkab.go.id/berita/{id}"
	}
	if !strings.Contains(field, "{") {
		if strings.Contains(field, "://") {
			return "pola alamat harus memuat jalur dalam kurung kurawal, seperti https://contohkab.go.id/berita/{id}"
		}
		return ""
	}
	if host, _, _ := strings.Cut(afterScheme(field), "/"); strings.ContainsAny(host, "{}") && strings.Contains(field, "://") {
		return "nama situs tidak boleh memuat { }"
	}
	return ""
}

func afterScheme(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		return rest
	}
	return address
}

// reservedHeaders are set by the fetcher or would change the request itself.
var reservedHeaders = []string{
	"Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Te", "Trailer", "Keep-Alive",
	"Accept-Encoding", "Range", "If-None-Match", "If-Modified-Since", "User-Agent", "Proxy-Authorization", "Proxy-Connection",
}

// validateHeaders checks names and values of headers, and that every secret
// they name can be read.
func (a *JSONAPI) validateHeaders() []Problem {
	var problems []Problem
	names := make([]string, 0, len(a.Headers))
	for name := range a.Headers {
		names = append(names, name)
	}
	slices.Sort(names)
	seen := make(map[string]bool)
	for _, name := range names {
		canonical := http.CanonicalHeaderKey(name)
		bad := func(format string, args ...any) {
			problems = append(problems, Problem{Key: "api.headers." + cleanLine(name, 60), Words: fmt.Sprintf(format, args...)})
		}
		switch {
		case !headerName.MatchString(name):
			bad("bukan nama header HTTP; contoh: Authorization, X-Api-Key")
		case slices.Contains(reservedHeaders, canonical):
			bad("header ini diatur oleh Gaung sendiri; hapus barisnya")
		case seen[canonical]:
			bad("header ditulis dua kali; hapus salah satunya")
		case secretHeader.MatchString(name) && !strings.Contains(a.Headers[name], "${"):
			bad("rahasia tidak boleh ditulis di gaung.yaml; tulis seperti \"Bearer ${GAUNG_SECRET_API}\" dan isi variabel lingkungan GAUNG_SECRET_API")
		default:
			if _, err := expandSecrets(a.Headers[name]); err != nil {
				bad("%s", err.Error())
			}
		}
		seen[canonical] = true
	}
	return problems
}

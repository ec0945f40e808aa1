package story

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
)

// maxURL is the longest address accepted, in bytes: far above any article's,
// and a bound on what hostile feeds can make the warehouse keep.
const maxURL = 4096

// CanonicalURL brings an address into the form in which one article has one
// address: https, host in lower case without "www." and default port, no user,
// no fragment, no AMP form, no tracking parameters, the remaining parameters
// sorted, no trailing slash. An address without a scheme is taken as a web
// address. It is a key, not a link: fetch the address as it was given. The
// error is an [*AddressError].
func CanonicalURL(raw string) (string, error) {
	if isCanonical(raw) {
		return raw, nil
	}
	return canonicalURL(raw)
}

// isCanonical says at a glance of many addresses that have that form already
// that they have it; of others it says nothing.
func isCanonical(address string) bool {
	rest, ok := strings.CutPrefix(address, "https://")
	host, path, _ := strings.Cut(rest, "/")
	if !ok || host == "" || len(address) > maxURL || strings.HasPrefix(host, "www.") || strings.HasSuffix(host, ".") {
		return false
	}
	for i := range len(host) {
		if c := host[i]; !lowerOrDigit(c) && c != '-' && c != '.' {
			return false
		}
	}
	before := byte('/')
	for i := range len(path) {
		switch c := path[i]; {
		case lowerOrDigit(c), c >= 'A' && c <= 'Z', c == '-', c == '_', c == '~':
		case (c == '/' || c == '.') && before != '/':
		default:
			return false
		}
		before = path[i]
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	return len(host)+len(path) == len(rest) || before != '/' && last != "amp" && last != "amp.html"
}

func lowerOrDigit(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

func canonicalURL(raw string) (string, error) {
	text := strings.TrimSpace(raw)
	switch {
	case text == "":
		return "", &AddressError{Words: "alamat artikel kosong; isi dengan alamat lengkap seperti https://contoh.go.id/berita/1"}
	case len(text) > maxURL:
		return "", tooLong(raw)
	}
	if strings.HasPrefix(text, "//") {
		text = "https:" + text
	} else if !strings.Contains(text, "://") && !hasOpaqueScheme(text) {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return "", &AddressError{Address: raw, Words: fmt.Sprintf("alamat artikel %q tidak terbaca; periksa salinannya", shorten(text)), Err: err}
	}
	if scheme := strings.ToLower(u.Scheme); scheme != "http" && scheme != "https" {
		return "", &AddressError{Address: raw, Words: fmt.Sprintf("alamat artikel %q bukan alamat web (http atau https)", shorten(text))}
	}
	host, ok := canonicalHost(u)
	if !ok {
		return "", &AddressError{Address: raw, Words: fmt.Sprintf("nama situs pada alamat artikel %q kosong atau salah tulis", shorten(text))}
	}
	address := "https://" + host + canonicalPath(u) + canonicalQuery(u.RawQuery)
	if len(address) > maxURL { // escapes make an address longer
		return "", tooLong(raw)
	}
	return address, nil
}

// AddressError says why a text is no address of an article.
type AddressError struct {
	// Address is the text as given, cut if it is very long.
	Address string
	// Words are for the person who keeps the list, in Indonesian.
	Words string
	// Err is the cause, if there is one.
	Err error
}

// Error is the words for the person at the edge.
func (e *AddressError) Error() string { return e.Words }

// Unwrap returns the cause, nil if there is none.
func (e *AddressError) Unwrap() error { return e.Err }

func tooLong(raw string) error {
	return &AddressError{Address: shorten(raw), Words: fmt.Sprintf("alamat artikel lebih panjang dari %d huruf; salin alamat aslinya", maxURL)}
}

// hasOpaqueScheme reports whether the text begins with a scheme that has no
// "//", such as mailto: or javascript:; "contoh.go.id:8080" has none.
func hasOpaqueScheme(text string) bool {
	scheme, rest, ok := strings.Cut(text, ":")
	return ok && !strings.ContainsAny(scheme, "./?#") && (rest == "" || rest[0] < '0' || rest[0] > '9')
}

// canonicalHost is the host in lower case without "www.", with the port only
// where it is not the web's own. ok is false for a host that no site can have.
func canonicalHost(u *url.URL) (host string, ok bool) {
	host = strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	for {
		rest, cut := strings.CutPrefix(host, "www.")
		if !cut || !strings.Contains(rest, ".") {
			break
		}
		host = rest
	}
	for _, r := range host {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-._:", r) {
			return "", false
		}
	}
	if host == "" {
		return "", false
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	return host, true
}

// canonicalPath brings escapes into one form ("%7E" and "~"), resolves dot
// segments and drops the trailing slash and the AMP ending; letters keep their
// case, since servers may tell them apart.
func canonicalPath(u *url.URL) string {
	p := path.Clean("/" + (&url.URL{Path: u.Path}).EscapedPath())
	for strings.HasSuffix(p, "/amp") || strings.HasSuffix(p, "/amp.html") {
		p = path.Clean("/" + p[:strings.LastIndex(p, "/")])
	}
	if p == "/" {
		return ""
	}
	return p
}

// canonicalQuery drops tracking parameters and sorts the others.
func canonicalQuery(raw string) string {
	var pairs []string
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		key, value, hasValue := strings.Cut(pair, "=")
		key, value = recode(key), recode(value)
		if isTracking(strings.ToLower(key)) || (key == "amp" && (value == "" || value == "1" || value == "true")) {
			continue
		}
		if hasValue {
			key += "=" + value
		}
		pairs = append(pairs, key)
	}
	if len(pairs) == 0 {
		return ""
	}
	slices.SortFunc(pairs, cmp.Compare[string])
	return "?" + strings.Join(slices.Compact(pairs), "&")
}

// recode brings the escapes of a query's piece into one form.
func recode(s string) string {
	plain, err := url.QueryUnescape(s)
	if err != nil {
		plain = s
	}
	return url.QueryEscape(plain)
}

// tracking are parameters that say where a reader came from, not what is read.
var tracking = map[string]bool{
	"fbclid": true, "gclid": true, "gclsrc": true, "dclid": true, "gbraid": true, "wbraid": true,
	"msclkid": true, "yclid": true, "twclid": true, "ttclid": true, "igshid": true, "igsh": true,
	"mc_cid": true, "mc_eid": true, "_ga": true, "_gl": true, "_hsenc": true, "_hsmi": true,
	"mkt_tok": true, "ref_src": true, "ref_url": true, "spm": true, "share": true, "nocache": true,
	"_rdc": true, "_rdr": true, "__tn__": true,
}

func isTracking(key string) bool {
	return tracking[key] || strings.HasPrefix(key, "utm_") || strings.HasPrefix(key, "__cft__")
}

func shorten(text string) string {
	if runes := []rune(text); len(runes) > 80 {
		return string(runes[:80]) + "…"
	}
	return text
}

// hostOf is the host of a canonical address; for any other text it is the text
// up to the first slash behind the scheme.
func hostOf(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	host, _, _ := strings.Cut(address, "/")
	host, _, _ = strings.Cut(host, "?")
	return strings.TrimPrefix(strings.ToLower(host), "www.")
}

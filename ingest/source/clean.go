package source

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Caps on text from outside, in runes (bytes for address and HTML). They are
// far above anything an office publishes; beyond them lies abuse or breakage.
const (
	maxURL     = 2048
	maxTitle   = 500
	maxAuthor  = 300
	maxAuthors = 20
	maxGUID    = 500
	maxStamp   = 100
	maxTag     = 100
	maxTags    = 50
	maxHTML    = 2 << 20
)

// dangerous says whether a rune has no business in text that will be shown:
// control characters, and the invisible ones that reorder or hide text.
func dangerous(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r):
		return true
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x200B, r == 0x2060, r == 0xFEFF, r == 0xFFFE, r == 0xFFFF:
		return true
	}
	return false
}

// cleanBody makes markup or plain text valid UTF-8 without dangerous runes,
// lines kept, at most maxHTML bytes.
func cleanBody(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if dangerous(r) {
			return -1
		}
		return r
	}, s)
	if len(s) > maxHTML {
		cut := maxHTML
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut]
	}
	return strings.TrimSpace(s)
}

// cleanLine makes one line of plain text: no dangerous runes, white space
// (no-break spaces included) collapsed, at most limit runes.
func cleanLine(s string, limit int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	var b strings.Builder
	runes, space := 0, false
	for _, r := range s {
		if unicode.IsSpace(r) {
			space = runes > 0
			continue
		}
		if dangerous(r) {
			continue
		}
		if space {
			if runes+1 >= limit {
				break
			}
			b.WriteByte(' ')
			runes++
			space = false
		}
		if runes >= limit {
			break
		}
		b.WriteRune(r)
		runes++
	}
	return b.String()
}

// markup matches the tags that editors leave in titles and names. Other words
// in angle brackets are text: a quoted product name stays.
var markup = regexp.MustCompile(`(?i)</?(?:a|abbr|b|big|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|iframe|img|ins|mark|noscript|object|p|q|s|script|small|span|strong|strike|style|sub|sup|svg|u)\b[^<>]*>`)

// cleanTitle undoes up to two layers of HTML escaping (feeds escape twice,
// WordPress once) and drops tags. "Harga < Rp 5.000" keeps its sign.
func cleanTitle(s string) string {
	for range 2 {
		next := html.UnescapeString(s)
		if next == s {
			break
		}
		s = next
	}
	return cleanLine(markup.ReplaceAllString(s, " "), maxTitle)
}

var mail = regexp.MustCompile(`[(<\[]?\s*[^\s()<>\[\],;]+@[^\s()<>\[\],;]+\s*[)>\]]?`)

// cleanAuthor keeps names only: RSS author fields carry e-mail addresses,
// which are nobody's business here.
func cleanAuthor(s string) string {
	s = mail.ReplaceAllString(html.UnescapeString(s), " ")
	return strings.Trim(cleanLine(markup.ReplaceAllString(s, " "), maxAuthor), " ,;()")
}

// cleanTags cleans every tag and drops empty and repeated ones.
func cleanTags(tags []string) []string {
	var clean []string
	seen := make(map[string]bool, len(tags))
	for _, tag := range tags {
		tag = cleanLine(html.UnescapeString(tag), maxTag)
		if tag == "" || seen[tag] {
			continue
		}
		seen[tag] = true
		if clean = append(clean, tag); len(clean) == maxTags {
			break
		}
	}
	return clean
}

// cleanURL resolves a link against base and returns it when it is a usable
// http or https address, else "". User names and passwords are dropped.
func cleanURL(base *url.URL, link string) string {
	link = strings.Map(func(r rune) rune {
		if dangerous(r) || r == '\n' || r == '\t' {
			return -1
		}
		return r
	}, strings.TrimSpace(strings.ToValidUTF8(link, "")))
	if link == "" || len(link) > maxURL {
		return ""
	}
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return ""
	}
	u.User = nil
	if link = u.String(); len(link) > maxURL {
		return ""
	}
	return link
}

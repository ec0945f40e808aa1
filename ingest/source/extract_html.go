package source

import (
	"bytes"
	"fmt"
	"net/url"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// maxPageElements bounds the elements of a page: the search for its main text
// visits all of them several times.
const maxPageElements = 20_000

// pageUTF8 converts a web page to UTF-8. Beyond [toUTF8] it knows the charset
// in a meta element, and keeps UTF-8 that is damaged in a few places (texts
// cut in the middle of a letter) instead of reading all of it as something
// else.
func pageUTF8(body []byte, contentType string) []byte {
	if utf8.Valid(body) || bytes.HasPrefix(body, []byte{0xFF, 0xFE}) || bytes.HasPrefix(body, []byte{0xFE, 0xFF}) ||
		bytes.HasPrefix(body, []byte("<\x00")) || bytes.HasPrefix(body, []byte("\x00<")) {
		return toUTF8(body, contentType)
	}
	if mostlyUTF8(body) {
		return toUTF8(bytes.ToValidUTF8(body, []byte("\uFFFD")), contentType)
	}
	e, name, _ := charset.DetermineEncoding(body[:min(len(body), 1024)], contentType)
	if name == "utf-8" || e == nil || e == encoding.Nop || e == encoding.Replacement {
		return toUTF8(body, contentType)
	}
	return toUTF8(decode(e, body), "")
}

// mostlyUTF8 says whether more letters outside ASCII are sound UTF-8 than are
// not.
func mostlyUTF8(body []byte) bool {
	sound, broken := 0, 0
	for len(body) > 0 {
		if body[0] < utf8.RuneSelf {
			body = body[1:]
			continue
		}
		r, size := utf8.DecodeRune(body)
		if r == utf8.RuneError && size == 1 {
			broken++
		} else {
			sound++
		}
		body = body[size:]
	}
	return sound > broken
}

// parseHTML parses a page in UTF-8. Markup nested deeper than the parser's
// limit of 512, or with more than maxPageElements elements, is refused.
func parseHTML(body []byte, page *url.URL) (*goquery.Document, *Failure) {
	// A start tag needs "<" and a letter; counting them first keeps a bomb
	// from being built.
	if tags := countTags(body); tags > maxPageElements {
		return nil, &Failure{Reason: ReasonParse, Words: fmt.Sprintf("halaman %s memuat lebih dari %d elemen HTML; dilewati", page, maxPageElements)}
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return nil, &Failure{Reason: ReasonParse, Err: err, Words: fmt.Sprintf("HTML halaman %s rusak (elemen bersarang terlalu dalam); minta pengelola situs memperbaikinya", page)}
	}
	return doc, nil
}

func countTags(body []byte) int {
	n := 0
	for i := 0; i+1 < len(body); i++ {
		if c := body[i+1] | 0x20; body[i] == '<' && c >= 'a' && c <= 'z' {
			n++
		}
	}
	return n
}

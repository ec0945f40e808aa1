package source

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var (
	// xmlDeclaration is the first construct of an XML document.
	xmlDeclaration = regexp.MustCompile(`^<\?xml\s[^>]*\?>`)
	declared       = regexp.MustCompile(`^<\?xml\s[^>]*encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)
)

// toUTF8 converts a fetched document to UTF-8 without a byte order mark and
// without an XML declaration, whose encoding would no longer be true.
//
// A byte order mark decides. Then bytes that are valid UTF-8 are UTF-8,
// whatever is declared: servers with an old default header are common, text
// in another encoding that happens to be valid UTF-8 is not. Then the XML
// declaration, then the Content-Type, then Windows-1252, as browsers do.
func toUTF8(body []byte, contentType string) []byte {
	switch {
	case bytes.HasPrefix(body, []byte{0xEF, 0xBB, 0xBF}):
		body = body[3:]
	case bytes.HasPrefix(body, []byte{0xFF, 0xFE}), bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		body = decode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), body)
	case bytes.HasPrefix(body, []byte("<\x00")):
		body = decode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), body)
	case bytes.HasPrefix(body, []byte("\x00<")):
		body = decode(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), body)
	}
	body = bytes.TrimLeft(body, " \t\r\n\x00")
	if !utf8.Valid(body) {
		body = decode(labelled(body, contentType), body)
	}
	return bytes.TrimLeft(xmlDeclaration.ReplaceAll(body, nil), " \t\r\n")
}

// labelled finds the encoding a document says it has.
func labelled(body []byte, contentType string) encoding.Encoding {
	var labels []string
	if m := declared.FindSubmatch(body); m != nil {
		labels = append(labels, string(m[1]))
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		labels = append(labels, params["charset"])
	}
	for _, label := range labels {
		if strings.HasPrefix(strings.ToLower(label), "utf-") {
			continue // it is not, see above
		}
		if e, _ := charset.Lookup(label); e != nil && e != encoding.Nop && e != encoding.Replacement {
			return e
		}
	}
	return charmap.Windows1252
}

func decode(e encoding.Encoding, body []byte) []byte {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return body
	}
	return out
}

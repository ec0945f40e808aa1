package source

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
)

const (
	// maxSitemapEntries is what the sitemap protocol allows one file.
	maxSitemapEntries = 50_000
	// maxSitemapText bounds one value, in bytes.
	maxSitemapText = 4096
)

// sitemap is a parsed sitemap file.
type sitemap struct {
	// index says that the entries are further sitemaps.
	index   bool
	entries []sitemapEntry
	// unusable counts entries without a usable address, or beyond the limit.
	unusable int
}

// sitemapEntry is one address of a sitemap.
type sitemapEntry struct {
	address string
	// lastmod is UTC, zero when missing or unreadable; lastmodRaw is the text.
	lastmod    time.Time
	lastmodRaw string
	// published and title are those of a news sitemap.
	published, title string
}

// mark changes when the lastmod does; 0 means that there is none.
func (e sitemapEntry) mark() uint32 {
	switch {
	case !e.lastmod.IsZero():
		return uint32(e.lastmod.Unix())
	case e.lastmodRaw != "":
		return max(uint32(sum64(e.lastmodRaw)), 1)
	}
	return 0
}

// gunzipped unpacks a body that is a gzip file, as sitemap.xml.gz is served;
// other bodies come back as they are. The error is errTooLarge beyond limit.
func gunzipped(body []byte, limit int64) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte{0x1F, 0x8B}) {
		return body, nil
	}
	reader, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("source: unpack sitemap: %w", err)
	}
	defer reader.Close()
	return readLimited(reader, limit)
}

// isSitemap says whether a document in UTF-8 is a sitemap or sitemap index.
func isSitemap(body []byte) bool {
	root := rootName(body)
	return root == "urlset" || root == "sitemapindex"
}

// rootName is the local name of an XML document's root element, "" when there
// is none.
func rootName(body []byte) string {
	body = skipProlog(body)
	for bytes.HasPrefix(body, []byte("<!")) {
		end := bytes.IndexByte(body, '>')
		if end < 0 {
			return ""
		}
		body = skipProlog(body[end+1:])
	}
	if len(body) < 2 || body[0] != '<' {
		return ""
	}
	body = body[1:min(len(body), 200)]
	if end := bytes.IndexAny(body, " \t\r\n/>"); end >= 0 {
		body = body[:end]
	}
	name := string(body)
	if _, local, ok := strings.Cut(name, ":"); ok {
		name = local
	}
	return strings.ToLower(name)
}

// parseSitemap reads a sitemap, a sitemap index or a news sitemap in UTF-8. A
// file that breaks off keeps the entries before the break; the failure is for
// files without any.
func parseSitemap(body []byte, base *url.URL) (sitemap, *Failure) {
	result := sitemap{index: rootName(body) == "sitemapindex"}
	decoder := xml.NewDecoder(bytes.NewReader(body))
	decoder.Strict = false
	decoder.Entity = xml.HTMLEntity
	// The text is UTF-8 whatever a declaration that is left says.
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	var (
		entry  sitemapEntry
		text   strings.Builder
		path   []string
		broken error
	)
	for {
		// RawToken keeps no stack of its own: depth costs nothing.
		token, err := decoder.RawToken()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				broken = err
			} else if len(path) > 0 {
				broken = io.ErrUnexpectedEOF
			}
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(path) >= maxDepth {
				broken = errors.New("source: sitemap nested too deeply")
			}
			name := strings.ToLower(t.Name.Local)
			if (name == "url" || name == "sitemap") && len(path) <= 1 {
				entry = sitemapEntry{}
			}
			path = append(path, name)
			text.Reset()
		case xml.CharData:
			if text.Len() < maxSitemapText {
				text.Write(t[:min(len(t), maxSitemapText)])
			}
		case xml.EndElement:
			if len(path) == 0 {
				continue
			}
			name := path[len(path)-1]
			path = path[:len(path)-1]
			parent := ""
			if len(path) > 0 {
				parent = path[len(path)-1]
			}
			if !entry.take(name, parent, text.String(), base) && len(path) <= 1 && (name == "url" || name == "sitemap") {
				result.add(entry)
			}
			text.Reset()
		}
		if broken != nil {
			break
		}
	}
	if len(result.entries) == 0 && broken != nil {
		return sitemap{}, &Failure{Reason: ReasonParse, Err: broken, Words: fmt.Sprintf("sitemap %s rusak (XML tidak lengkap); minta pengelola situs memeriksanya dengan validator sitemap", base)}
	}
	return result, nil
}

// take keeps the value of one element inside an entry.
func (e *sitemapEntry) take(name, parent, text string, base *url.URL) bool {
	text = strings.TrimSpace(text)
	switch {
	case name == "loc" && (parent == "url" || parent == "sitemap"):
		if address, err := url.Parse(cleanURL(base, text)); err == nil && address.Host != "" {
			address.Fragment, address.RawFragment = "", ""
			e.address = address.String()
		}
	case name == "lastmod":
		e.lastmodRaw = cleanLine(text, maxStamp)
		e.lastmod = sitemapTime(e.lastmodRaw)
	case name == "publication_date" && parent == "news":
		e.published = cleanLine(text, maxStamp)
	case name == "title" && parent == "news":
		e.title = cleanTitle(text)
	default:
		return false
	}
	return true
}

func (s *sitemap) add(entry sitemapEntry) {
	if entry.address == "" || len(s.entries) >= maxSitemapEntries {
		s.unusable++
		return
	}
	s.entries = append(s.entries, entry)
}

// sitemapLayouts are the forms of W3C Datetime, and what systems print
// instead.
var sitemapLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02", "2006-01", "2006",
}

// sitemapTime reads a lastmod, zero when it cannot. A missing zone is taken
// for UTC: lastmods are compared with each other, and tell no one a time.
func sitemapTime(text string) time.Time {
	for _, layout := range sitemapLayouts {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1990 && t.Year() <= 2100 {
			return t.UTC()
		}
	}
	return time.Time{}
}

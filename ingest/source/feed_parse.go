package source

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	jsonfeed "github.com/mmcdole/gofeed/json"
)

// maxDepth limits the nesting of XML: the parser recurses, and a document of
// a million open tags would exhaust the stack, which nothing can recover.
const maxDepth = 500

// parseFeed reads a feed that is already UTF-8. Its failures are not_a_feed
// and parse. base is the address that answered.
func parseFeed(body []byte, base *url.URL) (items []Item, failure *Failure) {
	if len(body) == 0 {
		return nil, &Failure{Reason: ReasonNotAFeed, Words: fmt.Sprintf("%s menjawab kosong; periksa alamat feed di gaung.yaml", base)}
	}
	body = skipProlog(body)
	if gofeed.DetectFeedType(bytes.NewReader(body[:min(len(body), 4096)])) == gofeed.FeedTypeUnknown {
		return nil, notAFeed(body, base)
	}
	if tooDeep(body, maxDepth) {
		return nil, &Failure{Reason: ReasonParse, Words: fmt.Sprintf("feed %s rusak (tag bersarang terlalu dalam); minta pengelola situs memperbaikinya", base)}
	}
	// The library follows nil pointers on null entries of a JSON Feed.
	defer func() {
		if p := recover(); p != nil {
			items, failure = nil, brokenFeed(base, fmt.Errorf("feed parser panicked: %v", p))
		}
	}()
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	feed, err := parser.Parse(bytes.NewReader(body))
	if err != nil {
		return nil, brokenFeed(base, err)
	}
	shared := sharedIDs(feed.Items)
	items = make([]Item, 0, len(feed.Items))
	for i, entry := range feed.Items {
		if shared[entry.GUID] {
			entry.GUID = ""
		}
		items = append(items, feedItem(entry, original{feed: feed.OriginalFeed(), index: i}, base))
	}
	return items, nil
}

func brokenFeed(base *url.URL, err error) *Failure {
	return &Failure{Reason: ReasonParse, Err: err, Words: fmt.Sprintf("feed %s rusak dan tidak dapat dibaca; minta pengelola situs memeriksanya dengan validator feed", base)}
}

func notAFeed(body []byte, base *url.URL) *Failure {
	if looksLikeHTML(body) {
		return &Failure{Reason: ReasonNotAFeed, Words: fmt.Sprintf("%s menjawab halaman web (HTML), bukan feed; periksa alamat feed di gaung.yaml", base)}
	}
	return &Failure{Reason: ReasonNotAFeed, Words: fmt.Sprintf("%s bukan RSS, Atom atau JSON Feed; periksa alamat feed di gaung.yaml", base)}
}

// skipProlog drops comments and processing instructions before the root, as
// the detection only looks at the first 4 KB.
func skipProlog(body []byte) []byte {
	for {
		body = bytes.TrimLeft(body, " \t\r\n")
		var end []byte
		switch {
		case bytes.HasPrefix(body, []byte("<!--")):
			end = []byte("-->")
		case bytes.HasPrefix(body, []byte("<?")):
			end = []byte("?>")
		default:
			return body
		}
		at := bytes.Index(body, end)
		if at < 0 {
			return body
		}
		body = body[at+len(end):]
	}
}

// tooDeep says whether more than limit tags are open at once. CDATA, comments
// and instructions are not tags.
func tooDeep(body []byte, limit int) bool {
	if body[0] != '<' {
		return false
	}
	depth := 0
	for {
		at := bytes.IndexByte(body, '<')
		if at < 0 {
			return false
		}
		body = body[at:]
		end := []byte(">")
		switch {
		case bytes.HasPrefix(body, []byte("<![CDATA[")):
			end = []byte("]]>")
		case bytes.HasPrefix(body, []byte("<!--")):
			end = []byte("-->")
		case bytes.HasPrefix(body, []byte("<?")), bytes.HasPrefix(body, []byte("<!")):
		case bytes.HasPrefix(body, []byte("</")):
			depth = max(depth-1, 0)
		default:
			if depth++; depth > limit {
				return true
			}
		}
		close := bytes.Index(body, end)
		if close < 0 {
			return false
		}
		if close > 0 && body[close-1] == '/' && len(end) == 1 && body[1] != '/' {
			depth = max(depth-1, 0)
		}
		body = body[close+len(end):]
	}
}

// original gives access to what the library's common item leaves out.
type original struct {
	feed  any
	index int
}

// plainText is the content_text of a JSON Feed item.
func (o original) plainText() string {
	if f, ok := o.feed.(*jsonfeed.Feed); ok && o.index < len(f.Items) && f.Items[o.index].ContentHTML == "" {
		return f.Items[o.index].ContentText
	}
	return ""
}

// feedItem turns one entry into an Item.
func feedItem(entry *gofeed.Item, from original, base *url.URL) Item {
	item := Item{
		Title:        cleanTitle(entry.Title),
		GUID:         cleanLine(entry.GUID, maxGUID),
		PublishedRaw: cleanLine(entry.Published, maxStamp),
		ModifiedRaw:  cleanLine(entry.Updated, maxStamp),
		Tags:         cleanTags(entry.Categories),
	}
	item.Authors, item.Author = joinNames(feedAuthors(entry))
	item.PublishedAt, item.ModifiedAt = certainInstant(item.PublishedRaw), certainInstant(item.ModifiedRaw)
	if text := from.plainText(); text != "" {
		item.Text = cleanBody(text)
	} else if strings.TrimSpace(entry.Content) != "" {
		item.HTML = cleanBody(entry.Content)
	} else {
		item.HTML = cleanBody(entry.Description)
	}
	item.URL, item.LinkRaw = feedLink(entry, base)
	return item
}

// feedLink picks the first link that can be used; without one it returns what
// was given. A WordPress GUID ("?p=12") is an address as well, though not the
// nice one.
func feedLink(entry *gofeed.Item, base *url.URL) (address, raw string) {
	for _, candidate := range append([]string{entry.Link}, entry.Links...) {
		if address := cleanURL(base, candidate); address != "" {
			return address, ""
		}
	}
	if address := cleanURL(nil, entry.GUID); address != "" {
		return address, ""
	}
	return "", cleanLine(entry.Link, maxGUID)
}

// feedAuthors prefers dc:creator, which holds names, over the author element
// of RSS, which by its definition holds an e-mail address.
func feedAuthors(entry *gofeed.Item) []string {
	if dc := entry.DublinCoreExt; dc != nil && len(dc.Creator) > 0 {
		return dc.Creator
	}
	var names []string
	for _, person := range entry.Authors {
		if person != nil {
			names = append(names, person.Name)
		}
	}
	return names
}

// joinNames cleans names, drops repeated ones, and also gives them as one
// line.
func joinNames(names []string) (list []string, line string) {
	seen := make(map[string]bool)
	for _, name := range names {
		if name = cleanAuthor(name); name == "" || seen[name] {
			continue
		}
		seen[name] = true
		if list = append(list, name); len(list) == maxAuthors {
			break
		}
	}
	return list, strings.Join(list, ", ")
}

// sharedIDs finds GUIDs that several items carry: some systems print the
// site's address, or the same number, on every item. Such a GUID identifies
// nothing and is no address either.
func sharedIDs(entries []*gofeed.Item) map[string]bool {
	shared := make(map[string]bool, len(entries))
	for _, entry := range entries {
		_, again := shared[entry.GUID]
		shared[entry.GUID] = again
	}
	return shared
}

// certainLayouts are the stamps whose zone cannot be misread: numeric
// offsets and Z. Names such as WIB are left to the date parser, because Go
// reads unknown names as UTC.
var certainLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05Z07:00",
	time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04 -0700", time.RFC822Z,
}

// certainInstant parses a stamp that leaves no doubt, else gives zero. Years
// before 1990 are leftovers of empty fields, not dates.
func certainInstant(raw string) time.Time {
	for _, zone := range []string{" GMT", " UTC", " UT"} {
		if head, ok := strings.CutSuffix(raw, zone); ok {
			raw = head + " +0000"
			break
		}
	}
	for _, layout := range certainLayouts {
		if t, err := time.Parse(layout, raw); err == nil {
			if t.Year() < 1990 || t.Year() > 2200 {
				return time.Time{}
			}
			return t.UTC()
		}
	}
	return time.Time{}
}

package source

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// benchFeed is a feed of 100 articles of about 400 words.
func benchFeed() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Contoh</title>`)
	body := strings.Repeat("<p>Pemerintah kabupaten menggelar pelayanan terpadu bagi warga desa.</p>\n", 50)
	for i := range 100 {
		fmt.Fprintf(&b, `<item><title>Berita %d &amp;amp; Kabar</title><link>https://a.example/%d/</link><dc:creator><![CDATA[Rina Sari]]></dc:creator><pubDate>Thu, 15 Oct 2026 02:30:00 +0700</pubDate><guid isPermaLink="false">https://a.example/?p=%d</guid><content:encoded><![CDATA[%s]]></content:encoded></item>`, i, i, i, body)
	}
	b.WriteString(`</channel></rss>`)
	return []byte(b.String())
}

// BenchmarkParseFeed and BenchmarkLibraryAlone belong together: the first may
// take at most twice the time of the second.
func BenchmarkParseFeed(b *testing.B) {
	data, base := benchFeed(), mustURL(b, "https://a.example/feed/")
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		items, failure := parseFeed(toUTF8(data, "text/xml"), base)
		if failure != nil || len(items) != 100 {
			b.Fatal(failure, len(items))
		}
	}
}

func BenchmarkLibraryAlone(b *testing.B) {
	data := benchFeed()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(data))
		if err != nil || len(feed.Items) != 100 {
			b.Fatal(err)
		}
	}
}

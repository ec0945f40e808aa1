package byline_test

import (
	"strings"
	"testing"

	"gaung/ingest/byline"
)

// BenchmarkParse reads an article of usual length.
func BenchmarkParse(b *testing.B) {
	text := "PANGKALPINANG -- " + strings.Repeat(prose+"\n", 12) + "Sumber:\nDinas Kominfo\nPenulis:\nHuzari\nEditor:\nPadli"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if got, _ := byline.Parse(text); got.Sumber == "" {
			b.Fatal("nothing read")
		}
	}
}

// BenchmarkPlainText reads the HTML of an article of usual length.
func BenchmarkPlainText(b *testing.B) {
	markup := strings.Repeat("<p><strong>"+prose+"</strong> "+prose+"</p>\n", 8)
	b.SetBytes(int64(len(markup)))
	for b.Loop() {
		if byline.PlainText(markup) == "" {
			b.Fatal("no text")
		}
	}
}

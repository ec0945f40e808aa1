package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestGoldenFeeds parses every file of testdata/feeds as a server would send
// it and compares the items with the golden file beside it.
func TestGoldenFeeds(t *testing.T) {
	files, err := filepath.Glob("testdata/feeds/*")
	if err != nil {
		t.Fatal(err)
	}
	tested := 0
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		tested++
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			items, failure := parseFeed(toUTF8(data, "text/xml"), mustURL(t, "https://dinkes.contohkab.example/feed/"))
			if failure != nil {
				t.Fatal(failure)
			}
			var got bytes.Buffer
			encoder := json.NewEncoder(&got)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(items); err != nil {
				t.Fatal(err)
			}
			golden := file + ".golden"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("items differ (-want +got):\n%s", diff)
			}
		})
	}
	if tested < 7 {
		t.Errorf("only %d feeds tested", tested)
	}
}

func TestFeedTenThousandItems(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Banyak</title>`)
	for i := range 10_000 {
		fmt.Fprintf(&b, `<item><title>Berita %d</title><link>https://a.example/%d</link><guid>%d</guid><pubDate>Thu, 15 Oct 2026 02:30:00 +0700</pubDate></item>`, i, i, i)
	}
	b.WriteString(`</channel></rss>`)
	items, failure := parseFeed([]byte(b.String()), mustURL(t, "https://a.example/feed"))
	if failure != nil {
		t.Fatal(failure)
	}
	if len(items) != 10_000 {
		t.Fatalf("items = %d", len(items))
	}
	last := items[9_999]
	want := Item{
		URL: "https://a.example/9999", Title: "Berita 9999", GUID: "9999",
		PublishedRaw: "Thu, 15 Oct 2026 02:30:00 +0700", PublishedAt: time.Date(2026, 10, 14, 19, 30, 0, 0, time.UTC),
	}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Error(diff)
	}
}

func TestParseFeedRefuses(t *testing.T) {
	deep := `<rss version="2.0" xmlns:x="urn:x"><channel><item>` + strings.Repeat("<x:a>", 200_000)
	cases := []struct {
		name, body, reason, words string
	}{
		{"empty", "", ReasonNotAFeed, "menjawab kosong"},
		{"html", "<!DOCTYPE html><html><head><title>Beranda</title></head></html>", ReasonNotAFeed, "halaman web (HTML), bukan feed"},
		{"text", "belum ada berita", ReasonNotAFeed, "bukan RSS, Atom atau JSON Feed"},
		{"sitemap", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>`, ReasonNotAFeed, "bukan RSS"},
		{"cut off", `<rss version="2.0"><channel><item><title>Setengah`, ReasonParse, "rusak"},
		{"deep", deep, ReasonParse, "bersarang terlalu dalam"},
		{"bad json", `{"version": "https://jsonfeed.org/version/1.1", "items": [`, ReasonParse, "rusak"},
		{"null item", `{"version": "https://jsonfeed.org/version/1.1", "items": [null]}`, ReasonParse, "rusak"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			items, failure := parseFeed([]byte(c.body), mustURL(t, "https://a.example/feed"))
			if failure == nil {
				t.Fatalf("no failure, %d items", len(items))
			}
			if failure.Reason != c.reason || !strings.Contains(failure.Words, c.words) {
				t.Errorf("got %s %q, want %s with %q", failure.Reason, failure.Words, c.reason, c.words)
			}
		})
	}
}

func TestTooDeepIgnoresText(t *testing.T) {
	flat := `<rss><channel>` + strings.Repeat(`<item><enclosure url="a"/><title><![CDATA[<b><b><b>]]></title><!-- <c><c> --></item>`, 50) + `</channel></rss>`
	if tooDeep([]byte(flat), 5) {
		t.Error("a flat feed counts as deep")
	}
	if !tooDeep([]byte(`<a><b><c><d><e><f>`), 5) {
		t.Error("six open tags pass a limit of five")
	}
}

func TestCertainInstant(t *testing.T) {
	cases := map[string]string{
		"Thu, 03 Jan 2019 10:00:00 +0700": "2019-01-03T03:00:00Z",
		"Thu, 3 Jan 2019 10:00:00 GMT":    "2019-01-03T10:00:00Z",
		"2019-01-03T10:00:00Z":            "2019-01-03T10:00:00Z",
		"2019-01-03T10:00:00.5+09:00":     "2019-01-03T01:00:00Z",
		"2019-01-03T10:00:00+0800":        "2019-01-03T02:00:00Z",
		// In doubt: left to the date parser and the region's zone.
		"Thu, 03 Jan 2019 10:00:00 WIB":      "",
		"Kamis, 03 Januari 2019 10:00 +0700": "",
		"2019-01-03 10:00:00":                "",
		"Thu, 01 Jan 1970 00:00:00 +0000":    "",
		"":                                   "",
	}
	for raw, want := range cases {
		got := certainInstant(raw)
		text := ""
		if !got.IsZero() {
			text = got.Format(time.RFC3339)
		}
		if strings.TrimSuffix(text, ".5Z") != want {
			t.Errorf("certainInstant(%q) = %q, want %q", raw, text, want)
		}
	}
}

func TestToUTF8(t *testing.T) {
	cases := []struct {
		name, body, contentType, want string
	}{
		{"plain", "<rss>é</rss>", "", "<rss>é</rss>"},
		{"bom", "\xEF\xBB\xBF<rss/>", "", "<rss/>"},
		{"utf-8 declared as latin", `<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>`, "", "<a>é</a>"},
		{"declaration", "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<a>\x93x\x94</a>", "", "<a>“x”</a>"},
		{"header", "<a>\xE9</a>", "text/xml; charset=iso-8859-1", "<a>é</a>"},
		{"declaration beats header", `<?xml version="1.0" encoding="iso-8859-5"?>` + "<a>\xB1</a>", "text/xml; charset=windows-1252", "<a>Б</a>"},
		{"false utf-8", `<?xml version="1.0" encoding="utf-8"?>` + "<a>\x96</a>", "", "<a>–</a>"},
		{"utf-16 big endian", "\xFE\xFF\x00<\x00a\x00/\x00>", "", "<a/>"},
		{"utf-16 without bom", "<\x00a\x00/\x00>\x00", "", "<a/>"},
		{"blank lines first", "\r\n\n <?xml version=\"1.0\"?><a/>", "", "<a/>"},
	}
	for _, c := range cases {
		if got := string(toUTF8([]byte(c.body), c.contentType)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

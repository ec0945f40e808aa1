package source

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest/byline"
)

// pageGolden is what is compared of an article page.
type pageGolden struct {
	Article                               bool
	URL, Title, PublishedRaw, ModifiedRaw string
	PublishedAt                           time.Time
	Authors, Tags                         []string
	Text                                  []string
	Sumber, Place                         string
	BylineAuthors, BylineEditors          []string
}

func TestExtractGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSuffix(filepath.Base(file), ".html")
			if name == "linked" {
				name = "vaksin-500-anak"
			}
			page, failure := extractArticle(pageUTF8(data, "text/html"), mustURL(t, "https://dinkes.contohkab.example/berita/"+name), nil, testNow)
			if failure != nil {
				t.Fatal(failure)
			}
			item := page.item
			checkItem(t, item)
			text := byline.PlainText(item.HTML)
			credits, _ := byline.Parse(text)
			got, err := json.MarshalIndent(pageGolden{
				Article: page.article, URL: item.URL, Title: item.Title, PublishedRaw: item.PublishedRaw, ModifiedRaw: item.ModifiedRaw, PublishedAt: item.PublishedAt,
				Authors: item.Authors, Tags: item.Tags, Text: strings.Split(text, "\n"),
				Sumber: credits.Sumber, Place: credits.Place, BylineAuthors: credits.Authors, BylineEditors: credits.Editors,
			}, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".html") + ".golden"
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const extractText = `<p>Pemerintah kabupaten menggelar pelayanan terpadu bagi warga desa, termasuk pembuatan kartu keluarga, akta kelahiran, dan pemeriksaan kesehatan gratis.</p>
<p>Kegiatan itu diikuti ratusan warga, yang datang sejak pagi dengan berjalan kaki, naik sepeda motor, atau diantar kendaraan desa ke balai pertemuan.</p>
<p>Camat mengatakan pelayanan serupa akan digelar di desa lain, sehingga warga tidak perlu menempuh perjalanan jauh ke kota kabupaten.</p>`

// TestExtractDates puts a date into one place of a page at a time.
func TestExtractDates(t *testing.T) {
	page := func(head, before, after string) string {
		return fmt.Sprintf(`<html><head><title>Pelayanan Terpadu Digelar</title>%s</head><body>%s<h1>Pelayanan Terpadu Digelar</h1>%s<div>%s</div></body></html>`, head, before, after, extractText)
	}
	cases := []struct{ name, html, want string }{
		{"after the title", page("", "", "<div>15 Oktober 2026</div>"), "15 Oktober 2026"},
		{"with weekday, time and zone", page("", "", "<span>Diposting: Kamis, 15 Oktober 2026 08.30 WITA oleh Admin</span>"), "Kamis, 15 Oktober 2026 08.30 WITA"},
		{"numbers", page("", "", "<small>15/10/2026 08:30</small>"), "15/10/2026 08:30"},
		{"ISO", page("", "", "<small>2026-10-15 08:30:00</small>"), "2026-10-15 08:30:00"},
		{"before the title", page("", "<div class=kategori>Berita / 15 Okt 2026</div>", ""), "15 Okt 2026"},
		{"today above the title is a clock", page("", "<div>Kamis, 5 November 2026</div>", ""), ""},
		{"today with a Hijri date is a clock", page("", "", "<div>Kamis, 5 November 2026 / 25 Jumadil Awal 1448 H</div>"), ""},
		{"today under its label is a clock", page("", "", "<div>Hari ini: 5 November 2026</div>"), ""},
		{"today after the title is the article's", page("", "<div>Kamis, 5 November 2026</div>", "<div>5 November 2026</div>"), "5 November 2026"},
		{"yesterday's page kept in a cache", page("", `<div id="tanggal-hari-ini">4 November 2026</div>`, ""), ""},
		{"a header's date", page("", "<header>3 November 2026</header>", ""), ""},
		{"the date of an event in the text", page("", "", "<p>KOTA CONTOH - "+strings.Repeat("Warga dan pemerintah bertemu di balai desa. ", 6)+" Kamis (15/10/2026).</p>"), ""},
		{"meta", page(`<meta property="article:published_time" content="2026-10-15T08:30:00+07:00">`, "", "<div>1 Oktober 2026</div>"), "2026-10-15T08:30:00+07:00"},
		{"meta of 1970 gives way", page(`<meta property="article:published_time" content="1970-01-01T00:00:00+00:00">`, "", "<div>15 Oktober 2026</div>"), "15 Oktober 2026"},
		{"meta of 1970 alone stays visible", page(`<meta property="article:published_time" content="1970-01-01T00:00:00+00:00">`, "", ""), "1970-01-01T00:00:00+00:00"},
		{"time element", page("", "", `<time datetime="2026-10-15T01:30:00Z">kemarin</time>`), "2026-10-15T01:30:00Z"},
		{"time element of today above the title", page("", `<time datetime="2026-11-05">Kamis</time>`, ""), ""},
		{"time element in the sidebar", page("", "", `<aside><time datetime="2026-10-01">1 Oktober</time></aside>`), ""},
		{"linked data with raw line breaks", page("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"description\":\"a\nb\",\"datePublished\":\"2026-10-15 08:30\"}</script>", "", ""), "2026-10-15 08:30"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, failure := extractArticle([]byte(c.html), mustURL(t, "https://a.example/berita/1"), nil, testNow)
			if failure != nil {
				t.Fatal(failure)
			}
			if got.item.PublishedRaw != c.want {
				t.Errorf("PublishedRaw = %q, want %q", got.item.PublishedRaw, c.want)
			}
			if got.item.Title != "Pelayanan Terpadu Digelar" {
				t.Errorf("title = %q", got.item.Title)
			}
			if !strings.Contains(got.item.HTML, "kendaraan desa") {
				t.Errorf("body = %q", got.item.HTML)
			}
		})
	}
}

func TestExtractRules(t *testing.T) {
	html := `<html><head><title>Situs</title></head><body><h1>Situs Dinas</h1><div class="j">Judul Sebenarnya</div>
<div class="tgl">Dibuat pada 05/10/2026 pukul 08:30 WIB</div><span class="p">Oleh <b>Rina</b></span>
<div class="isi"><p>Satu.</p><div class="bagikan">Bagikan ke Facebook</div><div class="isi"><p>Dua.</p></div></div><div class="isi">Tiga.</div></body></html>`
	rules := &PageRules{Title: ".j", Date: ".tgl", Author: ".p b", Body: ".isi", Remove: []string{".bagikan"}}
	page, failure := extractArticle([]byte(html), mustURL(t, "https://a.example/b?id=1"), rules, testNow)
	if failure != nil {
		t.Fatal(failure)
	}
	item := page.item
	if item.Title != "Judul Sebenarnya" || item.PublishedRaw != "05/10/2026 pukul 08:30 WIB" || item.Author != "Rina" || !page.article {
		t.Errorf("%+v", page)
	}
	if got := byline.PlainText(item.HTML); got != "Satu.\nDua.\nTiga." {
		t.Errorf("body = %q", got)
	}
}

func TestExtractCanonical(t *testing.T) {
	cases := []struct{ name, href, want string }{
		{"same host", "/berita/judul#atas", "https://a.example/berita/judul"},
		{"www", "https://www.a.example/berita/judul", "https://www.a.example/berita/judul"},
		{"another host", "https://b.example/berita/judul", "https://a.example/baca.php?id=7"},
		{"front page", "https://a.example/", "https://a.example/baca.php?id=7"},
		{"no address", "javascript:alert(1)", "https://a.example/baca.php?id=7"},
		{"empty", "", "https://a.example/baca.php?id=7"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			page, failure := extractArticle([]byte(`<html><head><link rel="Canonical" href="`+c.href+`"></head><body><h1>Judul</h1>`+extractText), mustURL(t, "https://a.example/baca.php?id=7"), nil, testNow)
			if failure != nil || page.item.URL != c.want {
				t.Errorf("URL = %q, want %q (%v)", page.item.URL, c.want, failure)
			}
		})
	}
}

func TestExtractBombs(t *testing.T) {
	base := mustURL(t, "https://a.example/x")
	for name, body := range map[string]string{
		"depth":    "<html><body>" + strings.Repeat("<div>", 5000) + "x",
		"elements": "<html><body>" + strings.Repeat("<p>x</p>", maxPageElements+1),
	} {
		if _, failure := extractArticle([]byte(body), base, nil, testNow); failure == nil || failure.Reason != ReasonParse || !strings.Contains(failure.Words, "https://a.example/x") {
			t.Errorf("%s: failure = %v", name, failure)
		}
	}
}

func TestPageUTF8(t *testing.T) {
	utf16 := []byte{0xFF, 0xFE}
	for _, r := range "<p>Rp 5 – café</p>" {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	cases := []struct {
		name string
		body []byte
		ct   string
		want string
	}{
		{"UTF-8", []byte("<p>café</p>"), "text/html; charset=iso-8859-1", "<p>café</p>"},
		{"byte order mark", []byte("\xEF\xBB\xBF<p>x</p>"), "", "<p>x</p>"},
		{"UTF-16", utf16, "text/html", "<p>Rp 5 – café</p>"},
		{"Windows-1252", []byte("<p>Rp 5 \x96 caf\xE9</p>"), "text/html", "<p>Rp 5 – café</p>"},
		{"meta charset", []byte("<meta charset=windows-1251><p>\xC4\xE0</p>"), "text/html", "<meta charset=windows-1251><p>Да</p>"},
		{"cut letters", []byte("<p>café – café \xC3</p>"), "text/html; charset=utf-8", "<p>café – café \uFFFD</p>"},
		{"declared UTF-8 but is not", []byte("<p>caf\xE9</p>"), "text/html; charset=utf-8", "<p>café</p>"},
	}
	for _, c := range cases {
		if got := string(pageUTF8(c.body, c.ct)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestExtractFrame: what every page of a site has around its text is no part
// of it, also where the text is short or the page is built without headings.
func TestExtractFrame(t *testing.T) {
	const (
		header = `<header><div>Pemerintah Kabupaten Contoh</div><p>Dinas Kesehatan melayani dengan hati, cepat, tepat, dan ramah</p></header>`
		menu   = `<nav><ul><li><a href="/">Beranda</a></li><li><a href="/profil">Profil</a></li></ul></nav>`
		side   = `<aside><p>Jadwal vaksinasi bulan ini, di puskesmas, pustu, dan posyandu, buka pukul delapan</p></aside>`
		foot   = `<footer><p>Jalan Merdeka Nomor 1, Kota Contoh, telepon 0717 123456, surel dinkes@contoh.example</p></footer>`
		short  = `<p>Dinas Kesehatan membagikan masker kepada warga desa pada Jumat pagi.</p><p>Warga menyambutnya dengan antusias.</p>`
	)
	for _, c := range []struct{ name, page string }{
		{"short text in a div", header + menu + `<h1>Masker Dibagikan</h1><div class="isi">` + short + `</div>` + side + foot},
		{"short text in the body", header + menu + `<h1>Masker Dibagikan</h1>` + short + side + foot},
		{"long text", header + menu + `<h1>Masker Dibagikan</h1><div>` + short + extractText + `</div>` + side + foot},
		{"title in the header", `<header><p>Pemerintah Kabupaten Contoh</p></header><article><header><h1>Masker Dibagikan</h1></header>` + short + `</article>` + side + foot},
		{"text in an article", header + menu + `<article><h1>Masker Dibagikan</h1>` + short + `<footer>Penulis: Rina Sari</footer></article>` + side + foot},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, failure := extractArticle([]byte(`<html><head><title>Masker Dibagikan</title></head><body>`+c.page+`</body></html>`),
				mustURL(t, "https://dinkes.contohkab.example/berita/masker"), nil, testNow)
			if failure != nil {
				t.Fatal(failure)
			}
			text := byline.PlainText(got.item.HTML)
			for _, frame := range []string{"Pemerintah Kabupaten", "melayani dengan hati", "Beranda", "Jadwal vaksinasi", "Jalan Merdeka"} {
				if strings.Contains(text, frame) {
					t.Errorf("the text has %q: %q", frame, text)
				}
			}
			if !strings.Contains(text, "membagikan masker") || !strings.Contains(text, "antusias") {
				t.Errorf("text = %q", text)
			}
			if credits, _ := byline.Parse(text); strings.Contains(c.page, "Penulis") && len(credits.Authors) != 1 {
				t.Errorf("authors %q of %q", credits.Authors, text)
			}
		})
	}
}

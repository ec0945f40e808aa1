package source

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// problemsOf parses a configuration with one source and gives its problems as
// "key: words".
func problemsOf(t testing.TB, source string) []string {
	t.Helper()
	_, err := Parse("g.yaml", []byte("contact: a@b.example\nregion: 19.71\nsources:\n- name: x\n"+source))
	if err == nil {
		return nil
	}
	var list []string
	for line := range strings.Lines(err.Error()) {
		_, rest, _ := strings.Cut(strings.TrimSpace(line), "sources[0].")
		list = append(list, rest)
	}
	return list
}

func TestPageConfigProblems(t *testing.T) {
	page := "  kind: page\n  url: https://a.example/berita\n"
	cases := []struct{ name, text, want string }{
		{"selector", page + "  rules: {link: 'a['}\n", `rules.link: "a[" bukan pemilih CSS yang sah; contoh: article h1, .isi-berita, a.judul`},
		{"removal", page + "  rules:\n    remove: [.bagikan, '!!']\n", `rules.remove[1]: "!!" bukan pemilih CSS yang sah; contoh: article h1, .isi-berita, a.judul`},
		{"pattern", page + "  rules: {match: [berita/*]}\n", `rules.match[0]: "berita/*" bukan pola alamat; mulai dengan garis miring, seperti /berita/*`},
		{"two pagings", page + "  rules: {link: a, next: a, pages: 'https://a.example/berita?p={page}'}\n", "rules.pages: pilih salah satu: next (tautan halaman berikutnya) atau pages (pola alamat)"},
		{"pages without number", page + "  rules: {pages: 'https://a.example/berita'}\n", "rules.pages: harus memuat {page} tepat satu kali, seperti https://dinkes.contohkab.go.id/berita?page={page}"},
		{"pages elsewhere", page + "  rules: {pages: 'https://b.example/{page}'}\n", "rules.pages: harus berada di situs yang sama dengan url"},
		{"max_pages", page + "  max_pages: -1\n", "max_pages: -1 di luar batas; yang boleh: 1 sampai 10000"},
		{"no number", page + "  max_pages: banyak\n", `max_pages: "banyak" bukan bilangan bulat; tulis seperti 200`},
		{"max_pages of a feed", "  kind: feed\n  url: https://a.example/f\n  max_pages: 3\n", "max_pages: hanya untuk kind: page dan kind: jsonapi; hapus barisnya"},
		{"rules of a feed", "  kind: feed\n  url: https://a.example/f\n  rules: {link: a}\n", "rules: hanya untuk kind: page; hapus bagian ini"},
		{"unknown rule", page + "  rules: {judul: h1}\n", "rules.judul: kunci tidak dikenal; kunci yang boleh: list_item, link, match, next, pages, title, date, body, author, remove"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{c.want}, problemsOf(t, c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if problems := problemsOf(t, page); problems != nil {
		t.Error(problems)
	}
}

func TestAPIConfigProblems(t *testing.T) {
	t.Setenv("GAUNG_SECRET_ADA", "x")
	api := func(url, more string) string {
		return "  kind: jsonapi\n  url: " + url + "\n  api:\n    fields: {title: title, url: link}\n" + more
	}
	plain := "https://a.example/api"
	cases := []struct{ name, text, want string }{
		{"no section", "  kind: jsonapi\n  url: https://a.example/api\n", "api: wajib diisi untuk kind: jsonapi; paling sedikit fields dengan title dan url"},
		{"section of a feed", "  kind: feed\n  url: https://a.example/f\n  api: {items: data}\n", "api: hanya untuk kind: jsonapi; hapus bagian ini"},
		{"unknown mark", api("https://a.example/{halaman}", ""), "url: hanya {page}, {offset}, {cursor}, {since}, {size} yang boleh; rahasia ditulis di api.headers, bukan di alamat"},
		{"unknown mark in the query", api("https://a.example/?h={halaman}", ""), "url: hanya {page}, {offset}, {cursor}, {since}, {size} yang boleh di dalam alamat"},
		{"secret in the address", api("https://a.example/?k=${GAUNG_SECRET_ADA}", ""), "url: hanya {page}, {offset}, {cursor}, {since}, {size} yang boleh; rahasia ditulis di api.headers, bukan di alamat"},
		{"since", api("https://a.example/?s={since}", ""), "url: memuat {since}, jadi since wajib diisi: hari pertama yang diambil pada pembacaan pertama"},
		{"paging kind", api(plain, "    paging: {kind: halaman}\n"), `api.paging.kind: "halaman" tidak dikenal; yang boleh: page, offset, cursor, none`},
		{"page without mark", api(plain, "    paging: {kind: page}\n"), "api.paging.kind: page perlu {page} di dalam url"},
		{"offset without size", api("https://a.example/?o={offset}", ""), "api.paging.size: wajib diisi: berapa butir per halaman, seperti 20"},
		{"cursor without next", api("https://a.example/?c={cursor}", ""), "api.paging.next: wajib diisi untuk cursor: jalur ke kursor atau alamat berikutnya, seperti meta.next_cursor"},
		{"start", api("https://a.example/?p={page}", "    paging: {start: -1}\n"), "api.paging.start: di luar batas; yang boleh: 0 sampai 1000000"},
		{"items", api(plain, "    items: a..b\n"), `api.items: "a..b" bukan jalur yang sah; tulis seperti data.items, gambar[0].url, tag[].nama, atau ["kunci.bertitik"]`},
		{"title", "  kind: jsonapi\n  url: " + plain + "\n  api: {fields: {url: link}}\n", "api.fields.title: wajib diisi; jalur ke judul, seperti title atau attributes.judul"},
		{"address", "  kind: jsonapi\n  url: " + plain + "\n  api: {fields: {title: t}}\n", "api.fields.url: wajib diisi; jalur ke alamat artikel, atau pola seperti https://contohkab.go.id/berita/{id}"},
		{"one address for all", "  kind: jsonapi\n  url: " + plain + "\n  api: {fields: {title: t, url: 'https://a.example/berita'}}\n", "api.fields.url: pola alamat harus memuat jalur dalam kurung kurawal, seperti https://contohkab.go.id/berita/{id}"},
		{"host from the answer", "  kind: jsonapi\n  url: " + plain + "\n  api: {fields: {title: t, url: 'https://{situs}/x'}}\n", "api.fields.url: nama situs tidak boleh memuat { }"},
		{"date format", api(plain, "    date_formats: [dd-mm-yyyy]\n"), `api.date_formats[0]: "dd-mm-yyyy" bukan format tanggal; pakai yyyy, MM, dd, HH, mm, ss dan XXX (zona), seperti dd/MM/yyyy HH:mm atau yyyy-MM-dd'T'HH:mm:ssXXX, atau unix, unix_ms`},
		{"missing secret", api(plain, "    headers: {Authorization: 'Bearer ${GAUNG_SECRET_HILANG}'}\n"), "api.headers.Authorization: rahasia GAUNG_SECRET_HILANG belum ada; isi variabel lingkungan GAUNG_SECRET_HILANG, atau GAUNG_SECRET_HILANG_FILE dengan nama berkas yang memuatnya"},
		{"other variable", api(plain, "    headers: {X-A: '${HOME}'}\n"), `api.headers.X-A: "HOME" bukan nama rahasia; namanya harus diawali GAUNG_SECRET_, huruf besar, angka dan garis bawah`},
		{"plain secret", api(plain, "    headers: {X-API-Key: abc}\n"), `api.headers.X-API-Key: rahasia tidak boleh ditulis di gaung.yaml; tulis seperti "Bearer ${GAUNG_SECRET_API}" dan isi variabel lingkungan GAUNG_SECRET_API`},
		{"reserved", api(plain, "    headers: {host: b.example}\n"), "api.headers.host: header ini diatur oleh Gaung sendiri; hapus barisnya"},
		{"header name", api(plain, "    headers: {'X A': b}\n"), "api.headers.X A: bukan nama header HTTP; contoh: Authorization, X-Api-Key"},
		{"header twice", api(plain, "    headers: {x-a: b, X-A: c}\n"), "api.headers.x-a: header ditulis dua kali; hapus salah satunya"},
		{"header list", api(plain, "    headers: [a]\n"), "api.headers: harus berupa kunci dan nilai, satu per baris"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{c.want}, problemsOf(t, c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
	for name, text := range map[string]string{
		"path mark": api("https://a.example/api/{page}", ""),
		"secret":    api(plain, "    headers: {Authorization: 'Bearer ${GAUNG_SECRET_ADA}', X-Bahasa: id}\n"),
		"unix":      api(plain, "    date_formats: [unix, \"yyyy-MM-dd'T'HH:mm:ssXXX\"]\n"),
	} {
		if problems := problemsOf(t, text); problems != nil {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

func TestSourceValidationIsStable(t *testing.T) {
	text := "contact: a@b.example\nregion: 19.71\nsources:\n- name: x\n  kind: jsonapi\n  url: https://A.example/api/{page}/x?s={size}\n  api: {fields: {title: t, url: u}, paging: {size: 5}}\n"
	c, err := Parse("g.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if c.Sources[0].URL != "https://a.example/api/{page}/x?s={size}" || c.Sources[0].MaxPages != defaultMaxPages || c.Sources[0].API.Paging.Kind != "page" {
		t.Errorf("%+v", c.Sources[0])
	}
	before := c.Sources[0].URL
	if err := c.ValidateAndSetDefaults(); err != nil || c.Sources[0].URL != before {
		t.Errorf("a second validation: %v, %s", err, c.Sources[0].URL)
	}
}

func TestGlobMatch(t *testing.T) {
	cases := []struct {
		pattern, text string
		want          bool
	}{
		{"/berita/*", "/berita/1", true},
		{"/berita/*", "/berita/", true},
		{"/berita/*", "/profil/berita/1", false},
		{"*/detil/*-*", "/a/detil/1438/b-c", true},
		{"*/detil/*-*", "/a/detil/1438", false},
		{"/x", "/x", true},
		{"/x", "/xy", false},
		{"/a*a", "/a", false},
		{"/*", "/", true},
	}
	for _, c := range cases {
		if got := globMatch(c.pattern, c.text); got != c.want {
			t.Errorf("%s on %s = %v", c.pattern, c.text, got)
		}
	}
}

func TestSeenSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.Uint64(), 0, 50).Draw(t, "keys")
		set, want := newSeenSet(), map[uint64]uint32{}
		for i, key := range keys {
			set.put(key, uint32(i))
			want[key] = uint32(i)
		}
		text, err := set.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back seenSet
		if err := back.UnmarshalText(text); err != nil {
			t.Fatal(err)
		}
		if back.len() != len(want) {
			t.Fatalf("%d entries, want %d", back.len(), len(want))
		}
		for key, mark := range want {
			if got, known := back.get(key); !known || got != mark {
				t.Fatalf("%d = %d, %v; want %d", key, got, known, mark)
			}
		}
	})
	// The entries used last survive.
	set := newSeenSet()
	for key := range uint64(maxRemembered + 10) {
		set.put(key, 1)
	}
	set.get(3)
	text, _ := set.MarshalText()
	var back seenSet
	if err := back.UnmarshalText(text); err != nil || back.len() != maxRemembered || len(text) != maxRemembered*16 {
		t.Fatalf("%v, %d entries, %d bytes", err, back.len(), len(text))
	}
	for key, want := range map[uint64]bool{3: true, 4: false, 10: false, 11: true, maxRemembered + 9: true} {
		if _, known := back.get(key); known != want {
			t.Errorf("entry %d known = %v", key, known)
		}
	}
	for _, text := range []string{"x", "AAAA", "!"} {
		if back.UnmarshalText([]byte(text)) == nil {
			t.Errorf("%q is taken for a set", text)
		}
	}
}

func TestSitemapTime(t *testing.T) {
	for text, want := range map[string]string{
		"2026-10-05": "2026-10-05 00:00", "2026-10-05T08:30:00+07:00": "2026-10-05 01:30", "2026-10-05T08:30+07:00": "2026-10-05 01:30",
		"2026-10-05 08:30:00": "2026-10-05 08:30", "2026-10": "2026-10-01 00:00", "1970-01-01": "", "kemarin": "", "": "", "0000-00-00": "",
	} {
		got := ""
		if at := sitemapTime(text); !at.IsZero() {
			got = at.Format("2006-01-02 15:04")
		}
		if got != want {
			t.Errorf("%q = %q, want %q", text, got, want)
		}
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0" encoding="utf-8"?><urlset xmlns="x"><url><loc>https://a.example/1</loc><lastmod>2026-10-01</lastmod><image:image><image:loc>https://a.example/g.jpg</image:loc></image:image></url></urlset>`), "text/xml")
	f.Add([]byte(`<sitemapindex><sitemap><loc>/a.xml.gz</loc></sitemap>`), "")
	f.Add([]byte(`<urlset xmlns:news="n"><url><loc>x</loc><news:news><news:title>&eacute;</news:title><news:publication_date>1970</news:publication_date></news:news></url></urlset>`), "text/xml; charset=utf-16")
	f.Add([]byte("\x1f\x8b\x08"), "")
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		base := mustURL(t, "https://a.example/sitemap.xml")
		body, err := gunzipped(data, 1<<20)
		if err != nil {
			return
		}
		body = pageUTF8(body, contentType)
		if !isSitemap(body) {
			return
		}
		parsed, failure := parseSitemap(body, base)
		if failure != nil && (len(parsed.entries) > 0 || failure.Words == "") {
			t.Errorf("%+v beside %d entries", failure, len(parsed.entries))
		}
		for _, entry := range parsed.entries {
			checkItem(t, Item{URL: entry.address, Title: entry.title, PublishedRaw: entry.published, ModifiedRaw: entry.lastmodRaw, ModifiedAt: entry.lastmod})
			if entry.address == "" {
				t.Error("an entry without an address")
			}
			if entry.lastmodRaw != "" && entry.mark() == 0 {
				t.Errorf("lastmod %q has no mark", entry.lastmodRaw)
			}
		}
	})
}

func FuzzListPage(f *testing.F) {
	f.Add([]byte(`<base href=/x/><div class=b><a href="1#a">A</a></div><a rel=next href="?p=2">`), "text/html")
	f.Add([]byte(`<html><div class=b><a href="javascript:x"><a href="//b.example/y">`), "text/html; charset=windows-1252")
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		base := mustURL(t, "https://a.example/berita")
		body := pageUTF8(data, contentType)
		for _, rules := range []*PageRules{nil, {Link: "a"}, {ListItem: ".b", Link: "a", Next: "[rel=next]"}} {
			page, failure := parseList(body, base, rules)
			if failure != nil && failure.Words == "" {
				t.Error("failure without words")
			}
			if len(page.links) > maxListLinks {
				t.Errorf("%d links", len(page.links))
			}
			for _, link := range append(page.links, page.next) {
				checkItem(t, Item{URL: link})
			}
		}
	})
}

func FuzzArticlePage(f *testing.F) {
	files, err := filepath.Glob("testdata/pages/*.html")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "text/html")
	}
	f.Add([]byte(`<script type="application/ld+json">{"@graph":[[[{"@type":"Article","author":[[]],"keywords":[null]}]]]}</script>`), "")
	f.Add([]byte(`<h1></h1><time datetime><p>Oleh X`), "text/html; charset=utf-16")
	rules := &PageRules{Title: ".judul", Date: ".meta", Body: ".isi", Author: ".author", Remove: []string{".menu"}}
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		body := pageUTF8(data, contentType)
		for _, r := range []*PageRules{nil, rules} {
			page, failure := extractArticle(body, mustURL(t, "https://a.example/berita/1"), r, testNow)
			if failure != nil {
				if failure.Reason != ReasonParse {
					t.Errorf("reason %s", failure.Reason)
				}
				continue
			}
			checkItem(t, page.item)
			if page.item.URL == "" || !sameHost(page.item.URL, "https://a.example") {
				t.Errorf("URL = %q", page.item.URL)
			}
			itemSum(page.item)
		}
	})
}

func FuzzSeenSet(f *testing.F) {
	f.Add("AAAAAAAAAAEAAAAC")
	f.Fuzz(func(t *testing.T, text string) {
		var set seenSet
		if set.UnmarshalText([]byte(text)) != nil {
			return
		}
		if again, err := set.MarshalText(); err != nil || len(again) > len(text) {
			t.Errorf("%q becomes %q, %v", text, again, err)
		}
	})
}

// benchSitemap is a sitemap of 10,000 articles.
func benchSitemap() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for i := range 10_000 {
		fmt.Fprintf(&b, "<url><loc>https://a.example/berita/%d/judul-berita-nomor-%d</loc><lastmod>2026-10-%02dT08:30:00+07:00</lastmod></url>\n", i, i, i%28+1)
	}
	b.WriteString(`</urlset>`)
	return []byte(b.String())
}

func BenchmarkParseSitemap(b *testing.B) {
	data, base := benchSitemap(), mustURL(b, "https://a.example/sitemap.xml")
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if parsed, failure := parseSitemap(data, base); failure != nil || len(parsed.entries) != 10_000 {
			b.Fatal(failure, len(parsed.entries))
		}
	}
}

func BenchmarkExtractArticle(b *testing.B) {
	data, err := os.ReadFile("testdata/pages/linked.html")
	if err != nil {
		b.Fatal(err)
	}
	// A theme adds menus and lists around the article.
	data = []byte(strings.Replace(string(data), "<main>", strings.Repeat(`<ul class="menu"><li><a href="/x">Menu</a></li></ul>`, 300)+"<main>", 1))
	base := mustURL(b, "https://dinkes.contohkab.example/berita/vaksin-500-anak/")
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if page, failure := extractArticle(pageUTF8(data, "text/html"), base, nil, testNow); failure != nil || page.item.Title == "" {
			b.Fatal(failure)
		}
	}
}

func BenchmarkAPIItems(b *testing.B) {
	var text strings.Builder
	text.WriteString(`{"data":{"items":[`)
	for i := range 100 {
		if i > 0 {
			text.WriteByte(',')
		}
		fmt.Fprintf(&text, `{"id_post":"%d","created_date":"2026-10-05 08:30:00","title":"Berita %d","description":"%s"}`, i, i, strings.Repeat("<p>Pemerintah kabupaten menggelar pelayanan terpadu.</p>", 50))
	}
	text.WriteString(`]}}`)
	data, base := []byte(text.String()), mustURL(b, "https://a.example/api")
	s := testSource("jsonapi", base.String())
	s.API = &JSONAPI{Items: "data.items", SinceFormat: "yyyy-MM-dd", Fields: APIFields{Title: "title", Body: "description", URL: "https://a.example/{id_post}", Published: "created_date", ID: "id_post"}}
	mapping, failure := s.mapping()
	if failure != nil {
		b.Fatal(failure)
	}
	mapping.now = testNow
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		page, failure := parseAPIPage(toUTF8(data, "application/json"), base, mapping.list)
		if failure != nil {
			b.Fatal(failure)
		}
		if items, failure := mapping.items(page); failure != nil || len(items) != 100 {
			b.Fatal(failure, len(items))
		}
	}
}

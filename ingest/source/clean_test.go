package source

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestCleanTitle(t *testing.T) {
	cases := map[string]string{
		"Air &amp;amp; Udara":                       "Air & Udara",
		"  Bupati\n\t Resmikan&nbsp;Pasar ":         "Bupati Resmikan Pasar",
		"<b>Tebal</b> dan <i class='x'>miring</i>":  "Tebal dan miring",
		"Harga < Rp 5.000 > Rp 1.000":               "Harga < Rp 5.000 > Rp 1.000",
		"&lt;script&gt;alert(1)&lt;/script&gt; Isu": "alert(1) Isu",
		"Aplikasi <SiCepat> Diluncurkan":            "Aplikasi <SiCepat> Diluncurkan",
		"nol\x00 dan \u202Ebalik\u202C":             "nol dan balik",
		"rusak \xff\xfe":                            "rusak \uFFFD",
	}
	for in, want := range cases {
		if got := cleanTitle(in); got != want {
			t.Errorf("cleanTitle(%q) = %q, want %q", in, got, want)
		}
	}
	if got := cleanTitle(strings.Repeat("é ", 1000)); utf8.RuneCountInString(got) > maxTitle {
		t.Errorf("title of %d runes", utf8.RuneCountInString(got))
	}
}

func TestCleanURL(t *testing.T) {
	base, err := url.Parse("https://dinkes.contohkab.example/berita/feed/")
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]string{
		"https://a.example/x":          "https://a.example/x",
		"HTTP://a.example/x":           "http://a.example/x",
		" //b.example/y\n":             "https://b.example/y",
		"/z?a=1#c":                     "https://dinkes.contohkab.example/z?a=1#c",
		"satu":                         "https://dinkes.contohkab.example/berita/feed/satu",
		"https://a.example/x\x00y":     "https://a.example/xy",
		"https://user:pw@a.example/":   "https://a.example/",
		"javascript:alert(1)":          "",
		"java\nscript:alert(1)":        "",
		"data:text/html,x":             "",
		"ftp://a.example/":             "",
		"mailto:a@b.example":           "",
		"https://":                     "",
		"https://a.example/%zz":        "",
		"":                             "",
		strings.Repeat("x", maxURL+10): "",
	}
	for in, want := range cases {
		if got := cleanURL(base, in); got != want {
			t.Errorf("cleanURL(%.40q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanAuthor(t *testing.T) {
	cases := map[string]string{
		"humas@a.example (Siti Aminah)":  "Siti Aminah",
		"Siti Aminah <humas@a.example>":  "Siti Aminah",
		"humas@a.example":                "",
		"Dr. H. Rina Sari, S.Kom., M.AP": "Dr. H. Rina Sari, S.Kom., M.AP",
		"<a href='x'>Budi</a>":           "Budi",
	}
	for in, want := range cases {
		if got := cleanAuthor(in); got != want {
			t.Errorf("cleanAuthor(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanTags(t *testing.T) {
	got := cleanTags([]string{" Kesehatan &amp; Gizi ", "", "Kesehatan & Gizi", "Desa\x00"})
	if diff := cmp.Diff([]string{"Kesehatan & Gizi", "Desa"}, got); diff != "" {
		t.Error(diff)
	}
	if got := cleanTags(strings.Split(strings.Repeat("a b c d e f g ", 100), " ")); len(got) != 7 {
		t.Errorf("tags = %d", len(got))
	}
}

func TestCleanedTextIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "in")
		limit := rapid.IntRange(1, 50).Draw(t, "limit")
		line := cleanLine(in, limit)
		if utf8.RuneCountInString(line) > limit || !utf8.ValidString(line) || strings.TrimSpace(line) != line {
			t.Fatalf("cleanLine(%q, %d) = %q", in, limit, line)
		}
		if again := cleanLine(line, limit); again != line {
			t.Fatalf("not stable: %q then %q", line, again)
		}
		for _, r := range line + cleanBody(in) {
			if dangerous(r) || (unicode.IsControl(r) && r != '\n' && r != '\t') {
				t.Fatalf("dangerous rune %U left", r)
			}
		}
	})
}

func TestCleanBodyCutsAtARune(t *testing.T) {
	got := cleanBody(strings.Repeat("é", maxHTML))
	if len(got) > maxHTML || !utf8.ValidString(got) {
		t.Errorf("length %d, valid %v", len(got), utf8.ValidString(got))
	}
}

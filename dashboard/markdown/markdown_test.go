package markdown

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/docs"
)

func TestRender(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"paragraph", "satu\ndua\n\ntiga", "<p>satu dua</p>\n<p>tiga</p>\n"},
		{"marks", "**tebal** dan *miring* dan `kode *x*`", "<p><strong>tebal</strong> dan <em>miring</em> dan <code>kode *x*</code></p>\n"},
		{"nested marks", "**rentang *95 %* Wilson**", "<p><strong>rentang <em>95 %</em> Wilson</strong></p>\n"},
		{"open marks", "2 * 3 ** 4 ` 5 [x", "<p>2 * 3 ** 4 ` 5 [x</p>\n"},
		{"heading", "## 2. Hari kerja dan `x`", "<h2 id=\"2-hari-kerja-dan-x\">2. Hari kerja dan <code>x</code></h2>\n"},
		{"punctuation in anchors", "## 10. Kelompok A/B/C", "<h2 id=\"10-kelompok-abc\">10. Kelompok A/B/C</h2>\n"},
		{"equal headings", "# a\n# a", "<h1 id=\"a\">a</h1>\n<h1 id=\"a-1\">a</h1>\n"},
		{"no heading", "#x", "<p>#x</p>\n"},
		{"link to a heading", "[waktu](#1-waktu)", "<p><a href=\"#1-waktu\">waktu</a></p>\n"},
		{"link elsewhere", "[klik](javascript:alert(1))", "<p><span>klik</span>)</p>\n"},
		{"list", "- satu\n  lanjut\n- dua\nsambung", "<ul>\n<li>satu lanjut</li>\n<li>dua sambung</li>\n</ul>\n"},
		{"ordered list", "1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"},
		{"quote", "> a\n> b\n>\n> c", "<blockquote>\n<p>a b</p>\n<p>c</p>\n</blockquote>\n"},
		{"code", "```\n<a>\n```\nb", "<pre tabindex=\"0\"><code>&lt;a&gt;</code></pre>\n<p>b</p>\n"},
		{"hostile", `<script>alert(1)</script> <b onclick="x">`, "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;b onclick=&#34;x&#34;&gt;</p>\n"},
		{"hostile anchor", "[x](#\"><script>)", "<p><a href=\"#&#34;&gt;&lt;script&gt;\">x</a></p>\n"},
		{
			"table", "# T\n| a | b |\n| --- | --- |\n| `x|y` | 1 |\n| 2 |",
			"<h1 id=\"t\">T</h1>\n<div class=\"scroll\" role=\"region\" aria-label=\"Tabel 1: T\" tabindex=\"0\">\n<table>\n" +
				"<thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>\n<tbody>\n" +
				"<tr><td><code>x|y</code></td><td>1</td></tr>\n<tr><td>2</td><td></td></tr>\n</tbody>\n</table>\n</div>\n",
		},
	} {
		if diff := cmp.Diff(c.want, string(Render(c.text).HTML)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// Every link of the method leads to a heading that is there, every table and
// list of it is rendered as one.
func TestMethodRenders(t *testing.T) {
	d := Render(docs.Method)
	var ids []string
	for _, h := range d.Headings {
		ids = append(ids, h.ID)
	}
	text := string(d.HTML)
	for _, part := range strings.Split(text, `href="#`)[1:] {
		target, _, _ := strings.Cut(part, `"`)
		if !slices.Contains(ids, target) {
			t.Errorf("a link leads to #%s, and no heading is called so: %v", target, ids)
		}
	}
	if tables := strings.Count(docs.Method, "\n| ---"); tables == 0 || strings.Count(text, "<table>") != tables {
		t.Errorf("%d tables of %d rendered", strings.Count(text, "<table>"), tables)
	}
	for _, mark := range []string{"**", "](#", "<p>- ", "<p>|"} {
		if strings.Contains(text, mark) {
			t.Errorf("the page still shows the mark %q", mark)
		}
	}
}

// allowed are the only elements a document may turn into.
var allowed = []string{
	"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "pre", "code", "strong", "em", "a", "span",
	"div", "table", "thead", "tbody", "tr", "th", "td",
}

// FuzzRender: whatever a document says, the result is well-formed, made of the
// allowed elements only, and links nowhere but into the document.
func FuzzRender(f *testing.F) {
	f.Add(docs.Method)
	f.Add("> - > - > - > - > - a\n| a |\n|---|\n```")
	f.Add("[a](#b)[c](http://d) **x*y**z* `")
	f.Fuzz(func(t *testing.T, text string) {
		d := Render(text)
		decoder := xml.NewDecoder(strings.NewReader("<root>" + strings.Map(printable, string(d.HTML)) + "</root>"))
		decoder.Entity = xml.HTMLEntity
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatalf("%q became %q: %v", text, d.HTML, err)
			}
			start, ok := token.(xml.StartElement)
			if !ok || start.Name.Local == "root" {
				continue
			}
			if !slices.Contains(allowed, start.Name.Local) {
				t.Errorf("%q became the element %s", text, start.Name.Local)
			}
			for _, a := range start.Attr {
				if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#") {
					t.Errorf("%q links to %q", text, a.Value)
				}
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" || a.Name.Local == "src" {
					t.Errorf("%q has the attribute %s", text, a.Name.Local)
				}
			}
		}
	})
}

// printable drops what XML cannot carry; a browser ignores or shows it.
func printable(c rune) rune {
	if c < ' ' && c != '\n' && c != '\t' || c == 0xFFFE || c == 0xFFFF {
		return -1
	}
	return c
}

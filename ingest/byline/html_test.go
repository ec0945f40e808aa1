package byline_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gaung/ingest/byline"
)

func TestPlainText(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"paragraphs", "<p>Satu</p><p>Dua &amp; tiga</p>", "Satu\nDua & tiga"},
		{"breaks", "Sumber:<br>Dinas Kominfo<br/>Penulis:<BR />Huzari", "Sumber:\nDinas Kominfo\nPenulis:\nHuzari"},
		{"inline", "<p><strong>PANGKALPINANG</strong> -- <em>Gubernur</em>  berkata</p>", "PANGKALPINANG -- Gubernur berkata"},
		{"source lines are spaces", "<p>satu\n dua\n\ttiga</p>", "satu dua tiga"},
		{"script and style", "<p>a</p><script>var x='<p>b</p>'</script><style>p{}</style><p>c</p>", "a\nc"},
		{"comment", "<p>a<!-- b --></p>", "a"},
		{"navigation and forms", "<nav>Beranda</nav><form>Cari <input value=x></form><p>isi</p>", "isi"},
		{"lists and tables", "<ul><li>satu</li><li>dua</li></ul><table><tr><td>a</td><td>b</td></tr></table>", "satu\ndua\na b"},
		{"entities", "<p>Jum&#8217;at&nbsp;&ndash; 5&deg;</p>", "Jum’at – 5°"},
		{"unclosed", "<div>a<p>b<p>c", "a\nb\nc"},
		{"plain text keeps its lines", "satu\n\n dua &amp; tiga", "satu\ndua & tiga"},
		{"not a tag", "nilai 3 < 5 dan 7 > 6", "nilai 3 < 5 dan 7 > 6"},
		{"caption", "<figure><img src=x><figcaption>Foto: Humas</figcaption></figure><p>isi</p>", "Foto: Humas\nisi"},
		{"invisible characters", "<p>a\u200bb\u00adc\x00</p>", "abc"},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := byline.PlainText(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPlainTextThenParse(t *testing.T) {
	b, body := byline.Parse(byline.PlainText(`<p>PANGKALPINANG -- ` + prose + `</p><p><b>Sumber:</b><br>Dinas Kominfo<br><b>Penulis:</b><br>Huzari<br>Editor:<br>Padli</p>`))
	if b.Sumber != "Dinas Kominfo" || b.Place != "PANGKALPINANG" || len(b.Authors) != 1 || b.Authors[0] != "Huzari" || len(b.Editors) != 1 || b.Editors[0] != "Padli" || body != prose {
		t.Errorf("got %+v, body %q", b, body)
	}
}

// Markup nested past reason neither hangs nor loses the text.
func TestPlainTextHostile(t *testing.T) {
	inputs := map[string]string{
		"nested":     strings.Repeat("<div>", 200_000) + "isi",
		"formatting": strings.Repeat("<b><i>", 100_000) + "isi",
		"open tags":  strings.Repeat("<", 500_000) + " isi",
		"entities":   strings.Repeat("&#", 500_000) + "isi",
	}
	for name, in := range inputs {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			got := byline.PlainText(in)
			if !strings.Contains(got, "isi") {
				t.Errorf("text lost: %.80q", got)
			}
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func FuzzPlainText(f *testing.F) {
	for _, s := range []string{"<p>a</p>", "<br>", "a<b", "<script>x", "&amp;lt;", "<table><tr><td>a", "<svg><p>x", "<!-- -->x", "<template><p>a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, markup string) {
		got := byline.PlainText(markup)
		if !utf8.ValidString(got) {
			t.Fatalf("%q: invalid UTF-8 %q", markup, got)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if got != "" && line != strings.TrimSpace(line) || got != "" && line == "" {
				t.Fatalf("%q: untidy line %q", markup, line)
			}
		}
	})
}

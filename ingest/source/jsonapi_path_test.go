package source

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const pathDocument = `{"success":true,"data":{"items":[{"id":7,"tag":[{"nama":"Desa"},{"nama":"Kota"}],"gambar":[]},{"id":8}],"per.id":"x","kosong":null,
"php":{"2":"c","0":"a","10":"d"},"bukan":{"0":"a","x":"b"}},"judul":{"rendered":"R"}}`

func TestPath(t *testing.T) {
	root, err := decodeJSON([]byte(pathDocument))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		path string
		want []string
	}{
		{"data.items[0].id", []string{"7"}},
		{"$.data.items[1].id", []string{"8"}},
		{"data.items[-1].id", []string{"8"}},
		{"data.items[2].id", nil},
		{"data.items[-3].id", nil},
		{"data.items[].id", []string{"7", "8"}},
		{"data.items[0].tag[].nama", []string{"Desa", "Kota"}},
		{"data.items[].tag[].nama", []string{"Desa", "Kota"}},
		{`data["per.id"]`, []string{"x"}},
		{`$["success"]`, []string{"true"}},
		{"data.kosong", []string{""}},
		{"data.kosong.lagi", nil},
		{"data.tidak.ada", nil},
		{"success.x", nil},
		{"data.php[]", []string{"a", "c", "d"}},
		{"data.php[1]", []string{"c"}},
		{"data.bukan[]", nil},
		{"judul", []string{"R"}},
	}
	for _, c := range cases {
		path, err := parsePath(c.path)
		if err != nil {
			t.Errorf("%s: %v", c.path, err)
			continue
		}
		var got []string
		for _, v := range path.find(root) {
			got = append(got, scalar(v))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.path, diff)
		}
	}
	for _, path := range []string{"", "$"} {
		if p, err := parsePath(path); err != nil || len(p) != 0 || len(p.find(root)) != 1 {
			t.Errorf("%q = %v, %v", path, p, err)
		}
	}
}

func TestPathErrors(t *testing.T) {
	for _, path := range []string{".", "a.", ".a", "a..b", "a[", "a[x]", "a]", "a[1", "a[+1]", "a[1]b", "a b.{c}", `a[""]`, "$.", " . ", "a[9999999]", strings.Repeat("a.", 30) + "a", strings.Repeat("a", maxPathText+1)} {
		if p, err := parsePath(path); err == nil {
			t.Errorf("%q is taken for %v", path, p)
		}
	}
}

// TestPathFindsKeys: whatever the keys are, the path made of them leads there.
func TestPathFindsKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.StringMatching(`[a-zA-Z0-9_ .$@-]{1,10}`), 1, 6).Draw(t, "keys")
		var value any = "di sini"
		path := "$"
		for _, key := range slices.Backward(keys) {
			value = map[string]any{key: []any{value}}
		}
		for _, key := range keys {
			path += `["` + key + `"][0]`
		}
		p, err := parsePath(path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if got := p.find(value); len(got) != 1 || got[0] != "di sini" {
			t.Fatalf("%s = %v", path, got)
		}
	})
}

func TestFieldAddress(t *testing.T) {
	item, err := decodeJSON([]byte(`{"id_post":12,"slug":"a b/c?d","naik":"../../x","null":null,"link":"/berita/3","q":"a&b=c"}`))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ field, want string }{
		{"https://a.example/berita/{id_post}", "https://a.example/berita/12"},
		{"https://a.example/{slug}.html", "https://a.example/a%20b/c%3Fd.html"},
		{"https://a.example/a/{naik}", "https://a.example/a/%2E%2E/%2E%2E/x"},
		{"https://a.example/?q={q}&id={id_post}", "https://a.example/?q=a%26b%3Dc&id=12"},
		{"https://a.example/{null}", ""},
		{"https://a.example/{tidak.ada}", ""},
		{"link", "/berita/3"},
		{"{link}", "/berita/3"},
	}
	for _, c := range cases {
		f, err := parseField(c.field)
		if err != nil {
			t.Errorf("%s: %v", c.field, err)
			continue
		}
		if got := f.address(item); got != c.want {
			t.Errorf("%s = %q, want %q", c.field, got, c.want)
		}
	}
	for _, field := range []string{"a{", "a{b", "a}b", "{}", "{a..b}", "x{a}}"} {
		if _, err := parseField(field); err == nil {
			t.Errorf("%q is taken for a field", field)
		}
	}
}

func TestDateLayout(t *testing.T) {
	cases := []struct {
		format, text, raw, at string
	}{
		{"dd/MM/yyyy HH:mm", "05/10/2026 08:30", "2026-10-05 08:30:00", ""},
		{"MM/dd/yyyy", "10/05/2026", "2026-10-05", ""},
		{"yyyyMMdd", "20261005", "2026-10-05", ""},
		{"d-M-yyyy", "5-10-2026", "2026-10-05", ""},
		{"yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2026-10-05T08:30:00.123+07:00", "2026-10-05T08:30:00+07:00", "2026-10-05T01:30:00Z"},
		{"unix", "1791164999", "2026-10-05T01:49:59Z", "2026-10-05T01:49:59Z"},
		{"unix", "1.791164999e9", "2026-10-05T01:49:59Z", "2026-10-05T01:49:59Z"},
		{"unix_ms", "1791164999000", "2026-10-05T01:49:59Z", "2026-10-05T01:49:59Z"},
		{"unix", "0", "1970-01-01T00:00:00Z", ""},
	}
	for _, c := range cases {
		layout, err := dateLayout(c.format)
		if err != nil {
			t.Errorf("%s: %v", c.format, err)
			continue
		}
		got := readStamp(c.text, []string{layout})
		at := ""
		if !got.at.IsZero() {
			at = got.at.Format(time.RFC3339)
		}
		if got.raw != c.raw || at != c.at || got.unread {
			t.Errorf("%s of %q = %+v, want %s, %s", c.format, c.text, got, c.raw, c.at)
		}
	}
	// A text in no configured form must not be read in another one: 10/05
	// would change its month.
	if got := readStamp("10/05/2026 08:30", []string{"01/02/2006"}); !got.unread || got.raw != "10/05/2026 08:30" || !got.at.IsZero() {
		t.Errorf("%+v", got)
	}
	for _, format := range []string{"", "yyyy", "dd/MM/yy", "yyyy-MM-dd yyyy", "2006-01-02", "yyyy-MM-dd'15'", "yyyy-MM-dd'T", strings.Repeat("-", 70)} {
		if layout, err := dateLayout(format); err == nil {
			t.Errorf("%q = %q", format, layout)
		}
	}
}

func TestSecrets(t *testing.T) {
	t.Setenv("GAUNG_SECRET_API", "rahasia-1")
	got, err := expandSecrets("Bearer ${GAUNG_SECRET_API}")
	if err != nil || got != "Bearer rahasia-1" {
		t.Errorf("%q, %v", got, err)
	}
	path := t.TempDir() + "/kunci"
	t.Setenv("GAUNG_SECRET_BERKAS_FILE", path)
	for content, want := range map[string]string{"dari-berkas\n": "dari-berkas", "": "", "a\nb": ""} {
		writeFile(t, path, content)
		got, err := expandSecrets("${GAUNG_SECRET_BERKAS}")
		if got != want || (want == "") != (err != nil) {
			t.Errorf("%q: %q, %v", content, got, err)
		}
		if err != nil && content != "" && strings.Contains(err.Error(), content) {
			t.Errorf("the secret stands in the error: %v", err)
		}
	}
	t.Setenv("KATA_SANDI_LAIN", "x")
	for _, text := range []string{"${GAUNG_SECRET_TIDAK_ADA}", "${KATA_SANDI_LAIN}", "${HOME}", "${}", "${GAUNG_SECRET_API", "a\r\nX-Lain: b"} {
		if got, err := expandSecrets(text); err == nil {
			t.Errorf("%q = %q", text, got)
		}
	}
}

func FuzzPath(f *testing.F) {
	for _, path := range []string{"data.items[0].id", `a["b.c"][].d[-1]`, "$", "a[", "{a}/{b}"} {
		f.Add(path, pathDocument)
	}
	f.Fuzz(func(t *testing.T, text, document string) {
		path, err := parsePath(text)
		if err == nil && len(path) > maxPathSteps {
			t.Errorf("%d steps", len(path))
		}
		root, jsonErr := decodeJSON([]byte(document))
		if err == nil && jsonErr == nil {
			if values := path.find(root); len(values) > maxPathValues {
				t.Errorf("%d values", len(values))
			}
		}
		field, err := parseField(text)
		if err != nil || jsonErr != nil {
			return
		}
		if address := field.address(root); !field.plain && address != "" && len(field.texts) > 1 && !strings.HasPrefix(address, field.texts[0]) {
			t.Errorf("%q of %q lost its beginning", address, text)
		}
	})
}

func FuzzAddressTemplate(f *testing.F) {
	f.Add("https://a.example/api?page={page}&c={cursor}", "x&y=1#z")
	f.Add("https://a.example/{page}/{since}", "../..//b")
	f.Fuzz(func(t *testing.T, template, value string) {
		s := testSource("jsonapi", template)
		s.API = &JSONAPI{Fields: APIFields{Title: "a", URL: "b"}, Paging: Paging{Size: 10, Next: "n"}}
		s.Since = Date{2026, 1, 1}
		if s.normalizeURL() != "" || s.checkTemplate() != "" {
			return
		}
		plain := mustURL(t, s.plainURL())
		filled := mustURL(t, fillAddress(s.URL, map[string]string{"page": value, "offset": value, "cursor": value, "since": value, "size": value}))
		if filled.Host != plain.Host || filled.Scheme != plain.Scheme || filled.Fragment != plain.Fragment {
			t.Errorf("%q with %q leads to %s", template, value, filled)
		}
	})
}

func FuzzAPIItems(f *testing.F) {
	f.Add([]byte(`{"data":[{"id":1,"title":"<b>A</b> &amp;amp; B","created_date":null,"description":"&lt;p&gt;x&lt;/p&gt;"},null,1]}`))
	f.Add([]byte(`{"data":{"0":{"id":"7","title":"x","created_date":"2026-10-05"}}}`))
	f.Add([]byte(`<html>`))
	f.Add([]byte(`{"data":null}`))
	s := testSource("jsonapi", "https://a.example/api")
	s.API = &JSONAPI{Items: "data", SinceFormat: "yyyy-MM-dd", Fields: APIFields{Title: "title", Body: "description", URL: "https://a.example/berita/{id}", Published: "created_date", Author: "penulis[].nama", Place: "tempat", ID: "id", Tags: "tag"}}
	mapping, failure := s.mapping()
	if failure != nil {
		f.Fatal(failure)
	}
	mapping.now = testNow
	f.Fuzz(func(t *testing.T, data []byte) {
		page, failure := parseAPIPage(toUTF8(data, "application/json"), mustURL(t, "https://a.example/api"), mapping.list)
		if failure != nil {
			if page != nil || failure.Words == "" {
				t.Errorf("%+v beside %+v", failure, page)
			}
			return
		}
		items, failure := mapping.items(page)
		if failure != nil && len(items) > 0 {
			t.Errorf("failure beside %d items", len(items))
		}
		for _, mapped := range items {
			checkItem(t, mapped.item)
			if _, err := json.Marshal(mapped.item); err != nil {
				t.Error(err)
			}
		}
	})
}

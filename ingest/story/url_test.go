package story_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"gaung/ingest/story"
)

func TestCanonicalURL(t *testing.T) {
	tests := []struct{ in, want string }{
		{"https://contoh.go.id/berita/1", "https://contoh.go.id/berita/1"},
		{"http://www.Contoh.GO.ID:80/berita/1/", "https://contoh.go.id/berita/1"},
		{"https://contoh.go.id:443/berita/1#komentar", "https://contoh.go.id/berita/1"},
		{"https://contoh.go.id:8080/", "https://contoh.go.id:8080"},
		{"contoh.go.id/berita", "https://contoh.go.id/berita"},
		{"//contoh.go.id/berita", "https://contoh.go.id/berita"},
		{"contoh.go.id:8080/x", "https://contoh.go.id:8080/x"},
		{"  https://contoh.go.id \n", "https://contoh.go.id"},
		{"https://user:pass@contoh.go.id/a", "https://contoh.go.id/a"},
		{"https://contoh.go.id/a?utm_source=x&utm_medium=y", "https://contoh.go.id/a"},
		{"https://contoh.go.id/?p=12&fbclid=abc", "https://contoh.go.id?p=12"},
		{"https://contoh.go.id/a?b=2&a=1&gclid=3", "https://contoh.go.id/a?a=1&b=2"},
		{"https://contoh.go.id/a?a=1&a=1", "https://contoh.go.id/a?a=1"},
		{"https://contoh.go.id/a/amp/", "https://contoh.go.id/a"},
		{"https://contoh.go.id/a?amp=1", "https://contoh.go.id/a"},
		{"https://contoh.go.id/a?amp", "https://contoh.go.id/a"},
		{"https://contoh.go.id/ampas", "https://contoh.go.id/ampas"},
		{"https://contoh.go.id/a/../b/./c", "https://contoh.go.id/b/c"},
		{"https://contoh.go.id//a//b", "https://contoh.go.id/a/b"},
		{"https://contoh.go.id/%7Eadmin/%c3%a9", "https://contoh.go.id/~admin/%C3%A9"},
		{"https://contoh.go.id/A?Q=1", "https://contoh.go.id/A?Q=1"},
		{"https://contoh.go.id/a?q=dua+kata", "https://contoh.go.id/a?q=dua+kata"},
		{"https://contoh.go.id/a?q=dua%20kata", "https://contoh.go.id/a?q=dua+kata"},
		{"https://www.www.contoh.go.id./a", "https://contoh.go.id/a"},
		{"https://instagram.com/p/AbC/?igshid=x", "https://instagram.com/p/AbC"},
		{"https://youtube.com/watch?v=AbC&utm_source=x", "https://youtube.com/watch?v=AbC"},
		{"http://127.0.0.1:8081/a", "https://127.0.0.1:8081/a"},
		{"http://[::1]:8081/a", "https://[::1]:8081/a"},
	}
	for _, tt := range tests {
		got, err := story.CanonicalURL(tt.in)
		if err != nil || got != tt.want {
			t.Errorf("CanonicalURL(%q) = %q, %v; want %q", tt.in, got, err, tt.want)
		}
	}
}

func TestCanonicalURLRefuses(t *testing.T) {
	tests := []struct{ in, words string }{
		{"", "kosong"},
		{"   ", "kosong"},
		{"/berita/1", "nama situs"},
		{"https://", "nama situs"},
		{"https:///a", "nama situs"},
		{"ftp://contoh.go.id/a", "bukan alamat web"},
		{"javascript:alert(1)", "bukan alamat web"},
		{"mailto:a@contoh.go.id", "bukan alamat web"},
		{"https://contoh go id/", "tidak terbaca"},
		{"https://contoh.go.id/%zz", "tidak terbaca"},
		{"https://a<b>/", "nama situs"},
		{"https://contoh.go.id/" + strings.Repeat("a", 5000), "lebih panjang"},
		{"https://contoh.go.id/" + strings.Repeat("é", 1000), "lebih panjang"},
	}
	for _, tt := range tests {
		_, err := story.CanonicalURL(tt.in)
		var address *story.AddressError
		if !errors.As(err, &address) || !strings.Contains(err.Error(), tt.words) || strings.Contains(err.Error(), "\n") {
			t.Errorf("CanonicalURL(%.60q): %v, want an *AddressError with %q", tt.in, err, tt.words)
		}
	}
}

func FuzzCanonicalURL(f *testing.F) {
	for _, s := range []string{"https://www.contoh.go.id/a/?utm_source=x#y", "contoh.go.id", "//a.b", "http://[::1]/", "https://a/amp/amp", "https://a?%zz=%41", "https://a/..%2f..", "https://a:0080/", "https://a/*", "https://a.b/?amp=1&=&;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := story.CanonicalURL(raw)
		if err != nil {
			return
		}
		again, err := story.CanonicalURL(got)
		if err != nil || again != got {
			t.Fatalf("%q: %q, then %q, %v", raw, got, again, err)
		}
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "https" || u.Host == "" || u.Fragment != "" || u.User != nil || strings.HasSuffix(u.Path, "/") {
			t.Fatalf("%q: not canonical: %q, %v", raw, got, err)
		}
	})
}

package table

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/transform"
	"pgregory.net/rapid"
)

// TestUTF8Reader compares it with the reading of every byte by itself, however
// the file comes and is asked for.
func TestUTF8Reader(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"warga desa ", "é", "“", "\U0001F600", "\xe9", "\x93", "\xf0\x9f", "\n", "a", strings.Repeat("x", readAhead-2)})
		text := strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), "")
		want, _, err := transform.String(latinFallback{}, text)
		if err != nil {
			t.Fatal(err)
		}
		var in io.Reader = strings.NewReader(text)
		if rapid.Bool().Draw(t, "in halves") {
			in = iotest.HalfReader(in)
		}
		var got bytes.Buffer
		room := make([]byte, rapid.SampledFrom([]int{4, 7, 4096, readAhead}).Draw(t, "room"))
		if _, err := io.CopyBuffer(struct{ io.Writer }{&got}, struct{ io.Reader }{newUTF8Reader(in)}, room); err != nil {
			t.Fatal(err)
		}
		if got.String() != want {
			t.Errorf("%.80q (%d bytes) is read as %.80q (%d bytes), not %d", text, len(text), got.String(), got.Len(), len(want))
		}
	})
}

// TestUTF8ReaderStays: a file that is UTF-8 throughout is never read the slow
// way, wherever its characters are cut.
func TestUTF8ReaderStays(t *testing.T) {
	for offset := range 4 {
		text := strings.Repeat("x", offset) + strings.Repeat("\U0001F600", readAhead)
		u := newUTF8Reader(strings.NewReader(text))
		if got, err := io.ReadAll(u); err != nil || string(got) != text || u.latin != nil {
			t.Errorf("at %d: read %d of %d bytes, the slow way: %v (%v)", offset, len(got), len(text), u.latin != nil, err)
		}
	}
}

// TestUTF8ReaderError: what breaks a file off comes through.
func TestUTF8ReaderError(t *testing.T) {
	broken := errors.New("disk")
	for text, whole := range map[string]string{"": "", "abc": "abc", "abc\xe2\x80": "abc", "\xe9": ""} {
		got, err := io.ReadAll(newUTF8Reader(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken))))
		if !errors.Is(err, broken) || !bytes.HasPrefix(got, []byte(whole)) {
			t.Errorf("%q: read %q, %v", text, got, err)
		}
	}
}

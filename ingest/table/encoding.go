package table

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const utf8BOM = "\xEF\xBB\xBF"

type utf16Kind int

const (
	utf16None utf16Kind = iota
	utf16Little
	utf16Big
)

// detectUTF16 knows UTF-16 by its byte order mark, or, without one, by the
// zero bytes that Latin text leaves at every other place.
func detectUTF16(sample []byte) utf16Kind {
	switch {
	case bytes.HasPrefix(sample, []byte{0xFF, 0xFE}):
		return utf16Little
	case bytes.HasPrefix(sample, []byte{0xFE, 0xFF}):
		return utf16Big
	}
	n := min(len(sample)&^1, 1024)
	if n < 8 {
		return utf16None
	}
	var even, odd int
	for i := 0; i < n; i += 2 {
		if sample[i] == 0 {
			even++
		}
		if sample[i+1] == 0 {
			odd++
		}
	}
	switch half := n / 2; {
	case odd*10 > half*7 && even*10 < half:
		return utf16Little
	case even*10 > half*7 && odd*10 < half:
		return utf16Big
	}
	return utf16None
}

// decodeText turns the bytes of a text file into UTF-8 without a byte order
// mark.
func decodeText(sample []byte, r io.Reader) io.Reader {
	switch detectUTF16(sample) {
	case utf16Little:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case utf16Big:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	}
	if bytes.HasPrefix(sample, []byte(utf8BOM)) {
		// The mark was seen in this very stream, so skipping cannot fail short
		// of a read error, which the next read reports.
		_, _ = io.CopyN(io.Discard, r, int64(len(utf8BOM)))
	}
	return newUTF8Reader(r)
}

// utf8Reader hands UTF-8 on as it is read. From the first byte on that is none,
// [latinFallback] reads on, by way of two buffers more.
type utf8Reader struct {
	in    *bufio.Reader
	latin io.Reader
}

// readAhead is how much of a file is read at a time.
const readAhead = 256 << 10

func newUTF8Reader(r io.Reader) *utf8Reader {
	return &utf8Reader{in: bufio.NewReaderSize(r, readAhead)}
}

// Read implements [io.Reader].
func (u *utf8Reader) Read(p []byte) (int, error) {
	if u.latin != nil {
		return u.latin.Read(p)
	}
	if _, err := u.in.Peek(1); err != nil {
		return 0, err
	}
	read, _ := u.in.Peek(u.in.Buffered())
	if !utf8.FullRune(read) {
		read, _ = u.in.Peek(utf8.UTFMax) // less where the file ends, which is an error for latinFallback to mend
	}
	n := utf8Prefix(read[:min(len(read), len(p))])
	if n == 0 && len(p) > 0 {
		u.latin = transform.NewReader(u.in, latinFallback{})
		return u.latin.Read(p)
	}
	copy(p, read[:n])
	_, _ = u.in.Discard(n) // cannot fail: it was shown
	return n, nil
}

// utf8Prefix is how many bytes at the head are whole characters of UTF-8.
func utf8Prefix(b []byte) int {
	n := 0
	for {
		n += asciiPrefix(b[n:])
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size <= 1 {
			return n
		}
		n += size
	}
}

// latinFallback passes UTF-8 through and reads every byte that is not UTF-8
// as Windows-1252, the encoding of older Indonesian Excel. Deciding byte by
// byte also repairs files pasted together from both.
type latinFallback struct{ transform.NopResetter }

func (latinFallback) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		if n := asciiPrefix(src[nSrc:]); n > 0 {
			copied := copy(dst[nDst:], src[nSrc:nSrc+n])
			nDst += copied
			nSrc += copied
			if copied < n {
				return nDst, nSrc, transform.ErrShortDst
			}
			continue
		}
		r, size := utf8.DecodeRune(src[nSrc:])
		if r == utf8.RuneError && size == 1 {
			if !atEOF && !utf8.FullRune(src[nSrc:]) {
				return nDst, nSrc, transform.ErrShortSrc
			}
			r = charmap.Windows1252.DecodeByte(src[nSrc])
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// asciiPrefix is how many bytes at the head are ASCII, eight looked at at once.
func asciiPrefix(b []byte) int {
	const high = 0x8080808080808080
	n := 0
	for len(b)-n >= 8 && binary.LittleEndian.Uint64(b[n:])&high == 0 {
		n += 8
	}
	for n < len(b) && b[n] < utf8.RuneSelf {
		n++
	}
	return n
}

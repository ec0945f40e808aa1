package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// textFile is a CSV or TSV file whose delimiter has been found.
type textFile struct {
	path, name string
	sample     []byte
	comma      byte
	limits     Limits
}

func newTextFile(path, name string, sample []byte, limits Limits) *textFile {
	return &textFile{path: path, name: name, sample: sample, comma: detectDelimiter(name, sample, limits), limits: limits}
}

func (t *textFile) rows() (Reader, error) {
	f, err := os.Open(t.path)
	if err != nil {
		return nil, &Error{File: t.name, Words: "berkas tidak dapat dibaca; periksa izinnya", Err: err}
	}
	return newCSVReader(decodeText(t.sample, f), f, t.name, t.comma, t.limits), nil
}

// csvReader reads RFC 4180 with the liberties real files take: stray quotes
// stand for themselves, rows may differ in length, and lines end in LF, CRLF
// or CR. A quote that is never closed is an error rather than the rest of the
// file in one cell.
type csvReader struct {
	in     *bufio.Reader
	close  io.Closer
	name   string
	comma  byte
	limits Limits
	line   int // lines completed so far
	buf    []byte
	ends   []int
}

func newCSVReader(r io.Reader, c io.Closer, name string, comma byte, limits Limits) *csvReader {
	return &csvReader{in: bufio.NewReaderSize(r, 256<<10), close: c, name: name, comma: comma, limits: limits}
}

func (c *csvReader) Close() error {
	if c.close == nil {
		return nil
	}
	return c.close.Close()
}

func (c *csvReader) Next() (Row, error) {
	start := c.line + 1
	if err := c.next(); err != nil {
		return Row{}, err
	}
	return c.record(start), nil
}

// next reads one row into buf and ends, io.EOF after the last.
func (c *csvReader) next() error {
	c.buf, c.ends = c.buf[:0], c.ends[:0]
	start := c.line + 1
	fieldStart, quoted, any := true, false, false
	for {
		chunk, err := c.chunk()
		if err != nil {
			return c.atEnd(err, start, any, quoted)
		}
		any = true
		room := c.limits.RecordBytes - len(c.buf)
		if room <= 0 {
			return c.tooLong(start, quoted)
		}
		if n := min(c.plain(chunk, quoted, fieldStart), room); n > 0 {
			if quoted {
				c.line += bytes.Count(chunk[:n], newline)
			}
			c.buf = append(c.buf, chunk[:n]...)
			c.discard(n)
			fieldStart = false
			continue
		}
		b := chunk[0]
		c.discard(1)
		if quoted {
			if quoted = c.inQuotes(b); !quoted {
				fieldStart = false
			}
			continue
		}
		switch b {
		case '"':
			quoted, fieldStart = true, false
		case c.comma:
			c.ends = append(c.ends, len(c.buf))
			if len(c.ends) >= c.limits.Columns {
				return &Error{File: c.name, Row: start, Words: fmt.Sprintf("lebih dari %d kolom; periksa pemisah kolomnya", c.limits.Columns)}
			}
			fieldStart = true
		default: // the end of the line
			if b == '\r' {
				c.skip('\n')
			}
			c.line++
			c.ends = append(c.ends, len(c.buf))
			return nil
		}
	}
}

var newline = []byte{'\n'}

// chunk is what has been read of the file and not used, at least one byte.
func (c *csvReader) chunk() ([]byte, error) {
	if c.in.Buffered() == 0 {
		if _, err := c.in.Peek(1); err != nil {
			return nil, err
		}
	}
	return c.in.Peek(c.in.Buffered())
}

// discard uses up bytes that chunk has shown, which cannot fail.
func (c *csvReader) discard(n int) { _, _ = c.in.Discard(n) }

// plain is how many bytes at the head of the chunk stand for themselves.
func (c *csvReader) plain(chunk []byte, quoted, fieldStart bool) int {
	if quoted {
		n := bytes.IndexByte(chunk, '"')
		if n < 0 {
			n = len(chunk)
		}
		if r := bytes.IndexByte(chunk[:n], '\r'); r >= 0 {
			n = r
		}
		return n
	}
	if fieldStart && chunk[0] == '"' {
		return 0
	}
	for i, b := range chunk {
		if b == c.comma || b == '\n' || b == '\r' {
			return i
		}
	}
	return len(chunk)
}

// Count implements [Counter]: it makes no cells.
func (c *csvReader) Count(after int) (rows int, err error) {
	for {
		start := c.line + 1
		if any, ok := c.passLine(); ok {
			if any && start > after {
				rows++
			}
			continue
		}
		if err := c.next(); err != nil {
			if errors.Is(err, io.EOF) {
				return rows, nil
			}
			return rows, err
		}
		if start > after && slices.ContainsFunc(c.buf, printed) {
			rows++
		}
	}
}

func printed(b byte) bool { return b > ' ' }

// longLine is how far the end of a row is looked for, in bytes.
const longLine = 4 << 10

// passLine passes over a row that is one line without quotes and lies whole in
// the buffer, as most rows of registers do, and tells whether there is anything
// in it. ok is false for any other row, which stays unread.
func (c *csvReader) passLine() (any, ok bool) {
	chunk, err := c.chunk()
	if err != nil {
		return false, false // next will say what it is
	}
	end := bytes.IndexByte(chunk[:min(len(chunk), longLine)], '\n')
	if end < 0 {
		return false, false
	}
	line, separator := chunk[:end], []byte{c.comma}
	if end > 0 && line[end-1] == '\r' {
		line = line[:end-1]
	}
	if bytes.IndexByte(line, '"') >= 0 || bytes.IndexByte(line, '\r') >= 0 || len(line) >= c.limits.RecordBytes ||
		bytes.Count(line, separator)+1 >= c.limits.Columns {
		return false, false
	}
	any = slices.ContainsFunc(line, func(b byte) bool { return printed(b) && b != c.comma })
	c.discard(end + 1)
	c.line++
	return any, true
}

// inQuotes takes one byte inside quotes and reports whether the quotes are
// still open after it.
func (c *csvReader) inQuotes(b byte) bool {
	switch b {
	case '"':
		next, err := c.in.Peek(1)
		if err != nil || next[0] == c.comma || next[0] == '\n' || next[0] == '\r' {
			return false
		}
		if next[0] == '"' {
			c.skip('"')
		}
	case '\r':
		c.skip('\n')
		b = '\n'
		c.line++
	case '\n':
		c.line++
	}
	c.buf = append(c.buf, b)
	return true
}

func (c *csvReader) skip(b byte) {
	if next, err := c.in.Peek(1); err == nil && next[0] == b {
		_, _ = c.in.Discard(1)
	}
}

func (c *csvReader) atEnd(err error, start int, any, quoted bool) error {
	if !errors.Is(err, io.EOF) {
		return &Error{File: c.name, Row: start, Words: "berkas terputus saat dibaca; salin ulang berkasnya", Err: err}
	}
	if quoted {
		return &Error{File: c.name, Row: start, Words: `tanda kutip (") yang dibuka di baris ini tidak pernah ditutup; tutup atau hapus tanda kutip itu`}
	}
	if !any {
		return io.EOF
	}
	c.line++
	c.ends = append(c.ends, len(c.buf))
	return nil
}

func (c *csvReader) tooLong(start int, quoted bool) error {
	if quoted {
		return &Error{File: c.name, Row: start, Words: `tanda kutip (") yang dibuka di baris ini tidak ditutup; tutup atau hapus tanda kutip itu`}
	}
	return &Error{File: c.name, Row: start, Words: fmt.Sprintf("baris lebih panjang dari %d MB", c.limits.RecordBytes>>20)}
}

// record cuts the buffer into cells that share one string.
func (c *csvReader) record(start int) Row {
	whole := string(c.buf)
	cells := make([]string, len(c.ends))
	from := 0
	for i, end := range c.ends {
		cells[i] = whole[from:end]
		from = end
	}
	return Row{Number: start, Cells: cells}
}

// detectDelimiter reads the beginning of the file with each candidate and
// takes the one that gives the most rows of the same length: Indonesian Excel
// writes ; where English Excel writes a comma, and texts hold both.
func detectDelimiter(name string, sample []byte, limits Limits) byte {
	decoded, _ := io.ReadAll(decodeText(sample, bytes.NewReader(sample)))
	if line, _, ok := bytes.Cut(decoded, []byte("\n")); ok && len(line) >= 5 && bytes.EqualFold(line[:4], []byte("sep=")) {
		return line[4]
	}
	best, bestRows, bestWidth := byte(','), 0, 0
	for _, comma := range []byte{',', ';', '\t'} {
		rows, width := commonWidth(name, decoded, comma, limits)
		if rows > bestRows || rows == bestRows && width > bestWidth {
			best, bestRows, bestWidth = comma, rows, width
		}
	}
	return best
}

// commonWidth is the number of rows that share the most frequent length of at
// least two cells, and that length.
func commonWidth(name string, sample []byte, comma byte, limits Limits) (rows, width int) {
	const enough = 50
	counts := map[int]int{}
	in := newCSVReader(bytes.NewReader(sample), nil, name, comma, limits)
	for range enough {
		row, err := in.Next()
		if err != nil {
			break
		}
		if len(row.Cells) > 1 {
			counts[len(row.Cells)]++
		}
	}
	for w, n := range counts {
		if n > rows || n == rows && w > width {
			rows, width = n, w
		}
	}
	return rows, width
}

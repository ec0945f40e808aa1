package table

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// unfolder joins the folded lines of an iCalendar file (RFC 5545, section
// 3.1): a line that begins with a space or a tab continues the one before.
type unfolder struct {
	in    *bufio.Reader
	name  string
	limit int
	line  int // lines read so far
	ahead string
	held  bool
	done  bool
}

// next gives the next content line and the number of its first line.
func (u *unfolder) next() (text string, number int, err error) {
	if !u.held {
		if err := u.fill(); err != nil {
			return "", 0, err
		}
	}
	var b strings.Builder
	b.WriteString(u.ahead)
	number = u.line
	u.held = false
	for {
		if err := u.fill(); errors.Is(err, io.EOF) {
			return b.String(), number, nil
		} else if err != nil {
			return "", 0, err
		}
		if u.ahead == "" || u.ahead[0] != ' ' && u.ahead[0] != '\t' {
			return b.String(), number, nil
		}
		if b.Len()+len(u.ahead) > u.limit {
			return "", 0, &Error{File: u.name, Row: number, Words: fmt.Sprintf("baris lebih panjang dari %d MB", u.limit>>20)}
		}
		b.WriteString(u.ahead[1:])
		u.held = false
	}
}

// fill reads one line into ahead.
func (u *unfolder) fill() error {
	if u.done {
		return io.EOF
	}
	var b []byte
	for {
		part, err := u.in.ReadSlice('\n')
		b = append(b, part...)
		if len(b) > u.limit {
			return &Error{File: u.name, Row: u.line + 1, Words: fmt.Sprintf("baris lebih panjang dari %d MB", u.limit>>20)}
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if errors.Is(err, io.EOF) {
			u.done = true
			if len(b) == 0 {
				return io.EOF
			}
		} else if err != nil {
			return &Error{File: u.name, Row: u.line + 1, Words: "berkas terputus saat dibaca; salin ulang berkasnya", Err: err}
		}
		break
	}
	u.ahead, u.held = strings.TrimRight(string(b), "\r\n"), true
	u.line++
	return nil
}

// property is one content line: NAME;PARAMETER=VALUE:value.
type property struct {
	name   string
	tzid   string
	isDate bool // VALUE=DATE
	value  string
}

// parseProperty reads a content line. Parameter values may stand in quotes,
// in which colons and semicolons count for nothing.
func parseProperty(line string) (property, bool) {
	colon := -1
	quoted := false
	var parts []string
	from := 0
scan:
	for i := range len(line) {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ';':
			parts = append(parts, line[from:i])
			from = i + 1
		case c == ':':
			parts = append(parts, line[from:i])
			colon = i
			break scan
		}
	}
	if colon < 0 || strings.TrimSpace(parts[0]) == "" {
		return property{}, false
	}
	p := property{name: strings.ToUpper(strings.TrimSpace(parts[0])), value: line[colon+1:]}
	for _, part := range parts[1:] {
		key, value, _ := strings.Cut(part, "=")
		value = strings.Trim(value, `"`)
		switch strings.ToUpper(strings.TrimSpace(key)) {
		case "TZID":
			p.tzid = value
		case "VALUE":
			p.isDate = strings.EqualFold(value, "DATE")
		}
	}
	if p.name == "BEGIN" || p.name == "END" {
		p.value = strings.ToUpper(strings.TrimSpace(p.value))
	}
	return p, true
}

// text is the value without its escapes.
func (p property) text() string {
	if !strings.Contains(p.value, `\`) {
		return p.value
	}
	var b strings.Builder
	for i := 0; i < len(p.value); i++ {
		c := p.value[i]
		if c != '\\' || i+1 == len(p.value) {
			b.WriteByte(c)
			continue
		}
		i++
		switch p.value[i] {
		case 'n', 'N':
			b.WriteByte('\n')
		default:
			b.WriteByte(p.value[i])
		}
	}
	return b.String()
}

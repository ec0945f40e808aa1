package source

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Formats of dates that are numbers: seconds and milliseconds since
// 1970-01-01 UTC.
const (
	formatUnix      = "unix"
	formatUnixMilli = "unix_ms"
)

// datePieces are the letters of a date pattern and what they are in Go's
// layouts, the longest first.
var datePieces = []struct{ letters, layout string }{
	{"yyyy", "2006"},
	{"MM", "01"},
	{"M", "1"},
	{"dd", "02"},
	{"d", "2"},
	{"HH", "15"},
	{"mm", "04"},
	{"ss", "05"},
	{"SSS", "000"},
	{"XXX", "Z07:00"},
	{"XX", "Z0700"},
}

var errBadFormat = errors.New("source: malformed date format")

func dateFormatWords(format string) string {
	return fmt.Sprintf("%q bukan format tanggal; pakai yyyy, MM, dd, HH, mm, ss dan XXX (zona), seperti dd/MM/yyyy HH:mm atau yyyy-MM-dd'T'HH:mm:ssXXX, atau unix, unix_ms", cleanLine(format, 60))
}

// dateLayout turns a pattern into a layout of package time; "unix" and
// "unix_ms" stay. Text in quotes, and signs, stand for themselves.
func dateLayout(format string) (string, error) {
	if format == formatUnix || format == formatUnixMilli {
		return format, nil
	}
	if len(format) > 60 {
		return "", errBadFormat
	}
	var b strings.Builder
	found := make(map[byte]bool)
	for rest := format; rest != ""; {
		if rest[0] == '\'' {
			quoted, after, ok := strings.Cut(rest[1:], "'")
			// Digits and letters of Go's layouts would be taken for dates.
			if !ok || strings.Trim(quoted, "TZ ") != "" {
				return "", errBadFormat
			}
			b.WriteString(quoted)
			rest = after
			continue
		}
		if strings.IndexByte(" /-.:,T", rest[0]) >= 0 {
			b.WriteByte(rest[0])
			rest = rest[1:]
			continue
		}
		matched := false
		for _, piece := range datePieces {
			if strings.HasPrefix(rest, piece.letters) {
				if found[piece.letters[0]] {
					return "", errBadFormat
				}
				found[piece.letters[0]] = true
				b.WriteString(piece.layout)
				rest, matched = rest[len(piece.letters):], true
				break
			}
		}
		if !matched {
			return "", errBadFormat
		}
	}
	if !found['y'] || !found['M'] || !found['d'] {
		return "", errBadFormat
	}
	return b.String(), nil
}

// apiStamp is a date of an item.
type apiStamp struct {
	// raw is what those who read dates get: the text as printed, or, where one
	// of the configured formats fits, the same in ISO form.
	raw string
	// at is UTC, zero when the zone is not certain.
	at time.Time
	// unread says that there was a text that fits no configured format.
	unread bool
}

// readStamp reads a date by the configured layouts; without any it is left to
// those who read dates.
func readStamp(text string, layouts []string) apiStamp {
	text = cleanLine(text, maxStamp)
	if text == "" {
		return apiStamp{}
	}
	if len(layouts) == 0 {
		return apiStamp{raw: text, at: certainInstant(text)}
	}
	for _, layout := range layouts {
		switch layout {
		case formatUnix, formatUnixMilli:
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				if f, ferr := strconv.ParseFloat(text, 64); ferr == nil && f > -1e15 && f < 1e15 {
					n, err = int64(f), nil
				}
			}
			if err != nil {
				continue
			}
			at := time.Unix(n, 0).UTC()
			if layout == formatUnixMilli {
				at = time.UnixMilli(n).UTC()
			}
			if at.Year() < 1970 || at.Year() > 9999 {
				continue
			}
			raw := at.Format(time.RFC3339)
			return apiStamp{raw: raw, at: certainInstant(raw)}
		default:
			t, err := time.Parse(layout, text)
			if err != nil {
				continue
			}
			return layoutStamp(t, layout)
		}
	}
	return apiStamp{raw: text, unread: true}
}

// layoutStamp prints a parsed date in ISO form, with as much as its layout
// has.
func layoutStamp(t time.Time, layout string) apiStamp {
	switch {
	case strings.Contains(layout, "Z07") && strings.Contains(layout, "15"):
		raw := t.Format(time.RFC3339)
		return apiStamp{raw: raw, at: certainInstant(raw)}
	case strings.Contains(layout, "15"):
		return apiStamp{raw: t.Format("2006-01-02 15:04:05")}
	}
	return apiStamp{raw: t.Format(time.DateOnly)}
}

// formatSince prints an instant by a layout of dateLayout.
func formatSince(at time.Time, layout string) string {
	switch layout {
	case formatUnix:
		return strconv.FormatInt(at.Unix(), 10)
	case formatUnixMilli:
		return strconv.FormatInt(at.UnixMilli(), 10)
	}
	return at.Format(layout)
}

package source

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The classes of marks.
const (
	classTime   = "time"
	classNumber = "number"
	classText   = "text"
)

// maxDigests bounds the digests that are kept from poll to poll. Rows beyond it
// are only read once more.
const maxDigests = 5000

// stampForm is a stamp as databases print it; the offset may be +07 or
// +07:00.
var stampForm = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d(?::?\d\d)?)?)?$`)

// parseStamp reads a stamp as databases print it, one without an offset in
// zone; layout is the form it has.
func parseStamp(text string, zone *time.Location) (at time.Time, layout string, ok bool) {
	m := stampForm.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, "", false
	}
	day, clock, offset := m[1], m[2], m[3]
	if clock == "" {
		at, err := time.ParseInLocation(time.DateOnly, day, zone)
		return at, time.DateOnly, err == nil
	}
	if len(clock) == len("15:04") {
		clock += ":00"
	}
	if offset == "" {
		at, err := time.ParseInLocation(time.DateTime, day+" "+clock, zone)
		return at, time.DateTime, err == nil
	}
	switch digits := strings.ReplaceAll(offset, ":", ""); len(digits) {
	case 3:
		offset = digits + ":00"
	case 5:
		offset = digits[:3] + ":" + digits[3:]
	}
	at, err := time.Parse(time.RFC3339Nano, day+"T"+clock+offset)
	return at, time.RFC3339Nano, err == nil
}

// markTime is the instant of a mark of time.
func markTime(mark, class string, zone *time.Location) (time.Time, bool) {
	if class != classTime {
		return time.Time{}, false
	}
	at, _, ok := parseStamp(mark, zone)
	return at, ok
}

// before is the mark from which to read again so that late rows are met.
func before(mark, class string) string {
	// The zone does not matter for taking minutes off, as long as it has no
	// summer time.
	at, layout, ok := parseStamp(mark, time.UTC)
	if class != classTime || !ok || layout == time.DateOnly {
		return mark
	}
	at = at.Add(-overlap)
	if layout == time.DateTime {
		text := at.Format("2006-01-02 15:04:05.999999999")
		if strings.Contains(mark, "T") {
			text = strings.Replace(text, " ", "T", 1)
		}
		return text
	}
	return at.Format("2006-01-02 15:04:05.999999999Z07:00")
}

// valueClass is the class of a value by its storage class in SQLite.
func valueClass(storage, mark string) string {
	switch storage {
	case "integer", "real":
		return classNumber
	}
	if _, layout, ok := parseStamp(mark, time.UTC); ok && layout != "" {
		return classTime
	}
	return classText
}

// markTail remembers the rows near the highest mark.
type markTail struct {
	known map[string]bool // delivered by an earlier poll
	mark  string
	near  []nearRow
	// beyond are rows whose marks lie too far in the future to count.
	beyond []nearRow
}

type nearRow struct {
	digest, mark string
}

func newMarkTail(s RowState) *markTail {
	t := &markTail{known: make(map[string]bool, len(s.Seen)), mark: s.Mark}
	for _, digest := range s.Seen {
		t.known[digest] = true
		// Their marks are not kept; they go once the mark has moved on.
		t.near = append(t.near, nearRow{digest, s.Mark})
	}
	return t
}

// add takes the next row in the order of the marks and reports whether it is
// new.
func (t *markTail) add(cells []string, mark, class string, ahead bool) bool {
	d := digest(cells, mark)
	fresh := !t.known[d]
	t.known[d] = true
	if ahead {
		t.beyond = append(t.beyond, nearRow{d, mark})
		return fresh
	}
	if t.higher(mark, class) {
		t.mark = mark
	}
	t.near = append(t.near, nearRow{d, mark})
	if len(t.near) > 2*maxDigests {
		t.trim(class)
	}
	return fresh
}

// higher says that the mark is past the highest: rows come in order, but the
// first of a poll lie in the overlap.
func (t *markTail) higher(mark, class string) bool {
	switch class {
	case classNumber:
		a, errA := strconv.ParseFloat(mark, 64)
		b, errB := strconv.ParseFloat(t.mark, 64)
		return t.mark == "" || errA != nil || errB != nil || a > b
	case classTime:
		a, okA := markTime(mark, class, time.UTC)
		b, okB := markTime(t.mark, class, time.UTC)
		return t.mark == "" || !okA || !okB || a.After(b)
	}
	// The database's order of texts is not Go's; without an overlap every
	// mark is at least the last.
	return mark != t.mark
}

// trim forgets rows that the next poll will not read again.
func (t *markTail) trim(class string) {
	floor, ok := markTime(before(t.mark, class), class, time.UTC)
	kept := t.near[:0]
	for _, row := range t.near {
		at, timed := markTime(row.mark, class, time.UTC)
		if ok && timed && !at.Before(floor) || row.mark == t.mark {
			kept = append(kept, row)
		}
	}
	t.near = kept
}

func (t *markTail) state(class string) RowState {
	t.trim(class)
	s := RowState{Mark: t.mark, Class: class}
	listed := make(map[string]bool, len(t.near))
	rows := append(append([]nearRow{}, t.near...), t.beyond...)
	for _, row := range rows[max(0, len(rows)-maxDigests):] {
		if !listed[row.digest] {
			listed[row.digest] = true
			s.Seen = append(s.Seen, row.digest)
		}
	}
	return s
}

// digest identifies a row by its wanted columns; identities of citizens are
// none of these.
func digest(cells []string, mark string) string {
	h := sha256.New()
	for _, cell := range append(cells, mark) {
		h.Write([]byte(strconv.Itoa(len(cell))))
		h.Write([]byte{':'})
		h.Write([]byte(cell))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func formatFloat(v float64, bits int) string { return strconv.FormatFloat(v, 'f', -1, bits) }

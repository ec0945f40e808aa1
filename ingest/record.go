package ingest

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"gaung/ingest/date"
	"gaung/ingest/story"
	"gaung/warehouse/region"
)

// record is one row of input under its canonical column names, while it is
// being read. Its methods turn cells into values and note what is wrong with
// them; they never stop at the first problem, so that a person sees all.
type record struct {
	region region.Region
	now    time.Time
	source string // file or source the row comes from
	layout string // Go time layout of the map file, or empty
	form   bool   // the row comes from an official register form

	cells    map[string]string
	problems []problem
	// stampless are the states that the row tells without their day.
	stampless []stampless
}

// problem is one unusable cell.
type problem struct {
	column, value, reason string
}

func (r *record) reject(column, reason string) {
	r.problems = append(r.problems, problem{column: column, value: clean(r.cells[column]), reason: reason})
}

// raw is the cell as it came; text is it as one clean line.
func (r *record) raw(column string) string { return r.cells[column] }

func (r *record) text(column string) string { return clean(r.cells[column]) }

// free is text a person wrote about a citizen's case: identities that slipped
// into it are masked, and it is cut at 500 characters.
func (r *record) free(column string) string {
	return truncate(maskPersonal(r.text(column)), 500)
}

// name is a short text, as the name of an OPD, in which identities that slipped
// into it are masked.
func (r *record) name(column string) string {
	return truncate(maskPersonal(r.text(column)), 500)
}

// absent are the ways registers write "nothing here".
var absent = map[string]bool{
	"": true, "-": true, "--": true, "–": true, "—": true, ".": true, "null": true, "nil": true, "n/a": true,
	"na": true, "nihil": true, "belum": true, "belum ada": true, "tidak ada": true, "none": true, "(kosong)": true,
}

// longestAbsent is the length of the longest of them, in bytes.
const longestAbsent = 9

func (r *record) empty(column string) bool { return isAbsent(r.text(column)) }

func isAbsent(text string) bool {
	return len(text) <= longestAbsent && absent[strings.ToLower(text)]
}

// noDate is empty, or a database's zero date.
func noDate(text string) bool { return isAbsent(text) || strings.HasPrefix(text, "0000-00-00") }

// instant reads an optional instant, in UTC. An unreadable one is a problem
// and not an empty cell: a stop date dropped in silence would make an answered
// request look open.
func (r *record) instant(column string) *time.Time {
	text := r.text(column)
	if noDate(text) {
		return nil
	}
	parsed, ok := r.parseDate(column, text)
	if !ok {
		return nil
	}
	return &parsed.At
}

// mustInstant reads a required instant, in UTC.
func (r *record) mustInstant(column string) time.Time {
	text := r.text(column)
	if isAbsent(text) {
		return time.Time{} // reported as a missing required cell
	}
	parsed, _ := r.parseDate(column, text)
	return parsed.At
}

func (r *record) parseDate(column, text string) (date.Parsed, bool) {
	parsed, err := r.readDate(text)
	if err != nil {
		r.reject(column, dateWords(err))
		return date.Parsed{}, false
	}
	return parsed, true
}

func (r *record) readDate(text string) (date.Parsed, error) {
	if r.layout != "" {
		if at, err := time.ParseInLocation(r.layout, text, r.region.Zone); err == nil && at.Year() >= 1990 {
			precision := date.Day
			if strings.Contains(r.layout, "15") {
				precision = date.Minute
			}
			return date.Parsed{At: at.UTC(), Precision: precision}, nil
		}
	}
	return date.Parse(text, r.region.Zone, r.now)
}

// day reads an optional calendar day, as midnight UTC of that day. Written as
// 2026-01-31 it may lie further away than an event can: validity periods,
// plans and calendars do.
func (r *record) day(column string) *time.Time {
	text := r.text(column)
	if noDate(text) {
		return nil
	}
	if at, err := time.Parse(time.DateOnly, text); err == nil && at.Year() >= 1900 {
		if at.Year() >= 2200 {
			return nil // 9999-12-31 and its like mean "without end"
		}
		return &at
	}
	parsed, ok := r.parseDate(column, text)
	if !ok {
		return nil
	}
	local := parsed.At.In(r.region.Zone)
	at := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)
	return &at
}

// validity reads the first and the last day of a period, both optional. One
// that ends before it begins would make its row count on no day at all.
func (r *record) validity() (from, to *time.Time) {
	from, to = r.day("valid_from"), r.day("valid_to")
	if from != nil && to != nil && to.Before(*from) {
		r.reject("valid_to", "mendahului valid_from ("+from.Format(time.DateOnly)+"); betulkan salah satunya")
	}
	return from, to
}

func (r *record) mustDay(column string) time.Time {
	before := len(r.problems)
	if at := r.day(column); at != nil {
		return *at
	}
	if !r.empty(column) && len(r.problems) == before {
		r.reject(column, "tahunnya terlalu jauh; tulis seperti 2026-01-31")
	}
	return time.Time{}
}

var truths = map[string]bool{
	"ya": true, "y": true, "yes": true, "v": true, "1": true, "true": true, "benar": true, "ada": true,
	"✓": true, "✔": true, "√": true, "☑": true,
	"tidak": false, "n": false, "no": false, "0": false, "false": false, "salah": false, "bukan": false,
}

// boolean reads a yes or no; an empty cell is whenEmpty.
func (r *record) boolean(column string, whenEmpty bool) bool {
	if r.empty(column) {
		return r.text(column) == "" && whenEmpty
	}
	value, ok := truths[strings.ToLower(r.text(column))]
	if !ok {
		r.reject(column, "bukan ya atau tidak; tulis ya, tidak, 1, 0 atau V")
	}
	return value
}

// maxNumber is far above any target or rating.
const maxNumber = 1e9

// number reads an optional non-negative decimal, with comma or point.
func (r *record) number(column string) *float64 {
	if r.empty(column) {
		return nil
	}
	n, err := strconv.ParseFloat(strings.Replace(r.text(column), ",", ".", 1), 64)
	switch {
	case errors.Is(err, strconv.ErrRange) || math.IsInf(n, 0) || err == nil && (n < 0 || n > maxNumber):
		r.reject(column, "di luar rentang; tulis angka dari 0 sampai 1000000000")
		return nil
	case err != nil || math.IsNaN(n):
		r.reject(column, "bukan angka; tulis seperti 2 atau 2,5")
		return nil
	}
	return &n
}

// list reads names separated by |.
func (r *record) list(column string) []string {
	list := []string{}
	for part := range strings.SplitSeq(r.raw(column), "|") {
		if part = clean(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// choice reads one of the spellings of vocabulary and returns its canonical
// form; an empty cell is the empty string.
func (r *record) choice(column string, vocabulary map[string]string, accepted string) string {
	if r.empty(column) {
		return ""
	}
	value, ok := vocabulary[label(r.text(column))]
	if !ok {
		r.reject(column, "tidak dikenal; pakai salah satu dari "+accepted)
	}
	return value
}

// optionalURL reads an optional web address in its canonical form.
func (r *record) optionalURL(column string) string {
	if r.empty(column) {
		return ""
	}
	url, err := story.CanonicalURL(r.text(column))
	if err != nil {
		r.reject(column, "bukan alamat web; tulis seperti https://dinas.contohkab.go.id/berita/judul")
	}
	return url
}

package metrics

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// agency is an OPD of the region.
type agency struct {
	code, name, shortName string
	peerGroup             string
	aliases               []string
	target                *float64
	hasSource             bool
	from, until           *calendar.Day
}

// validIn reports whether the OPD existed on some day from first to last.
func (a agency) validIn(first, last calendar.Day) bool {
	return (a.from == nil || *a.from <= last) && (a.until == nil || *a.until >= first)
}

// agencies is the region's list of OPD with the spellings that name them.
type agencies struct {
	list   []agency
	byCode map[string]int
	codes  map[string]string // folded spelling to code, "" where it is ambiguous
}

// agencies reads the OPD of the region, ordered by name.
func (s *snapshot) agencies(ctx context.Context) (*agencies, error) {
	if s.known != nil {
		return s.known, nil
	}
	a := &agencies{byCode: map[string]int{}, codes: map[string]string{}}
	err := s.each(ctx, "agencies", "", func(r driver.Rows) error {
		var o agency
		var from, until *int32
		if err := r.Scan(&o.code, &o.name, &o.shortName, &o.peerGroup, &o.aliases, &o.target, &o.hasSource, &from, &until); err != nil {
			return err
		}
		o.from, o.until = optionalDay(from), optionalDay(until)
		a.list = append(a.list, o)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(a.list, func(x, y agency) int { return byName(x.name, x.code, y.name, y.code) })
	for i, o := range a.list {
		a.byCode[o.code] = i
		for _, text := range append([]string{o.name, o.shortName}, o.aliases...) {
			a.learn(text, o.code)
		}
	}
	return a, a.decided(ctx, s)
}

// decided adds the spellings somebody decided on, which outrank the others,
// and the codes, which outrank everything.
func (a *agencies) decided(ctx context.Context, s *snapshot) error {
	err := s.each(ctx, "agencyAliases", "", func(r driver.Rows) error {
		var alias, target string
		if err := r.Scan(&alias, &target); err != nil {
			return err
		}
		if _, ok := a.byCode[target]; ok {
			a.codes[fold(alias)] = target
		}
		return nil
	})
	for _, o := range a.list {
		a.codes[fold(o.code)] = o.code
	}
	return err
}

func (a *agencies) learn(text, code string) {
	key := fold(text)
	if key == "" {
		return
	}
	if other, ok := a.codes[key]; ok && other != code {
		code = "" // two OPD go by that name
	}
	a.codes[key] = code
}

// resolve returns the code of the OPD a text names, "" if it names none, or
// more than one.
func (a *agencies) resolve(text string) string { return a.codes[fold(text)] }

// name is the name of an OPD, its code where the list does not know it.
func (a *agencies) name(code string) string {
	if i, ok := a.byCode[code]; ok {
		return a.list[i].name
	}
	return code
}

// validIn lists the OPD that existed on some day from first to last.
func (a *agencies) validIn(first, last calendar.Day) []agency {
	var out []agency
	for _, o := range a.list {
		if o.validIn(first, last) {
			out = append(out, o)
		}
	}
	return out
}

// fold makes spellings comparable: letters and digits in lower case, single
// spaces between them.
func fold(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return strings.Join(words, " ")
}

// byName orders by name, whether in capitals or not, then by code.
func byName(nameA, codeA, nameB, codeB string) int {
	if c, plain := compareFolded(nameA, nameB); plain {
		return cmp.Or(c, strings.Compare(codeA, codeB))
	}
	return cmp.Or(strings.Compare(strings.ToLower(nameA), strings.ToLower(nameB)), strings.Compare(codeA, codeB))
}

// compareFolded compares two names in lower case; plain is false, and nothing
// said, where a letter outside ASCII comes before the first difference.
func compareFolded(a, b string) (order int, plain bool) {
	for i := range min(len(a), len(b)) {
		x, y := a[i], b[i]
		if x >= utf8.RuneSelf || y >= utf8.RuneSelf {
			return 0, false
		}
		if 'A' <= x && x <= 'Z' {
			x += 'a' - 'A'
		}
		if 'A' <= y && y <= 'Z' {
			y += 'a' - 'A'
		}
		if x != y {
			return cmp.Compare(x, y), true
		}
	}
	return cmp.Compare(len(a), len(b)), true
}

package metrics

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// searchMost is how many of either kind a search gives; who finds more has to
// say more.
const searchMost = 50

// Found is what a search among the OPD and people of a region found, the best
// match first. Who may see the people is for the caller to decide.
type Found struct {
	OPD    []FoundOPD    `json:"opd"`
	People []FoundPerson `json:"people"`
}

// FoundOPD is an OPD that matched. Matched is the spelling that did, empty
// where that is its name or its code; Exact says that the whole spelling was
// asked for.
type FoundOPD struct {
	OPD       string `json:"opd"`
	Name      string `json:"name"`
	ShortName string `json:"short_name"`
	Matched   string `json:"matched"`
	Exact     bool   `json:"exact"`
}

// FoundPerson is a person in office in the month who matched.
type FoundPerson struct {
	PersonID string `json:"person_id"`
	Name     string `json:"name"`
	Group    string `json:"group"`
	OPD      string `json:"opd"`
	OPDName  string `json:"opd_name"`
	Matched  string `json:"matched"`
	Exact    bool   `json:"exact"`
}

// The qualities of a match, the best first.
const (
	matchExact = iota
	matchStart
	matchInside
	matchNone
)

// Search looks for OPD by code, name, short name and every known spelling, and
// for the people in office in the month by name and spelling. Case, signs and
// repeated spaces do not count; every word of the text has to occur in one
// spelling. A text without a letter or digit finds nothing. Errors are those of
// [Metrics.Report].
func (m *Metrics) Search(ctx context.Context, q Query, text string) (*Found, error) {
	out := &Found{OPD: []FoundOPD{}, People: []FoundPerson{}}
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	wanted := fold(text)
	if wanted == "" {
		return out, nil
	}
	a, err := s.agencies(ctx)
	if err != nil {
		return nil, err
	}
	out.OPD = a.search(wanted, s.period())
	out.People, err = s.searchPeople(ctx, a, wanted)
	return out, err
}

// match says how well a spelling answers a folded text.
func match(wanted, spelling string) int {
	folded := fold(spelling)
	switch {
	case folded == wanted:
		return matchExact
	case strings.HasPrefix(folded, wanted):
		return matchStart
	}
	for _, word := range strings.Fields(wanted) {
		if !strings.Contains(folded, word) {
			return matchNone
		}
	}
	return matchInside
}

// bestMatch finds the spelling that answers best, the earliest among equals.
func bestMatch(wanted string, spellings []string) (quality int, spelling string) {
	quality = matchNone
	for _, text := range spellings {
		if q := match(wanted, text); text != "" && q < quality {
			quality, spelling = q, text
		}
	}
	return quality, spelling
}

// search lists the OPD of a period that answer a folded text.
func (a *agencies) search(wanted string, p calendar.Period) []FoundOPD {
	type hit struct {
		FoundOPD
		quality int
	}
	decided := map[string][]string{}
	for spelling, code := range a.codes {
		decided[code] = append(decided[code], spelling)
	}
	var hits []hit
	for _, o := range a.validIn(p.First, p.Last) {
		// Decided spellings are known folded only; in order, so that the same
		// search always names the same one.
		slices.Sort(decided[o.code])
		spellings := slices.Concat([]string{o.name, o.code, o.shortName}, o.aliases, decided[o.code])
		quality, spelling := bestMatch(wanted, spellings)
		if quality == matchNone {
			continue
		}
		h := hit{FoundOPD{OPD: o.code, Name: o.name, ShortName: o.shortName, Exact: quality == matchExact}, quality}
		if spelling != o.name && spelling != o.code && spelling != o.shortName {
			h.Matched = spelling
		}
		hits = append(hits, h)
	}
	slices.SortStableFunc(hits, func(x, y hit) int { return cmp.Compare(x.quality, y.quality) })
	out := []FoundOPD{}
	for _, h := range hits[:min(len(hits), searchMost)] {
		out = append(out, h.FoundOPD)
	}
	return out
}

// searchPeople lists the people in office who answer a folded text.
func (s *snapshot) searchPeople(ctx context.Context, a *agencies, wanted string) ([]FoundPerson, error) {
	type hit struct {
		FoundPerson
		quality int
	}
	var hits []hit
	err := s.each(ctx, "searchPeople", "", func(r driver.Rows) error {
		var p FoundPerson
		var opd string
		var aliases []string
		var from, until *int32
		if err := r.Scan(&p.PersonID, &p.Name, &p.Group, &opd, &aliases, &from, &until); err != nil {
			return err
		}
		first, last := optionalDay(from), optionalDay(until)
		if first != nil && *first > s.period().Last || last != nil && *last < s.from {
			return nil
		}
		quality, spelling := bestMatch(wanted, append([]string{p.Name, p.PersonID}, aliases...))
		if quality == matchNone {
			return nil
		}
		if spelling != p.Name && spelling != p.PersonID {
			p.Matched = spelling
		}
		p.Exact = quality == matchExact
		if p.OPD = a.resolve(opd); p.OPD != "" {
			p.OPDName = a.name(p.OPD)
		}
		hits = append(hits, hit{p, quality})
		return nil
	})
	slices.SortFunc(hits, func(x, y hit) int {
		return cmp.Or(cmp.Compare(x.quality, y.quality), byName(x.Name, x.PersonID, y.Name, y.PersonID))
	})
	out := []FoundPerson{}
	for _, h := range hits[:min(len(hits), searchMost)] {
		out = append(out, h.FoundPerson)
	}
	return out, err
}

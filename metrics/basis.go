package metrics

import (
	"context"
	"encoding/json"
	"slices"

	"gaung/metrics/calendar"
)

// basis is what cases are judged by: the deadline rules and the days off that
// were on record.
type basis struct {
	rules    ruleBook
	holidays []calendar.Holiday
	calendar *calendar.Calendar
}

// storedBasis is a basis as an edition freezes it.
type storedBasis struct {
	Definitions int                `json:"definitions_version"`
	Rules       []storedRule       `json:"rules"`
	Holidays    []calendar.Holiday `json:"holidays"`
}

type storedRule struct {
	Region   string        `json:"region"`
	Name     string        `json:"rule"`
	Kind     string        `json:"case_kind"`
	Limit    int           `json:"limit"`
	Extended *int          `json:"extended_limit"`
	Unit     string        `json:"unit"`
	Law      string        `json:"law"`
	Article  string        `json:"article"`
	From     calendar.Day  `json:"valid_from"`
	Until    *calendar.Day `json:"valid_to"`
}

// basisOf reads the rules and days off on record for a region.
func (m *Metrics) basisOf(ctx context.Context, region string) (*basis, error) {
	b := &basis{}
	err := together(ctx,
		func(ctx context.Context) (err error) { b.rules, err = m.rules(ctx, region); return err },
		func(ctx context.Context) (err error) { b.holidays, err = m.holidayList(ctx, region); return err },
	)
	if err != nil {
		return nil, err
	}
	b.calendar, err = calendar.New(b.holidays)
	return b, err
}

// on is the basis with the rules that are in force on a day, for every day.
func (b *basis) on(day calendar.Day) *basis {
	type key struct{ name, kind string }
	out := &basis{holidays: b.holidays, calendar: b.calendar}
	seen := map[key]bool{}
	for _, r := range b.rules {
		k := key{r.name, r.kind}
		if seen[k] {
			continue
		}
		seen[k] = true
		if r, err := b.rules.at(r.name, r.kind, day); err == nil {
			r.from, r.until = calendar.Date(1970, 1, 1), nil
			out.rules = append(out.rules, r)
		}
	}
	return out
}

func (b *basis) stored() storedBasis {
	s := storedBasis{Definitions: DefinitionsVersion, Holidays: b.holidays}
	for _, r := range b.rules {
		s.Rules = append(s.Rules, storedRule{r.region, r.name, r.kind, r.limit, r.extended, r.unit, r.law, r.article, r.from, r.until})
	}
	return s
}

func (s storedBasis) basis() (*basis, error) {
	b := &basis{holidays: s.Holidays}
	for _, r := range s.Rules {
		b.rules = append(b.rules, rule{r.Region, r.Name, r.Kind, r.Limit, r.Extended, r.Unit, r.Law, r.Article, r.From, r.Until})
	}
	var err error
	b.calendar, err = calendar.New(b.holidays)
	return b, err
}

// frozenBasis is what the cases of an edition were judged by; nil when the
// edition is older than the freezing of it.
func (m *Metrics) frozenBasis(ctx context.Context, e *Edition) (*basis, error) {
	if !e.hasParts() {
		return nil, nil
	}
	var s storedBasis
	found := false
	err := m.frozen(ctx, e, sectionBasis, nil, func(_ string, line []byte) error {
		found = true
		return json.Unmarshal(line, &s)
	})
	if err != nil || !found {
		return nil, err
	}
	return s.basis()
}

// RuleChange is a deadline that is not today what it was; nil where there was
// or is none. Limits are working days.
type RuleChange struct {
	Rule     string `json:"rule"`
	CaseKind string `json:"case_kind"`
	Then     *int   `json:"then"`
	Now      *int   `json:"now"`
	// ThenExtended and NowExtended are the limits of an extended case.
	ThenExtended *int   `json:"then_extended"`
	NowExtended  *int   `json:"now_extended"`
	Law          string `json:"law"` // of today's rule, else of the former one
}

// HolidayChange is a day off that was put on record, or taken off it, after
// the month had been measured.
type HolidayChange struct {
	Date  string `json:"date"`
	Name  string `json:"name"`
	Added bool   `json:"added"`
}

// ruleChanges compares the rules in force on two days under two bases.
func ruleChanges(then *basis, thenDay calendar.Day, now *basis, nowDay calendar.Day) []RuleChange {
	type key struct{ name, kind string }
	var keys []key
	for _, r := range slices.Concat(then.rules, now.rules) {
		if k := (key{r.name, r.kind}); !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	changes := []RuleChange{}
	for _, k := range keys {
		c := RuleChange{Rule: k.name, CaseKind: k.kind}
		if r, err := then.rules.at(k.name, k.kind, thenDay); err == nil {
			c.Then, c.ThenExtended, c.Law = &r.limit, r.extended, r.basis()
		}
		if r, err := now.rules.at(k.name, k.kind, nowDay); err == nil {
			c.Now, c.NowExtended, c.Law = &r.limit, r.extended, r.basis()
		}
		if !sameLimit(c.Then, c.Now) || !sameLimit(c.ThenExtended, c.NowExtended) {
			changes = append(changes, c)
		}
	}
	return changes
}

func sameLimit(a, b *int) bool { return a == b || a != nil && b != nil && *a == *b }

// holidayChanges compares the days off on record from one day to another.
func holidayChanges(then, now *basis, from, to calendar.Day) []HolidayChange {
	changes := []HolidayChange{}
	names := map[calendar.Day]string{}
	for _, h := range slices.Concat(then.holidays, now.holidays) {
		names[h.Day] = h.Name
	}
	for day := from; day <= to; day++ {
		if before, after := then.calendar.Holiday(day), now.calendar.Holiday(day); before != after {
			changes = append(changes, HolidayChange{Date: day.String(), Name: names[day], Added: after})
		}
	}
	return changes
}

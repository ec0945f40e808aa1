package examples

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// person is a pranata humas, operator or relawan TIK.
type person struct {
	id, name       string
	group, jenjang string
	office         *office
	// aliases are spellings the office has confirmed, misspelt is one that
	// nobody has: it shows up among the unmatched names.
	aliases  []string
	misspelt string
}

const (
	groupHumas    = "pranata humas"
	groupOperator = "operator"
)

// makePeople invents the people of words/people.csv.
func makePeople(offices []*office, words *lexicon) ([]*person, error) {
	data, err := wordFiles.ReadFile("words/people.csv")
	if err != nil {
		return nil, fmt.Errorf("examples: read people: %w", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("examples: read people: %w", err)
	}
	c, taken := newChance("people"), make(map[string]bool)
	for _, o := range offices {
		taken[o.head] = true
	}
	var list []*person
	for _, row := range rows[1:] {
		count, err := strconv.Atoi(row[3])
		if err != nil {
			return nil, fmt.Errorf("examples: people of %s: %w", row[2], err)
		}
		o := officeNamed(offices, row[2])
		if o == nil {
			return nil, fmt.Errorf("examples: people: no office %q", row[2])
		}
		for range count {
			name := words.person(c)
			for taken[name] {
				name = words.person(c)
			}
			taken[name] = true
			// Real NIP begin with a birth date; no month is 99.
			id := fmt.Sprintf("990199%012d", len(list)+1)
			list = append(list, &person{id: id, name: name, group: row[0], jenjang: row[1], office: o})
		}
	}
	addSpellings(list)
	return list, nil
}

// addSpellings gives some people more than one spelling: with titles, which
// is confirmed; with initials, confirmed; with a letter changed, which nobody
// has decided about. Where people sign with initials, some of those are
// confirmed as well.
func addSpellings(people []*person) {
	c := newChance("spellings")
	for i, p := range people {
		given, family := cutName(p.name)
		switch i % 6 {
		case 0:
			p.aliases = []string{p.name + ", S.I.Kom.", given + " " + family[:1] + "."}
		case 2:
			p.aliases = []string{pick(c, []string{"Drs. ", "Hj. ", "H. "}) + p.name}
		case 4:
			p.misspelt = given + " " + doubled(family)
		}
		if p.office.style == styleUnit && i%2 == 0 {
			p.aliases = append(p.aliases, initials(p.name))
		}
	}
}

// initials sign a unit's article: "Mre" for Mahesa Respatiningrum.
func initials(name string) string {
	given, family := cutName(name)
	return given[:1] + strings.ToLower(family[:2])
}

func cutName(name string) (given, family string) {
	for i := range name {
		if name[i] == ' ' {
			return name[:i], name[i+1:]
		}
	}
	return name, name
}

// doubled writes the third letter of a name twice, as a hasty hand does.
func doubled(name string) string { return name[:3] + name[2:] }

// written is the person's name as it stands in one byline.
func (p *person) written(c chance) string {
	switch {
	case p.misspelt != "" && c.maybe(0.15):
		return p.misspelt
	case len(p.aliases) > 0 && p.office.style != styleUnit && c.maybe(0.25):
		return pick(c, p.aliases)
	}
	return p.name
}

// spelt says whether a byline's name is this person in any spelling.
func (p *person) spelt(name string) bool {
	return name == p.name || name == p.misspelt || slices.Contains(p.aliases, name)
}

func officeNamed(offices []*office, short string) *office {
	for _, o := range offices {
		if o.short == short {
			return o
		}
	}
	return nil
}

// peopleOf are the people of an office who are in one of the groups; with no
// group, all.
func (r *Regency) peopleOf(o *office, groups ...string) []*person {
	var list []*person
	for _, p := range r.people {
		if p.office.slug != o.slug {
			continue
		}
		for _, g := range groups {
			if p.group == g {
				list = append(list, p)
			}
		}
		if len(groups) == 0 {
			list = append(list, p)
		}
	}
	return list
}

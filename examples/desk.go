package examples

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// draft is a text that an office sent to the portal's editors.
type draft struct {
	id                 string
	office             *office
	submitted, decided time.Time
	title              string
	author, editor     string
	decision           string
}

// makeDrafts makes the submissions of the last half year: those the portal
// published, those sent back, and those still on the desk.
func (r *Regency) makeDrafts() []*draft {
	c := newChance("drafts")
	var list []*draft
	for _, p := range r.posts {
		if p.site != portalSlug || p.published.Before(at(2026, time.May, 1, 0, 0)) || p.credit.style != styleBlock || !c.maybe(0.25) {
			continue
		}
		d := &draft{
			office: p.subject, submitted: p.published.Add(-time.Duration(c.between(40, 420)) * time.Minute), decided: p.published,
			title: p.title, author: strings.Join(p.credit.authors, ", "), editor: strings.Join(p.credit.editors, ", "), decision: "published",
		}
		if d.submitted.In(zone).Hour() < 7 {
			d.submitted = d.submitted.Add(-10 * time.Hour) // offices send nothing at night
		}
		list = append(list, d)
		if c.maybe(0.2) {
			w := &writer{regency: r, chance: c, host: p.subject}
			other := &draft{office: p.subject, submitted: d.submitted.AddDate(0, 0, -1), author: d.author, editor: d.editor}
			other.title = w.compose(p.subject, midnight(other.submitted)).title
			if answered := c.after(r.calendar, other.submitted, c.between(0, 2)); answered.Before(endDay) && c.maybe(0.85) {
				other.decided, other.decision = answered, pick(c, []string{"returned", "returned", "rejected"})
			}
			list = append(list, other)
		}
	}
	slices.SortStableFunc(list, func(a, b *draft) int { return a.submitted.Compare(b.submitted) })
	for i, d := range list {
		d.id = fmt.Sprintf("NS-2026-%03d", i+1)
	}
	return list
}

// rumour is false news that was spotted and, mostly, answered.
type rumour struct {
	id                string
	spotted, answered time.Time
	topic             string
	office            *office
}

// makeRumours makes about two a month.
func (r *Regency) makeRumours() []*rumour {
	c := newChance("rumours")
	var list []*rumour
	for day := firstDay; day.Before(endDay); day = day.AddDate(0, 0, c.between(12, 32)) {
		m := &rumour{spotted: day.Add(time.Duration(c.between(7*60, 22*60)) * time.Minute)}
		topic, short, _ := strings.Cut(pick(c, r.words.cases["isu"]), " ; ")
		m.topic, m.office = topic, officeNamed(r.offices, short)
		if t := c.after(r.calendar, m.spotted, c.weighted([]float64{5, 4, 1, 1})); t.Before(endDay) && c.maybe(0.93) {
			m.answered = t
		}
		list = append(list, m)
	}
	for i, m := range list {
		m.id = fmt.Sprintf("HX-%02d/%d", i+1, m.spotted.In(zone).Year())
	}
	return list
}

package examples

import (
	"fmt"
	"slices"
	"time"
)

// event is an entry of an office's agenda.
type event struct {
	id           string
	office       *office
	day          time.Time
	title, venue string
}

// makeEvents makes the agenda: events that were written about, events that
// were not, and those of the coming weeks.
func (r *Regency) makeEvents() []*event {
	stories := make(map[*office][]*post)
	for _, p := range r.posts {
		// One in an office's trapped dates would be matched by nobody.
		if p.origin == nil && p.quirk == "" {
			stories[p.subject] = append(stories[p.subject], p)
		}
	}
	var list []*event
	for _, o := range r.offices {
		c := newChance("agenda " + o.code)
		covered := int(float64(o.events) * coverage(o))
		own := stories[o]
		c.Shuffle(len(own), func(i, j int) { own[i], own[j] = own[j], own[i] })
		for _, p := range own[:min(covered, len(own))] {
			e := p.event
			list = append(list, &e)
		}
		from, end := o.span()
		if end.Equal(endDay) {
			end = endDay.AddDate(0, 0, 25)
		}
		w := &writer{regency: r, chance: c, host: o}
		for range o.events - min(covered, len(own)) {
			day := from.AddDate(0, 0, c.IntN(int(end.Sub(from).Hours()/24)))
			e := w.compose(o, r.calendar.add(day, 0)).event
			list = append(list, &e)
		}
	}
	slices.SortStableFunc(list, func(a, b *event) int { return a.day.Compare(b.day) })
	for i, e := range list {
		e.id = fmt.Sprintf("AG-%d-%04d", e.day.Year(), i+1)
	}
	return list
}

// coverage is the share of an office's events that become an article: the
// busier it publishes, the more.
func coverage(o *office) float64 { return min(0.93, 0.35+0.2*o.perWeek) }

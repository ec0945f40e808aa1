package metrics

import (
	"fmt"
	"time"

	"gaung/metrics/calendar"
)

// worldSpell is a complaint in the hands of a further OPD.
type worldSpell struct {
	opd, officer              string
	taken                     calendar.Day
	responded, resolved, left *calendar.Day
}

type worldSubmission struct {
	opd, decision      string
	submitted, decided *time.Time // UTC
}

type worldClarification struct {
	opd      string
	spotted  calendar.Day
	answered *calendar.Day
}

// worldTold is a story that tells of an event: the agenda's with that number,
// or for −1 one that the article dated itself.
type worldTold struct {
	opd           string
	event         int
	day, eventDay calendar.Day
	authors       []string
}

// storeCases writes the rollups that are not one row per thing of the world.
func (w *world) storeCases(put func(into string, rows int, row func(i int) []any), generation uint64) {
	code := w.region.Code
	var spells [][]any
	for i, c := range w.complaints {
		id := fmt.Sprint("t", i)
		row := func(n int, opd, officer string, assigned, responded, resolved, left, next *calendar.Day) {
			spells = append(spells, []any{
				code, generation, opd, id, uint16(n), c.kind, c.submitted.Time(time.UTC), date(c.verified), date(assigned),
				date(responded), date(resolved), date(left), date(next), officer,
			})
		}
		next := func(n int) *calendar.Day {
			if n < len(c.handed) {
				return &c.handed[n].taken
			}
			return nil
		}
		row(1, c.opd, c.officer, c.assigned, c.responded, c.resolved, c.misroutedA, next(0))
		for n, s := range c.handed {
			row(n+2, s.opd, s.officer, &s.taken, s.responded, s.resolved, s.left, next(n+1))
		}
	}
	put("complaint_spells (region, generation, opd, tracking_id, spell, kind, submitted_day, verified_day, assigned_day, first_response_day, resolved_day, left_day, next_day, officer)", len(spells), func(i int) []any {
		return spells[i]
	})
	put("submission_cases (region, generation, opd, submission_id, submitted_at, submitted_day, decided_at, decided_day, decision)", len(w.submissions), func(i int) []any {
		s := w.submissions[i]
		day := calendar.DayOf(*s.submitted, w.region.Zone)
		var decided *calendar.Day
		if s.decided != nil {
			decided = ref(calendar.DayOf(*s.decided, w.region.Zone))
		}
		return []any{code, generation, s.opd, fmt.Sprint("s", i), *s.submitted, day.Time(time.UTC), s.decided, date(decided), s.decision}
	})
	put("clarification_cases (region, generation, opd, clarification_id, spotted_day, answered_day)", len(w.clarifications), func(i int) []any {
		c := w.clarifications[i]
		return []any{code, generation, c.opd, fmt.Sprint("h", i), c.spotted.Time(time.UTC), date(c.answered)}
	})
	put("story_events (region, generation, story_id, opd, story_day, event_day, agenda_id, similarity, title, url, authors)", len(w.told), func(i int) []any {
		e := w.told[i]
		id, day := "", e.eventDay
		if e.event >= 0 {
			id, day = fmt.Sprint("a", e.event), w.agenda[e.event].day
		}
		return []any{code, generation, uint64(i + 1), e.opd, e.day.Time(time.UTC), day.Time(time.UTC), id, 1.0, "Cerita", fmt.Sprint("https://example.go.id/e", i), list(e.authors)}
	})
	var works [][]any
	for _, p := range w.worksByDay() {
		works = append(works, []any{code, generation, p.day.Time(time.UTC), p.person, p.n[0], p.n[1], p.n[2], p.n[3]})
	}
	put("person_days (region, generation, day, person_id, as_author, as_editor, as_photographer, works)", len(works), func(i int) []any { return works[i] })
}

type personOnDay struct {
	person string
	day    calendar.Day
	n      [4]uint32 // author, editor, photographer, stories
}

// worksByDay counts the stories that name a person on a day.
func (w *world) worksByDay() []*personOnDay {
	var out []*personOnDay
	index := map[string]*personOnDay{}
	for _, s := range w.stories {
		named := map[string]bool{}
		for role, people := range [][]string{s.authors, s.editors, s.photographers} {
			for _, p := range people {
				key := p + s.day.String()
				if index[key] == nil {
					index[key] = &personOnDay{person: p, day: s.day}
					out = append(out, index[key])
				}
				index[key].n[role]++
				if !named[p] {
					named[p] = true
					index[key].n[3]++
				}
			}
		}
	}
	return out
}

package metrics

import (
	"context"
	"slices"

	"gaung/metrics/calendar"
)

// PersonDetails hands the rows behind a person's figures to emit, as
// [Metrics.Details] does those of a region: the stories that name the person
// with the roles ([DetailStory]), the events of the agenda that a story of the
// person tells of ([DetailEvent]), the requests handled ([DetailRequest]) and
// the complaints, under the clock of the first response ([DetailFirstResponse]).
// With kinds, only the rows of these.
//
// Figures of a person are about the person whatever a report is restricted to,
// so the filter of the query does not count. Rows of a closed month are those
// frozen with its newest edition; of an edition older than the freezing of these
// rows they are today's as they stood on its as-of day. A person who was not in
// office, or is not on record, may have rows all the same. Errors are those of
// [Metrics.Report]. Who may see the rows is for the caller to decide.
func (m *Metrics) PersonDetails(ctx context.Context, q Query, person string, emit func(Detail) error, kinds ...DetailKind) error {
	if len(kinds) == 0 {
		kinds = personKinds()
	}
	e, err := m.closed(ctx, q)
	if err != nil {
		return err
	}
	if e != nil {
		frozen, err := m.froze(ctx, e, sectionPeople)
		if err != nil {
			return err
		}
		if frozen {
			items := make([]string, len(kinds))
			for i, k := range kinds {
				items[i] = string(k)
			}
			return m.frozenDetails(ctx, e, sectionPeople, items, func(d Detail) error {
				if d.Person != person {
					return nil
				}
				return emit(d)
			})
		}
		if q.AsOf, err = parseAsOf(e.Report); err != nil {
			return err
		}
		q.AsOfSet = true
	}
	q.Filter = Filter{}
	s, err := m.open(ctx, q)
	if err != nil {
		return err
	}
	return m.detailsAbout(ctx, s, &person, emit, kinds...)
}

// personKinds are the kinds of rows that the figures of people count.
func personKinds() []DetailKind {
	return []DetailKind{DetailStory, DetailRequest, DetailFirstResponse, DetailEvent}
}

// freezePeople stores the rows behind the figures of every person, and what
// stands between the figures and the truth.
func (m *Metrics) freezePeople(ctx context.Context, s *snapshot, w *partWriter) error {
	if err := w.add(ctx, sectionPeople, "", personKinds()); err != nil {
		return err
	}
	everybody := ""
	err := m.detailsAbout(ctx, s, &everybody, func(d Detail) error { return w.add(ctx, sectionPeople, string(d.Kind), d) }, personKinds()...)
	if err != nil {
		return err
	}
	kinds := []DoubtKind{DoubtUnmatchedOPD, DoubtUnmatchedPeople, DoubtUndated, DoubtInconsistent}
	if err := w.add(ctx, sectionDoubts, "", kinds); err != nil {
		return err
	}
	for _, kind := range kinds {
		if err := s.doubts(ctx, m, kind, func(d Doubt) error { return w.add(ctx, sectionDoubts, string(kind), d) }); err != nil {
			return err
		}
	}
	return nil
}

// froze reports whether an edition froze a section; those of before that was
// done did not.
func (m *Metrics) froze(ctx context.Context, e *Edition, section string) (bool, error) {
	if !e.hasParts() {
		return false, nil
	}
	parts, err := m.parts(ctx, e)
	return slices.ContainsFunc(parts, func(p frozenPart) bool { return p.section == section }), err
}

// works are the stories of the month that name the person, or anybody, latest
// first.
func (d *details) works(ctx context.Context) error {
	return d.eachWork(ctx, *d.person, d.agencies, func(person string, w Work) error {
		day, err := calendar.ParseDay(w.Date)
		if err != nil {
			return err
		}
		return d.give(Detail{Kind: DetailStory, OPD: w.OPD, Title: w.Title, URL: w.URL, Category: w.Place, Day: day, Roles: w.Roles, Person: person})
	})
}

// handles fills in who handles a case. It reports whether the case is to be left
// out of the rows of people.
func (d *details) handles(row *Detail, officer string) (leave bool) {
	if d.person == nil {
		return false
	}
	row.Person = officer
	return officer == "" || *d.person != "" && officer != *d.person
}

// toldEventsOf are the events of the agenda that a story of the person, or of
// anybody, tells of, by person; nil where rows are not those of people.
func (d *details) toldEventsOf(ctx context.Context) (map[string]map[string]bool, error) {
	if d.person == nil {
		return nil, nil
	}
	by, err := d.toldBy(ctx)
	if err != nil || *d.person == "" {
		return by, err
	}
	return map[string]map[string]bool{*d.person: by[*d.person]}, nil
}

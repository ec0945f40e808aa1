package metrics

import (
	"context"

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
// so the filter of the query does not count. Rows of a closed month are today's
// as they stood on its as-of day. A person who was not in office, or is not on
// record, may have rows all the same. Errors are those of [Metrics.Report]. Who
// may see the rows is for the caller to decide.
func (m *Metrics) PersonDetails(ctx context.Context, q Query, person string, emit func(Detail) error, kinds ...DetailKind) error {
	e, err := m.closed(ctx, q)
	if err != nil {
		return err
	}
	if e != nil {
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
	if len(kinds) == 0 {
		kinds = []DetailKind{DetailStory, DetailRequest, DetailFirstResponse, DetailEvent}
	}
	return m.detailsAbout(ctx, s, person, emit, kinds...)
}

// works are the stories of the month that name the person, latest first.
func (d *details) works(ctx context.Context) error {
	works, err := d.personWorksList(ctx, d.person, d.agencies)
	if err != nil {
		return err
	}
	for _, w := range works {
		day, err := calendar.ParseDay(w.Date)
		if err != nil {
			return err
		}
		if err := d.give(Detail{Kind: DetailStory, OPD: w.OPD, Title: w.Title, URL: w.URL, Category: w.Place, Day: day, Roles: w.Roles}); err != nil {
			return err
		}
	}
	return nil
}

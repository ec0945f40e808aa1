package metrics

import (
	"context"
	"fmt"

	"gaung/metrics/calendar"
)

// Revision is a figure of a closed month that would be different today: the
// edition keeps its figure, the difference is shown beside it.
type Revision struct {
	// OPD and Name say whose figure it is; both are empty for the region's.
	OPD  string `json:"opd"`
	Name string `json:"name"`
	// Figure is the path of the figure in the report, such as
	// "publication.opd.stories"; see [Describe].
	Figure string `json:"figure"`
	// Item is the kind, channel or place of a figure that is kept by those;
	// empty for any other.
	Item string `json:"item,omitempty"`
	// A count that one of the two does not have counts as none.
	Frozen int `json:"frozen"`
	Today  int `json:"today"`
}

// Revisions compares the newest edition of the month with the same month at
// the same as-of day by today's data: late articles, late answers, corrected
// names. Cases are judged by the rules and days off the edition was judged by:
// what a rule or a holiday recorded since would change is told by
// [Metrics.Replay] and is no revision. It is empty when nothing differs and a
// *UserError when the month is not closed.
func (m *Metrics) Revisions(ctx context.Context, q Query) ([]Revision, error) {
	editions, err := m.Editions(ctx, q, 1)
	if err != nil {
		return nil, err
	}
	if len(editions) == 0 {
		return nil, userError(NotClosed, "bulan {1} belum ditutup, jadi belum ada revisi", q.Month)
	}
	frozen := editions[0].Report
	if q.AsOf, err = parseAsOf(frozen); err != nil {
		return nil, err
	}
	q.AsOfSet = true
	then, err := m.frozenBasis(ctx, &editions[0])
	if err != nil {
		return nil, err
	}
	today, err := m.under(ctx, q, then)
	if err != nil {
		return nil, err
	}
	return compareReports(frozen, today), nil
}

// compareReports lists every count that differs, in the order of the frozen
// report; what only today's has comes after.
func compareReports(frozen, today *Report) []Revision {
	var list []Revision
	note := func(c reportCount, before, after int) {
		if before != after {
			list = append(list, Revision{OPD: c.opd, Name: c.name, Figure: c.figure, Item: c.item, Frozen: before, Today: after})
		}
	}
	after := today.counts()
	now := make(map[countKey]int, len(after))
	for _, c := range after {
		now[c.countKey] = c.n
	}
	then := map[countKey]bool{}
	for _, c := range frozen.counts() {
		note(c, c.n, now[c.countKey])
		then[c.countKey] = true
	}
	for _, c := range after {
		if !then[c.countKey] {
			note(c, 0, c.n)
		}
	}
	return list
}

func parseAsOf(r *Report) (calendar.Day, error) {
	day, err := calendar.ParseDay(r.AsOf)
	if err != nil {
		return 0, fmt.Errorf("metrics: as-of day of edition %s: %w", r.Closed.ID, err)
	}
	return day, nil
}

package metrics

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// months is a row of months of a region, read together.
type months struct {
	m          *Metrics
	months     []*snapshot // oldest first
	basis      *basis
	agencies   *agencies
	targets    targets
	sources    []sources // by month
	stories    map[string][]storyCount
	articles   map[calendar.Month]int
	objections map[calendar.Month]int
}

// openMonths opens the months from the first to that of q. They share the
// generations and the cases.
func (m *Metrics) openMonths(ctx context.Context, q Query, first calendar.Month) (*months, error) {
	q = q.inMonth(q.Month)
	newest, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	newest.cases = &caseRows{first: first.First(), last: newest.to}
	h := &months{m: m}
	for month := first; !month.After(q.Month); month = month.Add(1) {
		s := *newest
		s.query = q.inMonth(month)
		if s.asOf, err = q.monthAsOf(month); err != nil {
			return nil, err
		}
		s.from, s.to = month.First(), min(month.Last(), s.asOf)
		s.standings, s.eventRows = &standings{}, &eventRows{}
		h.months = append(h.months, &s)
	}
	return h, nil
}

func (h *months) newest() *snapshot { return h.months[len(h.months)-1] }

// readBasis reads what cases are judged by, and the OPD.
func (h *months) readBasis(ctx context.Context) error {
	s := h.newest()
	return together(ctx,
		func(ctx context.Context) (err error) {
			h.basis, err = h.m.basisOf(ctx, s.query.Region.Code)
			return err
		},
		func(ctx context.Context) (err error) { h.agencies, err = s.agencies(ctx); return err },
		func(ctx context.Context) error { _, err := s.requests(ctx); return err },
		func(ctx context.Context) error { _, err := s.spells(ctx); return err },
	)
}

// readAll reads everything a series needs.
func (h *months) readAll(ctx context.Context) error {
	s, oldest := h.newest(), h.months[0]
	h.stories = map[string][]storyCount{}
	return together(ctx,
		func(ctx context.Context) (err error) {
			if err = h.readBasis(ctx); err == nil {
				h.targets, err = s.targets(ctx, h.agencies)
			}
			return err
		},
		func(ctx context.Context) (err error) { h.sources, err = s.polled(ctx, h.months...); return err },
		func(ctx context.Context) error {
			first, _ := s.storySpan(oldest.period())
			_, last := s.storySpan(s.period())
			return s.storyCounts(ctx, first, last, h.stories)
		},
		func(ctx context.Context) (err error) {
			h.articles, err = h.byMonth(ctx, "seriesArticles", rollupArticles)
			return err
		},
		func(ctx context.Context) (err error) {
			h.objections, err = h.byMonth(ctx, "seriesObjections", rollupObjections)
			return err
		},
	)
}

func (h *months) byMonth(ctx context.Context, statement, rollup string) (map[calendar.Month]int, error) {
	out := map[calendar.Month]int{}
	err := h.newest().each(ctx, statement, rollup, func(r driver.Rows) error {
		var year, month int32
		var n uint64
		err := r.Scan(&year, &month, &n)
		out[monthAt(year, month)] = int(n)
		return err
	}, named("first", h.months[0].from), named("last", h.newest().to))
	return out, err
}

// month measures one of the months.
func (h *months) month(ctx context.Context, i int) (SeriesMonth, error) {
	s := h.months[i]
	c := s.clock(h.basis.rules, h.basis.calendar)
	out := SeriesMonth{
		Month: s.query.Month.String(), AsOf: s.asOf.String(), Articles: h.articles[s.query.Month], OPD: []SeriesOPD{},
	}
	for _, counts := range kept(s, h.stories) {
		n, _ := inPeriod(counts, s.period())
		out.Stories += n
	}
	data := publicationData{stories: h.stories}
	for _, row := range s.publicationRows(h.agencies, h.targets, h.sources[i], data) {
		if !s.scope.shows(row.OPD) {
			continue
		}
		out.OPD = append(out.OPD, row.inSeries())
	}
	sortSeries(out.OPD)
	var p PPID
	cases, err := s.ppidWaits(ctx, c, &p, &doubts{})
	if err != nil {
		return out, err
	}
	if err := s.ppidReceived(ctx, &p); err != nil {
		return out, err
	}
	out.PPID = SeriesPPID{
		Received: p.Received, CaseCounts: cases.among(s.scope.shows).total(), Extended: p.Extended, Refused: p.Refused,
		Objections: h.objections[s.query.Month],
	}
	complaints := newComplaints()
	if err := s.complaintsSubmitted(ctx, c, &complaints); err != nil {
		return out, err
	}
	out.Complaints = SeriesComplaints{
		ByKind: complaints.ByKind, Verify: complaints.Verify,
		FollowedUpShare: complaints.FollowedUpShare, ResolvedShare: complaints.ResolvedShare, SharesN: complaints.SharesN,
	}
	// The clocks of the OPD are not part of a series, but a month whose cases
	// cannot be counted has no report either.
	_, _, err = s.complaintWaits(ctx, c)
	return out, err
}

func sortSeries(rows []SeriesOPD) {
	slices.SortFunc(rows, func(x, y SeriesOPD) int { return byName(x.Name, x.OPD, y.Name, y.OPD) })
}

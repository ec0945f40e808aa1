// Package metrics turns rows into answers: the monthly report, deadlines with
// their day-by-day ledger, and what data there is. Every formula is explained
// in docs/METHOD.md; the definitions are versioned by [DefinitionsVersion].
//
// Counting is done by the engine, by the statements in sql, each named after
// the method that runs it. They read rollups and small dimension tables, never
// the facts. The cases of a month are few, and many questions are asked about
// them: they are read once and judged here. The statistics on the counts are
// in package stats.
package metrics

import (
	"context"
	"sync"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"golang.org/x/sync/errgroup"

	"gaung/metrics/calendar"
)

// Metrics answers questions from a warehouse. It is safe for concurrent use.
type Metrics struct {
	conn    driver.Conn
	closing sync.Mutex // held while a month is being closed
	leagues *leagues
}

// New returns the answers of the warehouse behind conn.
func New(conn driver.Conn) *Metrics { return &Metrics{conn: conn, leagues: &leagues{}} }

// Report is the month of a region as it stood at the end of the as-of day. A
// closed month is its newest edition, unchanged, unless the query names an
// as-of day of its own: then it is measured anew. The same data and the same
// query always give the same report.
//
// A mistake of the asker is a *UserError: a month that has not begun, an as-of
// day before the month, a year of cases without holidays on record, a deadline
// rule that is missing. A region without data has an empty report.
func (m *Metrics) Report(ctx context.Context, q Query) (*Report, error) {
	e, err := m.closed(ctx, q)
	if err != nil {
		return nil, err
	}
	if e != nil {
		return e.Report, nil
	}
	return m.live(ctx, q)
}

// live measures the month by today's data, closed or not.
func (m *Metrics) live(ctx context.Context, q Query) (*Report, error) {
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	r, err := s.report(ctx, m)
	if err != nil {
		return nil, forUser(err)
	}
	return r, nil
}

func (s *snapshot) report(ctx context.Context, m *Metrics) (*Report, error) {
	code := s.query.Region.Code
	r := &Report{
		Region:             code,
		RegionName:         s.query.Region.Name,
		Month:              s.query.monthName(),
		Asked:              s.asked(),
		AsOf:               s.asOf.String(),
		Timezone:           s.query.Region.Zone.String(),
		DefinitionsVersion: DefinitionsVersion,
		GeneratedAt:        s.query.Now.UTC(),
	}
	b := s.basis
	var a *agencies
	err := together(ctx,
		func(ctx context.Context) (err error) {
			if b == nil {
				b, err = m.basisOf(ctx, code)
			}
			return err
		},
		func(ctx context.Context) (err error) { a, err = s.agencies(ctx); return err },
	)
	if err != nil {
		return nil, err
	}
	return r, s.measure(ctx, r, a, s.clock(b.rules, b.calendar), b.calendar)
}

// measure fills in every part of a report. The parts read the same
// generations and do not depend on each other.
func (s *snapshot) measure(ctx context.Context, r *Report, a *agencies, c clock, cal *calendar.Calendar) error {
	var requests, complaints, submissions, clarifications doubts
	var agreed targets
	var src, earlier sources
	var data publicationData
	var signs map[string]storySign
	var lags articleLags
	var last lastMonth
	var known bool
	var rejected int
	err := together(ctx,
		func(ctx context.Context) (err error) { r.PPID, requests, err = s.ppid(ctx, a, c); return err },
		func(ctx context.Context) (err error) {
			r.Complaints, complaints, err = s.complaints(ctx, a, c)
			return err
		},
		func(ctx context.Context) (err error) { agreed, err = s.targets(ctx, a); return err },
		func(ctx context.Context) error {
			both, err := s.polled(ctx, s, s.previous())
			if err != nil {
				return err
			}
			src, earlier = both[0], both[1]
			return s.sourceFailures(ctx, src.failed)
		},
		func(ctx context.Context) (err error) { data, err = s.publicationData(ctx, a); return err },
		func(ctx context.Context) (err error) { signs, err = s.storySigns(ctx); return err },
		func(ctx context.Context) (err error) { lags, err = s.lateArticles(ctx); return err },
		func(ctx context.Context) (err error) { last, err = s.lastMonthCases(ctx, a, c.rules, cal); return err },
		func(ctx context.Context) (err error) { r.Places, r.PlaceCoverage, err = s.places(ctx); return err },
		func(ctx context.Context) (err error) { r.People, known, err = s.people(ctx, a, c); return err },
		func(ctx context.Context) (err error) { r.Agenda, r.EventLag, err = s.agenda(ctx, a); return err },
		func(ctx context.Context) (err error) {
			r.Submissions, err = s.submissions(ctx, a, &submissions)
			return err
		},
		func(ctx context.Context) (err error) {
			r.Clarifications, err = s.clarifications(ctx, c, &clarifications)
			return err
		},
		func(ctx context.Context) (err error) { rejected, err = s.rejectedRows(ctx); return err },
	)
	if err != nil {
		return err
	}
	r.Publication = s.publication(a, agreed, src, data)
	r.Publication.mark(kept(s, signs), kept(s, data.articles))
	last.measurePublication(s, a, agreed, earlier, data)
	if err := together(ctx,
		func(context.Context) error { last.move(s, r); return nil },
		func(context.Context) error { r.Index = s.index(a); return nil },
	); err != nil {
		return err
	}
	r.Fairness = s.fairness(r, lags)
	r.Staffing = s.staffing(a, r.People, known)
	r.DataQuality = s.quality(data, src, rejected, requests, complaints, submissions, clarifications)
	return nil
}

// together runs the tasks side by side and returns the first error.
func together(ctx context.Context, tasks ...func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, task := range tasks {
		g.Go(func() error { return task(ctx) })
	}
	return g.Wait()
}

// seed names the draws of a ranking: the same region, period and metric always
// give the same places.
func (s *snapshot) seed(metric string) string {
	return s.query.Region.Code + "|" + s.period().String() + "|" + metric
}

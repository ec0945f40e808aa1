package metrics

import (
	"context"
	"embed"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// statements holds one file per question, named after the method that asks it.
//
//go:embed sql/*.sql
var statements embed.FS

// The rollups, as rollup_generations names them.
const (
	rollupArticles   = "articles"
	rollupPPID       = "ppid"
	rollupObjections = "objections"
	rollupComplaints = "complaints"
	rollupAgenda     = "agenda"

	rollupCoverage       = "coverage"
	rollupSubmissions    = "submissions"
	rollupClarifications = "clarifications"
)

// named is a parameter {name:Type} of a statement. Days and months are given
// as they are and travel as text.
func named(name string, value any) any { return clickhouse.Named(name, value) }

// each runs a statement and hands every row to scan.
func each(ctx context.Context, conn driver.Conn, statement string, scan func(driver.Rows) error, params ...any) (err error) {
	text, err := statements.ReadFile("sql/" + statement + ".sql")
	if err != nil {
		return fmt.Errorf("metrics: %s: %w", statement, err)
	}
	rows, err := conn.Query(ctx, string(text), params...)
	if err != nil {
		return fmt.Errorf("metrics: %s: %w", statement, err)
	}
	defer func() {
		if cerr := rows.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("metrics: %s: %w", statement, cerr)
		}
	}()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("metrics: %s: read row: %w", statement, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("metrics: %s: %w", statement, err)
	}
	return nil
}

// snapshot is one consistent state of a region's data, seen from the as-of day
// of a period: every question of a report reads the same rollup generations.
type snapshot struct {
	conn        driver.Conn
	query       Query
	asOf        calendar.Day
	from, to    calendar.Day // the days of the period that have come by the as-of day
	generations map[string]uint64
	standings   *standings // of the rankings made so far
	cases       *caseRows  // of the month and the one before
	eventRows   *eventRows // of the month
	basis       *basis     // rules and days off to judge by; nil for those on record
	scope       scope      // the OPD the report is about
	known       *agencies  // of the region, where the scope had to be found among them
}

// open reads the generations once.
func (m *Metrics) open(ctx context.Context, q Query) (*snapshot, error) {
	asOf, err := q.asOf()
	if err != nil {
		return nil, err
	}
	period, earlier := q.Period(), q.earlier()
	s := &snapshot{conn: m.conn, query: q, asOf: asOf, from: period.First, to: min(period.Last, asOf), standings: &standings{leagues: m.leagues}}
	s.cases, s.eventRows = &caseRows{first: s.from, last: s.to}, &eventRows{}
	if earlier.Last >= s.from.Add(-1) {
		s.cases.first = min(earlier.First, s.from) // both are read in one go
	}
	if s.generations, err = m.generations(ctx, q.Region.Code); err != nil {
		return s, err
	}
	if q.Filter.PeerGroup != "" || len(q.Filter.OPD) > 0 {
		if s.known, err = s.agencies(ctx); err == nil {
			s.scope, err = s.known.scope(q.Filter)
		}
	}
	return s, err
}

// generations returns the published generation of every rollup of a region. A
// rollup never built is missing, and generation 0 holds no rows.
func (m *Metrics) generations(ctx context.Context, code string) (map[string]uint64, error) {
	out := map[string]uint64{}
	err := each(ctx, m.conn, "generations", func(r driver.Rows) error {
		var rollup string
		var generation uint64
		if err := r.Scan(&rollup, &generation); err != nil {
			return err
		}
		out[rollup] = generation
		return nil
	}, named("region", code))
	return out, err
}

// each runs a statement over a rollup ("" for none) with the parameters every
// question knows: region, generation, from and to (the days of the period that
// have come), as_of, and the filter: only (codes of OPD, empty for all) and
// channel (empty for all).
func (s *snapshot) each(ctx context.Context, statement, rollup string, scan func(driver.Rows) error, extra ...any) error {
	params := append([]any{
		named("region", s.query.Region.Code),
		named("generation", s.generations[rollup]),
		named("from", s.from),
		named("to", s.to),
		named("as_of", s.asOf),
		named("only", s.scope.codes()),
		named("channel", s.query.Filter.Channel),
	}, extra...)
	return each(ctx, s.conn, statement, scan, params...)
}

// optionalDay turns a nullable day number into a day.
func optionalDay(n *int32) *calendar.Day {
	if n == nil {
		return nil
	}
	d := calendar.Day(*n)
	return &d
}

package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// ppid measures the information requests of the month.
func (s *snapshot) ppid(ctx context.Context, a *agencies, c clock) (PPID, doubts, error) {
	var p PPID
	var doubt doubts
	cases := tallies{}
	err := s.each(ctx, "ppidWaits", rollupPPID, func(r driver.Rows) error {
		var opd, what string
		var extended bool
		var segment uint32
		var n, refused, inconsistent uint64
		var days int32
		if err := r.Scan(&opd, &extended, &segment, &what, &days, &n, &refused, &inconsistent); err != nil {
			return err
		}
		limit, err := c.limit(RulePPID, "", segment, extended)
		if err != nil {
			return err
		}
		cases.of(opd).add(outcome(what), int(days), limit, int(n))
		if extended {
			p.Extended += int(n)
		}
		p.Refused += int(refused)
		doubt.inconsistent += int(inconsistent)
		return nil
	}, c.params...)
	if err != nil {
		return p, doubt, err
	}
	p.CaseCounts = cases.total()
	if unknown, ok := cases[""]; ok {
		doubt.unmatchedOPD = unknown.waits.N()
	}
	p.OPD = cases.rows(a, s.seed("ppid"))
	if err := s.ppidReceived(ctx, &p); err != nil {
		return p, doubt, err
	}
	return p, doubt, s.objectionCounts(ctx, &p, &doubt)
}

func (s *snapshot) ppidReceived(ctx context.Context, p *PPID) error {
	return s.each(ctx, "ppidReceived", rollupPPID, func(r driver.Rows) error {
		var n uint64
		err := r.Scan(&n)
		p.Received = int(n)
		return err
	})
}

func (s *snapshot) objectionCounts(ctx context.Context, p *PPID, doubt *doubts) error {
	return s.each(ctx, "objectionCounts", rollupObjections, func(r driver.Rows) error {
		var n, inconsistent uint64
		err := r.Scan(&n, &inconsistent)
		p.Objections = int(n)
		doubt.inconsistent += int(inconsistent)
		return err
	})
}

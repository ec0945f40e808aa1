package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// ppid measures the information requests of the month.
func (s *snapshot) ppid(ctx context.Context, a *agencies, c clock) (PPID, doubts, error) {
	var p PPID
	var doubt doubts
	cases, err := s.ppidWaits(ctx, c, &p, &doubt)
	if err != nil {
		return p, doubt, err
	}
	p.CaseCounts = cases.among(s.scope.shows).total()
	p.OPD, p.Funnel = s.rankCases(tablePPID, a, cases)
	if err := s.ppidReceived(ctx, &p); err != nil {
		return p, doubt, err
	}
	return p, doubt, s.objectionCounts(ctx, &p, &doubt)
}

// ppidWaits collects the month's cohort by OPD and counts what p and doubt say
// of it as a whole.
func (s *snapshot) ppidWaits(ctx context.Context, c clock, p *PPID, doubt *doubts) (tallies, error) {
	requests, err := s.requests(ctx)
	if err != nil {
		return nil, err
	}
	cases := tallies{}
	for _, r := range requests {
		what, ok := s.request(r)
		if !ok {
			continue
		}
		if err := c.add(cases.of(r.opd), what, RulePPID, "", r.extended); err != nil {
			return nil, err
		}
		if r.opd == "" {
			doubt.unmatched(CasePPID, r.id, what.start)
		}
		if !s.scope.shows(r.opd) {
			continue
		}
		if r.extended {
			p.Extended++
		}
		// A refusal counts once the notice that tells of it has gone out.
		if r.refused && (r.notified == never || s.happened(r.notified)) {
			p.Refused++
		}
		if what.inconsistent() {
			doubt.contradicts(CasePPID, r.opd, r.id, what.start)
		}
	}
	return cases, nil
}

// ppidReceived counts the requests received in the month, complete or not.
func (s *snapshot) ppidReceived(ctx context.Context, p *PPID) error {
	requests, err := s.requests(ctx)
	for _, r := range requests {
		if s.inMonth(r.received) && s.scope.shows(r.opd) {
			p.Received++
		}
	}
	return err
}

func (s *snapshot) objectionCounts(ctx context.Context, p *PPID, doubt *doubts) error {
	return s.each(ctx, "objectionCounts", rollupObjections, func(r driver.Rows) error {
		var id, opd string
		var received, answered int32
		if err := r.Scan(&id, &opd, &received, &answered); err != nil {
			return err
		}
		p.Objections++
		if s.happened(calendar.Day(answered)) && answered < received {
			doubt.contradicts(CaseObjection, opd, id, calendar.Day(received))
		}
		return nil
	})
}

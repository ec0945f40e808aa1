package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// complaints measures the SP4N-LAPOR! complaints of the month.
func (s *snapshot) complaints(ctx context.Context, a *agencies, c clock) (Complaints, doubts, error) {
	out := Complaints{ByKind: map[string]int{KindInformation: 0, KindAspiration: 0, KindComplaint: 0, KindSupervision: 0}}
	var doubt doubts
	response, resolve := tallies{}, tallies{}
	err := s.each(ctx, "complaintWaits", rollupComplaints, func(r driver.Rows) error {
		var name, opd, kind, what string
		var segment uint32
		var n uint64
		var days int32
		if err := r.Scan(&name, &opd, &kind, &segment, &what, &days, &n); err != nil {
			return err
		}
		cases, rule, ruleKind := response, RuleComplaintFirstResponse, ""
		if name == "resolve" {
			cases, rule, ruleKind = resolve, RuleComplaintResolve, kind
		}
		limit, err := c.limit(rule, ruleKind, segment, false)
		if err != nil {
			return err
		}
		cases.of(opd).add(outcome(what), int(days), limit, int(n))
		return nil
	}, c.params...)
	if err != nil {
		return out, doubt, err
	}
	if unknown, ok := response[""]; ok {
		doubt.unmatchedOPD = unknown.waits.N()
	}
	out.FirstResponse.OPD = response.rows(a, s.seed("first_response"))
	out.Resolve.OPD = resolve.rows(a, s.seed("resolve"))
	if err := s.complaintsSubmitted(ctx, c, &out); err != nil {
		return out, doubt, err
	}
	return out, doubt, s.each(ctx, "complaintDoubts", rollupComplaints, func(r driver.Rows) error {
		var n uint64
		err := r.Scan(&n)
		doubt.inconsistent = int(n)
		return err
	})
}

// complaintsSubmitted counts the complaints submitted in the month by kind,
// and how far they have come. The verify clock is the admin's own, so a
// complaint that proved to be another OPD's counts there like any other.
func (s *snapshot) complaintsSubmitted(ctx context.Context, c clock, out *Complaints) error {
	var verify tally
	var own, followedUp, resolved int
	err := s.each(ctx, "complaintsSubmitted", rollupComplaints, func(r driver.Rows) error {
		var kind string
		var segment uint32
		var n, ownN, followedUpN, resolvedN uint64
		var verified bool
		var days int32
		if err := r.Scan(&kind, &segment, &verified, &days, &n, &ownN, &followedUpN, &resolvedN); err != nil {
			return err
		}
		limit, err := c.limit(RuleComplaintVerify, "", segment, false)
		if err != nil {
			return err
		}
		what := open
		if verified {
			what = stopped
		}
		verify.add(what, int(days), limit, int(n))
		out.ByKind[kind] += int(n)
		own, followedUp, resolved = own+int(ownN), followedUp+int(followedUpN), resolved+int(resolvedN)
		return nil
	}, c.params...)
	out.Verify = VerifyCounts{N: verify.waits.N(), OnTime: verify.OnTime, Late: verify.Late, Pending: verify.Pending}
	if own > 0 {
		f, r := float64(followedUp)/float64(own), float64(resolved)/float64(own)
		out.FollowedUpShare, out.ResolvedShare = &f, &r
	}
	return err
}

package metrics

import (
	"context"

	"gaung/metrics/calendar"
)

// complaints measures the SP4N-LAPOR! complaints of the month.
func (s *snapshot) complaints(ctx context.Context, a *agencies, c clock) (Complaints, doubts, error) {
	out := newComplaints()
	var doubt doubts
	response, resolve, err := s.complaintWaits(ctx, c)
	if err != nil {
		return out, doubt, err
	}
	out.FirstResponse.OPD, out.FirstResponse.Funnel = s.rankCases(tableFirstResponse, a, response)
	out.Resolve.OPD, out.Resolve.Funnel = s.rankCases(tableResolve, a, resolve)
	if err := s.complaintsSubmitted(ctx, c, &out); err != nil {
		return out, doubt, err
	}
	return out, doubt, s.complaintDoubts(ctx, &doubt)
}

// newComplaints has every kind, so that none of them is missing where nobody
// complained.
func newComplaints() Complaints {
	return Complaints{ByKind: map[string]int{KindInformation: 0, KindAspiration: 0, KindComplaint: 0, KindSupervision: 0}}
}

// complaintWaits collects the month's cohort by OPD under the two clocks. Every
// OPD that had a complaint in hand counts it from the moment it reached it.
func (s *snapshot) complaintWaits(ctx context.Context, c clock) (response, resolve tallies, err error) {
	spells, err := s.spells(ctx)
	if err != nil {
		return nil, nil, err
	}
	response, resolve = tallies{}, tallies{}
	for _, x := range spells {
		start, ok := s.begun(x)
		if !ok || !s.inMonth(start) {
			continue
		}
		if err := c.add(response.of(x.opd), s.follow(start, x.responded, x.left), RuleComplaintFirstResponse, "", false); err != nil {
			return nil, nil, err
		}
		if err := c.add(resolve.of(x.opd), s.follow(start, x.resolved, x.left), RuleComplaintResolve, x.kind, false); err != nil {
			return nil, nil, err
		}
	}
	return response, resolve, nil
}

// complaintDoubts notes the complaints of the month's cohort that nobody could
// assign, and those with a stop stamped before its start, each once however many
// of its stops that holds for. A clock counts where it belongs to the month.
func (s *snapshot) complaintDoubts(ctx context.Context, doubt *doubts) error {
	spells, err := s.spells(ctx)
	if err != nil {
		return err
	}
	noted, mine := map[string]bool{}, s.holders(spells)
	for _, x := range spells {
		start, ok := s.begun(x)
		if !ok {
			continue
		}
		if x.opd == "" && s.inMonth(start) {
			doubt.unmatched(CaseComplaint, x.id, start)
		}
		if noted[x.id] || !mine(x.id) {
			continue
		}
		early := func(stop, start calendar.Day) bool { return s.happened(stop) && stop < start }
		switch {
		case x.number == 1 && s.inMonth(x.submitted) && early(s.checked(x), x.submitted),
			s.inMonth(start) && (early(x.responded, start) || early(x.resolved, start)):
			noted[x.id] = true
			doubt.contradicts(CaseComplaint, x.opd, x.id, start)
		}
	}
	return nil
}

// checked is when the admin was through with a complaint: verified, else
// assigned; a day after the as-of day while neither has happened.
func (s *snapshot) checked(x spell) calendar.Day {
	if s.happened(x.verified) {
		return x.verified
	}
	return x.assigned
}

// progress is how far a complaint has come, whichever OPD had it. It is
// misrouted while the last one that had it has given it away.
type progress struct {
	last                           uint16 // number of the last spell seen
	misrouted, responded, resolved bool
}

// complaintsSubmitted counts the complaints submitted in the month by kind,
// and how far they have come. The verify clock is the admin's own, so a
// complaint that proved to be another OPD's counts there like any other.
func (s *snapshot) complaintsSubmitted(ctx context.Context, c clock, out *Complaints) error {
	spells, err := s.spells(ctx)
	if err != nil {
		return err
	}
	var verify tally
	var all []progress
	several, mine := map[string]progress{}, s.holders(spells)
	for _, x := range spells {
		if _, ok := s.begun(x); !ok || !s.inMonth(x.submitted) || !mine(x.id) {
			continue
		}
		if x.number == 1 {
			out.ByKind[x.kind]++
			if err := c.add(&verify, s.follow(x.submitted, s.checked(x), never), RuleComplaintVerify, "", false); err != nil {
				return err
			}
		}
		p := progress{x.number, s.happened(x.left), s.happened(x.responded), s.happened(x.resolved)}
		if x.number == 1 && !x.handedOn {
			all = append(all, p)
			continue
		}
		several[x.id] = several[x.id].with(p)
	}
	for _, p := range several {
		all = append(all, p)
	}
	out.Verify = VerifyCounts{N: verify.waits.N(), OnTime: verify.OnTime, Late: verify.Late, Pending: verify.Pending}
	out.FollowedUpShare, out.ResolvedShare, out.SharesN = shares(all)
	return nil
}

// with adds what another OPD did.
func (p progress) with(o progress) progress {
	p.responded, p.resolved = p.responded || o.responded, p.resolved || o.resolved
	if o.last >= p.last {
		p.last, p.misrouted = o.last, o.misrouted
	}
	return p
}

// shares are the complaints that were followed up, and resolved, among those
// that are not misrouted, and the number of these; nil where there are none.
func shares(all []progress) (followedUp, resolved *float64, own int) {
	var f, r int
	for _, p := range all {
		if p.misrouted {
			continue
		}
		own++
		if p.responded || p.resolved {
			f++
		}
		if p.resolved {
			r++
		}
	}
	if own == 0 {
		return nil, nil, 0
	}
	x, y := float64(f)/float64(own), float64(r)/float64(own)
	return &x, &y, own
}

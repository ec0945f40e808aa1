package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// caseRequests looks a PPID request up. The written notice stops its clock; a
// withdrawal before that takes it away.
func (s *snapshot) caseRequests(ctx context.Context, q CaseQuery) (*caseFile, error) {
	var file *caseFile
	var opds []string
	err := s.each(ctx, "caseRequests", rollupPPID, func(r driver.Rows) error {
		var d CaseDetail
		var opd, opdRaw, officer string
		var extended, withdrawnFirst bool
		var received int32
		var completed, notified, delivered, withdrawn *int32
		if err := r.Scan(&opd, &opdRaw, &officer, &extended, &d.Status, &d.Refused, &received, &completed, &notified, &delivered, &withdrawn, &withdrawnFirst); err != nil {
			return err
		}
		if opd == "" {
			opds = append(opds, opdRaw)
		} else {
			opds = append(opds, opd)
		}
		c := clockOfCase{stop: s.by(notified), received: calendar.Day(received), spell: 1}
		c.rule, c.opd, c.id, c.officer, c.extended, c.start = RulePPID, opd, q.ID, officer, extended, c.received
		if done := s.by(completed); done != nil {
			c.start, c.waitsForPapers = *done, true
		}
		if gone := s.by(withdrawn); gone != nil && (c.stop == nil || withdrawnFirst) {
			c.left = gone
		}
		d.Refused = d.Refused && (notified == nil || c.stop != nil)
		d.Received, d.Completed, d.Delivered, d.Withdrawn = c.received.String(), dayText(s.by(completed)), dayText(s.by(delivered)), dayText(s.by(withdrawn))
		file = &caseFile{d, []clockOfCase{c}}
		return nil
	}, named("id", q.ID), named("opd", q.OPD))
	if err == nil && len(opds) > 1 {
		return nil, several(q.ID, opds)
	}
	return file, err
}

// caseObjections looks an objection up.
func (s *snapshot) caseObjections(ctx context.Context, q CaseQuery) (*caseFile, error) {
	var file *caseFile
	err := s.each(ctx, "caseObjections", rollupObjections, func(r driver.Rows) error {
		var d CaseDetail
		var opd string
		var received int32
		var answered *int32
		if err := r.Scan(&opd, &d.Request, &received, &answered); err != nil {
			return err
		}
		c := clockOfCase{stop: s.by(answered), received: calendar.Day(received), spell: 1}
		c.rule, c.opd, c.id, c.start = RuleObjection, opd, q.ID, c.received
		d.Received = c.received.String()
		file = &caseFile{d, []clockOfCase{c}}
		return nil
	}, named("id", q.ID), named("opd", q.OPD))
	return file, err
}

// caseSpells looks a complaint up: the admin's clock, then two clocks for each
// agency that had it in hand.
func (s *snapshot) caseSpells(ctx context.Context, q CaseQuery) (*caseFile, error) {
	var file *caseFile
	err := s.each(ctx, "caseSpells", rollupComplaints, func(r driver.Rows) error {
		var d CaseDetail
		var spell uint16
		var opd, opdRaw, officer string
		var submitted int32
		var verified, assigned, responded, resolved, left *int32
		if err := r.Scan(&spell, &opd, &opdRaw, &officer, &d.Kind, &d.Status, &submitted, &verified, &assigned, &responded, &resolved, &left); err != nil {
			return err
		}
		received := calendar.Day(submitted)
		start, checked := received, s.by(verified)
		if checked == nil {
			checked = s.by(assigned)
		} else {
			start = *checked
		}
		if at := s.by(assigned); at != nil {
			start = *at
		}
		clock := func(rule, kind string, start calendar.Day, stop, left *calendar.Day) clockOfCase {
			c := clockOfCase{spell: int(spell), stop: stop, left: left, received: received}
			c.rule, c.kind, c.opd, c.id, c.officer, c.start = rule, kind, opd, q.ID, officer, start
			return c
		}
		if file == nil {
			d.Received = received.String()
			file = &caseFile{CaseDetail: d}
			file.clocks = append(file.clocks, clock(RuleComplaintVerify, "", received, checked, nil))
		}
		file.Status = d.Status
		file.clocks = append(file.clocks,
			clock(RuleComplaintFirstResponse, "", start, s.by(responded), s.by(left)),
			clock(RuleComplaintResolve, d.Kind, start, s.by(resolved), s.by(left)))
		return nil
	}, named("id", q.ID))
	return file, err
}

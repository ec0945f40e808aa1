package metrics

import (
	"context"
	"math"
	"sync"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// The month's cases are few against all there are: they are read one by one,
// once for every question about them (the month's clocks, the month before,
// the officers), which costs less than to have each question planned by the
// engine.

// never is the day of a stamp that is missing: it comes after every as-of day.
const never = calendar.Day(math.MaxInt32)

// request is a PPID request. A stamp after the as-of day has not happened.
type request struct {
	id, opd, officer                         string
	extended, refused, withdrawnFirst        bool
	received, completed, notified, withdrawn calendar.Day
}

// spell is a complaint in the hands of one OPD.
type spell struct {
	id                                                       string
	number                                                   uint16
	opd, officer, kind                                       string
	handedOn                                                 bool // another spell follows
	submitted, verified, assigned, responded, resolved, left calendar.Day
}

// caseRows holds the cases of a month and the one before, read when first
// asked for.
type caseRows struct {
	mu          sync.Mutex
	first, last calendar.Day
	asked       struct{ requests, spells bool }
	requests    []request
	spells      []spell
}

// requests are those whose clock can start in the month or the one before.
func (s *snapshot) requests(ctx context.Context) ([]request, error) {
	rows := s.cases
	rows.mu.Lock()
	defer rows.mu.Unlock()
	if rows.asked.requests {
		return rows.requests, nil
	}
	var list []request
	err := s.each(ctx, "requests", rollupPPID, func(r driver.Rows) error {
		var c request
		var day [4]int32
		if err := r.Scan(&c.id, &c.opd, &c.officer, &c.extended, &c.refused, &c.withdrawnFirst, &day[0], &day[1], &day[2], &day[3]); err != nil {
			return err
		}
		c.received, c.completed, c.notified, c.withdrawn = calendar.Day(day[0]), calendar.Day(day[1]), calendar.Day(day[2]), calendar.Day(day[3])
		list = append(list, c)
		return nil
	}, named("first", rows.first), named("last", rows.last))
	if err != nil {
		return nil, err // whoever asks next tries again: this asker may just have been cancelled
	}
	rows.requests, rows.asked.requests = list, true
	return list, nil
}

// spells are those that can start in the month or the one before.
func (s *snapshot) spells(ctx context.Context) ([]spell, error) {
	rows := s.cases
	rows.mu.Lock()
	defer rows.mu.Unlock()
	if rows.asked.spells {
		return rows.spells, nil
	}
	var list []spell
	err := s.each(ctx, "spells", rollupComplaints, func(r driver.Rows) error {
		var c spell
		var handedOn uint8
		var day [6]int32
		if err := r.Scan(&c.id, &c.number, &c.opd, &c.officer, &c.kind, &handedOn, &day[0], &day[1], &day[2], &day[3], &day[4], &day[5]); err != nil {
			return err
		}
		c.handedOn = handedOn != 0
		c.submitted, c.verified, c.assigned = calendar.Day(day[0]), calendar.Day(day[1]), calendar.Day(day[2])
		c.responded, c.resolved, c.left = calendar.Day(day[3]), calendar.Day(day[4]), calendar.Day(day[5])
		list = append(list, c)
		return nil
	}, named("first", rows.first), named("last", rows.last))
	if err != nil {
		return nil, err
	}
	rows.spells, rows.asked.spells = list, true
	return list, nil
}

// happened reports whether a stamp lies by the as-of day.
func (s *snapshot) happened(d calendar.Day) bool { return d <= s.asOf }

// inMonth reports whether a day is one of the month's that have come.
func (s *snapshot) inMonth(d calendar.Day) bool { return d >= s.from && d <= s.to }

// followed is a case of the month's cohort under a clock.
type followed struct {
	outcome     outcome
	start, stop calendar.Day // stop is never while there is none
	until       calendar.Day // the stop, the day it left, or the as-of day
}

// follow settles what became of a case by the as-of day.
func (s *snapshot) follow(start, stop, left calendar.Day) followed {
	c := followed{outcome: open, start: start, stop: never, until: s.asOf}
	if s.happened(stop) {
		c.outcome, c.stop, c.until = stopped, stop, stop
	}
	if s.happened(left) {
		c.outcome, c.until = excluded, left
	}
	return c
}

// inconsistent reports a stop stamped before the start.
func (c followed) inconsistent() bool { return c.stop < c.start }

// request follows a request; ok is false for one that is not of the month's
// cohort.
func (s *snapshot) request(r request) (c followed, ok bool) {
	if !s.happened(r.received) {
		return c, false
	}
	start, left := r.received, r.withdrawn
	if s.happened(r.completed) {
		start = r.completed
	}
	if s.happened(r.notified) && !r.withdrawnFirst {
		left = never
	}
	return s.follow(start, r.notified, left), s.inMonth(start)
}

// begun reports whether the OPD of a spell had the complaint by the as-of day,
// and since when.
func (s *snapshot) begun(c spell) (start calendar.Day, ok bool) {
	switch {
	case !s.happened(c.submitted) || c.number > 1 && !s.happened(c.assigned):
		return 0, false
	case s.happened(c.assigned):
		return c.assigned, true
	case s.happened(c.verified):
		return c.verified, true
	}
	return c.submitted, true
}

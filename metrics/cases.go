package metrics

import (
	"slices"

	"gaung/metrics/stats"
)

const (
	// minCases is how many cases an OPD needs to be ranked.
	minCases = 5
	// horizonDays is where the restricted mean wait ends, in working days.
	horizonDays = 30
)

// outcome is what became of a case by the as-of day.
type outcome string

const (
	stopped  outcome = "stopped"
	open     outcome = "open"
	excluded outcome = "excluded" // withdrawn by the citizen, or not this OPD's
)

// tally collects the cases of one OPD, or of a region, under one clock.
type tally struct {
	CaseCounts
	waits stats.Waiting
}

// add counts n cases that had waited the given working days when they were
// stopped, left, or were looked at.
func (t *tally) add(o outcome, days, limit, n int) {
	switch o {
	case excluded:
		t.Excluded += n
	case stopped:
		if days <= limit {
			t.OnTime += n
		} else {
			t.Late += n
		}
	case open:
		if days <= limit {
			t.Pending += n
		} else {
			t.Late += n
		}
	}
	if o == stopped {
		t.waits.AddEvent(days, n)
	} else {
		t.waits.AddCensored(days, n)
	}
}

// tallies is a tally per OPD code; "" stands for the OPD nobody could name.
type tallies map[string]*tally

func (t tallies) of(opd string) *tally {
	if t[opd] == nil {
		t[opd] = &tally{}
	}
	return t[opd]
}

// total adds up the counts of every OPD, the unknown one included.
func (t tallies) total() CaseCounts {
	var sum CaseCounts
	for _, c := range t {
		sum.OnTime += c.OnTime
		sum.Late += c.Late
		sum.Pending += c.Pending
		sum.Excluded += c.Excluded
	}
	return sum
}

// codes lists the known OPD in order, so that sums do not depend on chance.
func (t tallies) codes() []string {
	var codes []string
	for code := range t {
		if code != "" {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// caseRow measures one OPD's cases. What is not known stays nil.
func caseRow(code, name string, t *tally) CaseOPD {
	row := CaseOPD{OPD: code, Name: name, N: t.waits.N(), CaseCounts: t.CaseCounts}
	judged := t.OnTime + t.Late
	if i, ok := stats.Wilson(t.OnTime, judged); ok {
		share := float64(t.OnTime) / float64(judged)
		row.OnTimeShare, row.OnTimeLow, row.OnTimeHigh = &share, &i.Low, &i.High
	}
	if day, ok := t.waits.Median(); ok {
		median := float64(day)
		row.MedianWD = &median
	}
	if r, ok := t.waits.RestrictedMean(horizonDays); ok {
		row.RMSTWD, row.RMSTIsBound = &r.Area, &r.Bound
	}
	if mean, ok := t.waits.MeanEnded(); ok {
		row.MeanClosedWD = &mean
	}
	return row
}

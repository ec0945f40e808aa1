package metrics

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gaung/metrics/calendar"
)

// soonDays is how far the due-soon list looks ahead, in calendar days.
const soonDays = 7

// DueList is the open cases of a region that are due within seven calendar
// days of the as-of day (that day itself included) and those past their due
// day, whatever month they belong to, the most pressing first. A clock on its
// due day is not late yet. Unknown lists open cases whose due day cannot be
// told, with the reason.
type DueList struct {
	Region  string        `json:"region"`
	AsOf    string        `json:"as_of"`
	Overdue []DueCase     `json:"overdue"`
	Soon    []DueCase     `json:"soon"`
	Unknown []UnknownCase `json:"unknown"`
}

// DueCase is one clock that runs. Dates are local days.
type DueCase struct {
	CaseRef
	From  string `json:"from"` // the day the clock started
	Due   string `json:"due"`
	Limit int    `json:"limit"` // working days
	// DaysLeft is calendar days from the as-of day to the due day, negative
	// when it is over; DaysUsed is working days from the start to the as-of day.
	DaysLeft int `json:"days_left"`
	DaysUsed int `json:"days_used"`
}

// CaseRef names a case under a clock. ID is the registration number of a
// request, the number of an objection or the tracking id of a complaint; OPD
// is "" where nobody could name it.
type CaseRef struct {
	Rule     string `json:"rule"`
	Kind     string `json:"kind"` // of the complaint, for complaint-resolve
	ID       string `json:"id"`
	OPD      string `json:"opd"`
	Name     string `json:"name"`
	Officer  string `json:"officer"` // person id
	Extended bool   `json:"extended"`
}

// UnknownCase is an open case whose due day cannot be told.
type UnknownCase struct {
	CaseRef
	From string `json:"from"`
	Why  string `json:"why"` // in Indonesian
}

// DueList lists what is due and overdue on the as-of day of the query. The
// month of the query serves its default as-of day alone. Errors are those of
// [Metrics.Report].
func (m *Metrics) DueList(ctx context.Context, q Query) (*DueList, error) {
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	j, err := s.judging(ctx, m)
	if err != nil {
		return nil, err
	}
	clocks, err := s.caseClocks(ctx, everyDay[0], everyDay[1], true)
	if err != nil {
		return nil, err
	}
	out := &DueList{Region: q.Region.Code, AsOf: s.asOf.String(), Overdue: []DueCase{}, Soon: []DueCase{}, Unknown: []UnknownCase{}}
	for _, c := range clocks {
		if !s.scope.shows(c.opd) {
			continue
		}
		found, err := c.judge(j.book, j.calendar)
		if why, ok := unjudged(err); ok {
			out.Unknown = append(out.Unknown, UnknownCase{c.ref(j.agencies), c.start.String(), why})
			continue
		}
		if err != nil {
			return nil, err
		}
		row := DueCase{
			CaseRef: c.ref(j.agencies), From: c.start.String(), Due: found.due.String(), Limit: found.limit,
			DaysLeft: found.due.Sub(s.asOf), DaysUsed: found.used,
		}
		switch {
		case found.state == StateLate:
			out.Overdue = append(out.Overdue, row)
		case row.DaysLeft <= soonDays:
			out.Soon = append(out.Soon, row)
		}
	}
	slices.SortFunc(out.Overdue, compareDue)
	slices.SortFunc(out.Soon, compareDue)
	slices.SortFunc(out.Unknown, func(x, y UnknownCase) int {
		return cmp.Or(strings.Compare(x.From, y.From), x.CaseRef.compare(y.CaseRef))
	})
	return out, nil
}

// compareDue puts what is due first before the rest.
func compareDue(x, y DueCase) int {
	return cmp.Or(strings.Compare(x.Due, y.Due), x.CaseRef.compare(y.CaseRef))
}

func (c CaseRef) compare(o CaseRef) int {
	return cmp.Or(strings.Compare(c.Rule, o.Rule), strings.Compare(c.ID, o.ID), strings.Compare(c.OPD, o.OPD))
}

func (c caseClock) ref(a *agencies) CaseRef {
	return CaseRef{Rule: c.rule, Kind: c.kind, ID: c.id, OPD: c.opd, Name: a.name(c.opd), Officer: c.officer, Extended: c.extended}
}

// judging is what it takes to judge a case.
type judging struct {
	book     ruleBook
	calendar *calendar.Calendar
	agencies *agencies
}

func (s *snapshot) judging(ctx context.Context, m *Metrics) (j judging, err error) {
	code := s.query.Region.Code
	err = together(ctx,
		func(ctx context.Context) (err error) { j.calendar, err = m.holidays(ctx, code); return err },
		func(ctx context.Context) (err error) { j.book, err = m.rules(ctx, code); return err },
		func(ctx context.Context) (err error) { j.agencies, err = s.agencies(ctx); return err },
	)
	return j, err
}

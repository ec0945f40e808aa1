package metrics

import (
	"context"
	"errors"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// caseClock is one clock of one case, seen from the as-of day: it has stopped
// or still runs, and ran until the day ranTo.
type caseClock struct {
	rule, kind, opd, id, officer string
	extended, stopped            bool
	start, ranTo                 calendar.Day
}

// caseClocks reads the clocks that had started by the as-of day and ran at
// some time in the days given. Cases that have left their OPD have none.
func (s *snapshot) caseClocks(ctx context.Context, first, last calendar.Day, onlyOpen bool) ([]caseClock, error) {
	var out []caseClock
	err := s.each(ctx, "caseClocks", "", func(r driver.Rows) error {
		var c caseClock
		var start, ranTo int32
		if err := r.Scan(&c.rule, &c.kind, &c.opd, &c.id, &c.officer, &c.extended, &start, &c.stopped, &ranTo); err != nil {
			return err
		}
		c.start, c.ranTo = calendar.Day(start), calendar.Day(ranTo)
		out = append(out, c)
		return nil
	}, named("ppid", s.generations[rollupPPID]), named("objections", s.generations[rollupObjections]),
		named("complaints", s.generations[rollupComplaints]), named("first", first), named("last", last), named("only_open", onlyOpen))
	return out, err
}

// everyDay is a span that holds every day the warehouse can.
var everyDay = [2]calendar.Day{0, calendar.Date(2299, 12, 31)}

// judged is a clock under a rule and a calendar.
type judged struct {
	rule  rule
	limit int
	due   calendar.Day
	used  int // working days it has run
	state CaseState
}

// CaseState says where a clock stands on the as-of day.
type CaseState string

// The states of a clock, as in the counts of the report.
const (
	StateOnTime   CaseState = "on_time"
	StateLate     CaseState = "late"
	StatePending  CaseState = "pending"
	StateExcluded CaseState = "excluded"
)

// judge applies the rule in force on the day the clock started. The error is a
// *UserError without such a rule, and a *calendar.YearUnknownError where the
// days run into a year without holidays on record.
func (c caseClock) judge(book ruleBook, cal *calendar.Calendar) (judged, error) {
	r, err := book.at(c.rule, c.kind, c.start)
	if err != nil {
		return judged{}, err
	}
	j := judged{rule: r, limit: r.limitFor(c.extended)}
	if j.due, err = cal.Due(c.start, j.limit); err != nil {
		return judged{}, err
	}
	if j.used, err = cal.Between(c.start, c.ranTo); err != nil {
		return judged{}, err
	}
	switch {
	case j.used > j.limit:
		j.state = StateLate
	case c.stopped:
		j.state = StateOnTime
	default:
		j.state = StatePending
	}
	return j, nil
}

// unjudged is why a clock cannot be judged, in words for a person; ok is false
// for any other failure.
func unjudged(err error) (why string, ok bool) {
	var user *UserError
	var unknown *calendar.YearUnknownError
	if errors.As(err, &user) || errors.As(err, &unknown) {
		return err.Error(), true
	}
	return "", false
}

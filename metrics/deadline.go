package metrics

import (
	"context"
	"strconv"
	"strings"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// DeadlineQuery asks when a case is due.
type DeadlineQuery struct {
	// Rule is ppid, objection, complaint-verify, complaint-first-response or
	// complaint-resolve. The last needs Kind, or the kind as a suffix:
	// complaint-resolve-information or complaint-resolve:information.
	Rule string
	// Kind is information, aspiration, complaint or supervision.
	Kind string
	// From is the local day on which the clock started.
	From calendar.Day
	// Extended asks for the longer limit of an extended case.
	Extended bool
	// AsOf is the day to judge the case on, if AsOfSet.
	AsOf    calendar.Day
	AsOfSet bool
	// Region decides on regional holidays and rules. Its zero value means the
	// national ones alone.
	Region region.Region
}

// Deadline is a due date with its day-by-day ledger. Days are local dates.
type Deadline struct {
	Rule     string        `json:"rule"`
	From     string        `json:"from"`
	Limit    int           `json:"limit"` // working days
	Due      string        `json:"due"`
	Ledger   []LedgerEntry `json:"ledger"`
	Extended bool          `json:"extended"`
	Law      string        `json:"law"`
	AsOf     *string       `json:"as_of,omitempty"`
	State    *string       `json:"state,omitempty"`     // pending or late at AsOf, for a case still open
	DaysUsed *int          `json:"days_used,omitempty"` // working days from From to AsOf
}

// Deadline works out a due date: the day d with wd(from, d) = limit, by the
// rule in force on the day the clock started. The ledger has one line for each
// calendar day after that, to the due date, or to the as-of day if that is
// later. Errors are *UserError for an unknown rule, an extension the rule does
// not know, an as-of day before the start, and a year without holidays.
func (m *Metrics) Deadline(ctx context.Context, q DeadlineQuery) (*Deadline, error) {
	name, kind, err := ruleName(q.Rule, q.Kind)
	if err != nil {
		return nil, err
	}
	if err := checkDay(phrase("tanggal mulai"), q.From); err != nil {
		return nil, err
	}
	if q.AsOfSet {
		if err := checkDay(phrase("tanggal keadaan"), q.AsOf); err != nil {
			return nil, err
		}
		if q.AsOf < q.From {
			return nil, userError(BadValue, "tanggal keadaan {1} mendahului tanggal mulai {2}", q.AsOf, q.From)
		}
	}
	book, err := m.rules(ctx, q.Region.Code)
	if err != nil {
		return nil, err
	}
	rule, err := book.at(name, kind, q.From)
	if err != nil {
		return nil, err
	}
	if q.Extended && rule.extended == nil {
		return nil, userError(BadValue, "aturan {1} tidak mengenal perpanjangan; ulangi tanpa perpanjangan", q.Rule)
	}
	cal, err := m.holidays(ctx, q.Region.Code)
	if err != nil {
		return nil, err
	}
	d, err := deadline(cal, rule, q)
	return d, forUser(err)
}

// deadline counts the days.
func deadline(cal *calendar.Calendar, r rule, q DeadlineQuery) (*Deadline, error) {
	d := &Deadline{
		Rule:     q.Rule,
		From:     q.From.String(),
		Limit:    r.limitFor(q.Extended),
		Extended: q.Extended,
		Law:      r.basis(),
	}
	due, err := cal.Due(q.From, d.Limit)
	if err != nil {
		return nil, err
	}
	d.Due = due.String()
	until := due
	if q.AsOfSet {
		used, err := cal.Between(q.From, q.AsOf)
		if err != nil {
			return nil, err
		}
		asOf, state := q.AsOf.String(), "pending"
		if used > d.Limit {
			state = "late"
		}
		d.AsOf, d.State, d.DaysUsed = &asOf, &state, &used
		until = max(due, q.AsOf)
	}
	if d.Ledger, err = ledger(cal, r, q.Extended, q.From, until); err != nil {
		return nil, err
	}
	return d, nil
}

// ruleName splits the name of a rule from the kind of complaint.
func ruleName(name, kind string) (string, string, error) {
	if rest, ok := strings.CutPrefix(name, RuleComplaintResolve); ok && rest != "" && (rest[0] == '-' || rest[0] == ':') {
		if kind != "" && kind != rest[1:] {
			return "", "", userError(BadRule, "aturan {1} bertentangan dengan jenis {2}; sebutkan satu saja", strconv.Quote(name), strconv.Quote(kind))
		}
		name, kind = RuleComplaintResolve, rest[1:]
	}
	switch name {
	case RulePPID, RuleObjection, RuleComplaintVerify, RuleComplaintFirstResponse:
		return name, "", nil
	case RuleComplaintResolve:
		switch kind {
		case KindInformation, KindAspiration, KindComplaint, KindSupervision:
			return name, kind, nil
		}
		return "", "", userError(BadRule, "aturan {1} memerlukan jenis: tulis {1}-information, {1}-aspiration, {1}-complaint atau {1}-supervision", RuleComplaintResolve)
	}
	return "", "", userError(BadRule, "aturan tenggat {1} tidak dikenal; pilih ppid, objection, complaint-verify, complaint-first-response, atau complaint-resolve dengan jenisnya", strconv.Quote(name))
}

package metrics

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// The deadline rules of the contract.
const (
	RulePPID                   = "ppid"
	RuleObjection              = "objection"
	RuleComplaintVerify        = "complaint-verify"
	RuleComplaintFirstResponse = "complaint-first-response"
	RuleComplaintResolve       = "complaint-resolve"
)

// The kinds of complaint (PermenPANRB 62/2018): a request for information, an
// aspiration, a complaint without and one with an element of supervision.
const (
	KindInformation = "information"
	KindAspiration  = "aspiration"
	KindComplaint   = "complaint"
	KindSupervision = "supervision"
)

// workingDays is the only unit of a rule there is a clock for.
const workingDays = "working day"

// rule is a row of the rules table.
type rule struct {
	region, name, kind string
	limit              int
	extended           *int
	unit, law, article string
	from               calendar.Day
	until              *calendar.Day
}

// ruleBook is every rule that can apply in a region.
type ruleBook []rule

// rules reads the rules of a region and the national ones.
func (m *Metrics) rules(ctx context.Context, region string) (ruleBook, error) {
	var book ruleBook
	err := each(ctx, m.conn, "rules", func(r driver.Rows) error {
		var row rule
		var limit uint16
		var extended *uint16
		var from int32
		var until *int32
		if err := r.Scan(&row.region, &row.name, &row.kind, &limit, &extended, &row.unit, &row.law, &row.article, &from, &until); err != nil {
			return err
		}
		row.limit = int(limit)
		if extended != nil {
			n := int(*extended)
			row.extended = &n
		}
		row.from, row.until = calendar.Day(from), optionalDay(until)
		book = append(book, row)
		return nil
	}, named("region", region))
	return book, err
}

// at returns the rule in force on a day: the region's own before the national
// one, then the one in force since the latest day.
func (b ruleBook) at(name, kind string, day calendar.Day) (rule, error) {
	var best *rule
	for i := range b {
		r := &b[i]
		if r.name != name || r.kind != kind || r.from > day || (r.until != nil && *r.until < day) {
			continue
		}
		own, bestOwn := r.region != "", best != nil && best.region != ""
		if best == nil || (own && !bestOwn) || (own == bestOwn && r.from > best.from) {
			best = r
		}
	}
	label := name
	if kind != "" {
		label += " (" + kind + ")"
	}
	switch {
	case best == nil:
		return rule{}, userError(BadRule, "tidak ada aturan tenggat {1} yang berlaku pada {2}; lengkapi tabel aturan", label, day)
	case best.unit != workingDays:
		return rule{}, userError(BadRule, "aturan tenggat {1} memakai satuan {2}; yang dikenal hanya hari kerja ({3})", label, strconv.Quote(best.unit), strconv.Quote(workingDays))
	}
	return *best, nil
}

// changes returns the days within (from, to] on which some rule begins, or has
// just ended, in order. Between two of them every rule is the same.
func (b ruleBook) changes(from, to calendar.Day) []calendar.Day {
	var days []calendar.Day
	add := func(d calendar.Day) {
		if d > from && d <= to {
			days = append(days, d)
		}
	}
	for _, r := range b {
		add(r.from)
		if r.until != nil {
			add(r.until.Add(1))
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// limitFor is the limit in working days, the longer one for an extended case
// where the rule knows an extension.
func (r rule) limitFor(extended bool) int {
	if extended && r.extended != nil {
		return *r.extended
	}
	return r.limit
}

// basis names the law and the article.
func (r rule) basis() string { return strings.TrimSpace(r.law + " " + r.article) }

package delivery

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// openCase is a case whose clock is running.
type openCase struct {
	rule, kind, opd, id string
	extended            bool
	start               calendar.Day
}

// longestRule is more calendar days than any rule has; what began before is
// overdue and was told of long ago.
const longestRule = 180

func (m *Measured) openCases(ctx context.Context, r region.Region, today calendar.Day) (list []openCase, err error) {
	text, err := statements.ReadFile("sql/openCases.sql")
	if err != nil {
		return nil, fmt.Errorf("delivery: open cases: %w", err)
	}
	rows, err := m.conn.Query(ctx, string(text), named("region", r.Code), named("today", today.String()), named("first", today.Add(-longestRule).String()))
	if err != nil {
		return nil, fmt.Errorf("delivery: open cases: %w", err)
	}
	defer func() {
		if cerr := rows.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("delivery: open cases: %w", cerr)
		}
	}()
	for rows.Next() {
		var c openCase
		var start int32
		if err := rows.Scan(&c.rule, &c.kind, &c.opd, &c.id, &c.extended, &start); err != nil {
			return nil, fmt.Errorf("delivery: open cases: %w", err)
		}
		c.start = calendar.Day(start)
		list = append(list, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("delivery: open cases: %w", err)
	}
	return list, nil
}

// deadlineOf is where a case stands against its deadline.
type deadlineOf struct {
	due  string
	left int // working days; negative when overdue
}

// due finds the cases that are due within some working days, today included.
func (m *Measured) due(ctx context.Context, r region.Region, report *metrics.Report, today calendar.Day, within int) ([]Alert, error) {
	cases, err := m.openCases(ctx, r, today)
	if err != nil {
		return nil, err
	}
	// Many cases share a rule and a day, and a deadline is asked for once.
	known := map[openCase]*deadlineOf{}
	type soon struct {
		Alert
		left int
	}
	var list []soon
	for _, c := range cases {
		same := openCase{rule: c.rule, kind: c.kind, extended: c.extended, start: c.start}
		d, seen := known[same]
		if !seen {
			if d, err = m.deadline(ctx, r, same, today); err != nil {
				return nil, err
			}
			known[same] = d
		}
		// On the holidays after its due day a case has no day left and is not late yet.
		if d == nil || d.left < 0 || d.left > within || d.due < today.String() {
			continue
		}
		list = append(list, soon{Alert{
			Cause: "due/" + c.rule + "/" + c.opd + "/" + c.id, Period: d.due, Kind: AlertDue, Words: dueWords(c, d, opdName(report, c.opd)),
		}, d.left})
	}
	slices.SortStableFunc(list, func(a, b soon) int { return cmp.Compare(a.left, b.left) })
	alerts := make([]Alert, len(list))
	for i, s := range list {
		alerts[i] = s.Alert
	}
	return alerts, nil
}

// deadline asks when cases like c are due; nil when no rule covers them, such
// as a complaint of a kind nobody knows.
func (m *Measured) deadline(ctx context.Context, r region.Region, c openCase, today calendar.Day) (*deadlineOf, error) {
	d, err := m.metrics.Deadline(ctx, metrics.DeadlineQuery{
		Rule: c.rule, Kind: c.kind, From: c.start, Extended: c.extended, AsOf: today, AsOfSet: true, Region: r,
	})
	var user *metrics.UserError
	if errors.As(err, &user) && user.Kind == metrics.BadRule {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &deadlineOf{d.Due, d.Limit - *d.DaysUsed}, nil
}

var caseWords = map[string]string{
	metrics.RulePPID:                   "Permohonan PPID",
	metrics.RuleObjection:              "Keberatan",
	metrics.RuleComplaintFirstResponse: "Tanggapan pertama pengaduan",
	metrics.RuleComplaintResolve:       "Penyelesaian pengaduan",
}

func dueWords(c openCase, d *deadlineOf, opd string) string {
	if opd == "" {
		opd = "OPD belum dikenal"
	}
	left := "hari ini"
	if d.left > 0 {
		left = wording.Indonesian.Count(d.left) + " hari kerja lagi"
	}
	return caseWords[c.rule] + " " + c.id + ", " + opd + ": jatuh tempo " + wording.Indonesian.Day(d.due) + " (" + left + ")"
}

package metrics

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// answeredFloor is the share of expected polls a source has to answer; below
// it silence says nothing about the OPD.
const answeredFloor = 0.8

// pollCount is how many polls were expected and answered.
type pollCount struct{ expected, answered int }

func (p pollCount) add(o pollCount) pollCount {
	return pollCount{p.expected + o.expected, p.answered + o.answered}
}

// failed reports whether fewer than 80 % were answered. Without an expected
// poll nothing failed.
func (p pollCount) failed() bool {
	return p.expected > 0 && float64(p.answered) < answeredFloor*float64(p.expected)
}

// pollWindow counts the polls of the month and those from its first day to the
// as-of day. The latter stand in where nothing was polled in the month itself:
// data collected afterwards.
type pollWindow struct{ month, late pollCount }

func (w pollWindow) counted() pollCount {
	if w.month.expected > 0 {
		return w.month
	}
	return w.late
}

// sources is what the polls say of every OPD and of every source that failed.
type sources struct {
	byOPD  map[string]pollWindow
	failed []FailedSource
}

// instant writes an instant the way a DateTime64(3, 'UTC') parameter is read.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.000") }

// sources reads the polls.
func (s *snapshot) sources(ctx context.Context) (sources, error) {
	zone := s.query.Region.Zone
	start, end := s.from.Time(zone), s.asOf.End(zone)
	params := []any{
		named("month_start", instant(start)),
		named("month_end", instant(s.to.End(zone))),
		named("as_of_end", instant(end)),
	}
	out := sources{byOPD: map[string]pollWindow{}, failed: []FailedSource{}}
	err := s.each(ctx, "sourcePolls", "", func(r driver.Rows) error {
		var source, opd string
		var n [4]uint64
		if err := r.Scan(&source, &opd, &n[0], &n[1], &n[2], &n[3]); err != nil {
			return err
		}
		w := pollWindow{pollCount{int(n[0]), int(n[1])}, pollCount{int(n[2]), int(n[3])}}
		if opd != "" {
			sum := out.byOPD[opd]
			out.byOPD[opd] = pollWindow{sum.month.add(w.month), sum.late.add(w.late)}
		}
		if c := w.counted(); c.failed() {
			out.failed = append(out.failed, FailedSource{Source: source, OPD: opd, Expected: c.expected, Answered: c.answered})
		}
		return nil
	}, params...)
	if err != nil {
		return sources{}, err
	}
	slices.SortFunc(out.failed, func(a, b FailedSource) int {
		return strings.Compare(a.Source+"\x00"+a.OPD, b.Source+"\x00"+b.OPD)
	})
	return out, s.sourceFailures(ctx, out.failed, params)
}

// sourceFailures fills in since when, and why, the failed sources fail.
func (s *snapshot) sourceFailures(ctx context.Context, failed []FailedSource, params []any) error {
	if len(failed) == 0 {
		return nil
	}
	names := make([]string, len(failed))
	for i, f := range failed {
		names[i] = f.Source
	}
	return s.each(ctx, "sourceFailures", "", func(r driver.Rows) error {
		var source, opd, reason string
		var since time.Time
		if err := r.Scan(&source, &opd, &since, &reason); err != nil {
			return err
		}
		for i := range failed {
			if failed[i].Source == source && failed[i].OPD == opd {
				failed[i].Since, failed[i].Reason = since.UTC(), reason
			}
		}
		return nil
	}, append(params, named("sources", slices.Compact(names)))...)
}

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

func (w pollWindow) add(o pollWindow) pollWindow {
	return pollWindow{w.month.add(o.month), w.late.add(o.late)}
}

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

// sources reads the polls of the month, and why sources failed.
func (s *snapshot) sources(ctx context.Context) (sources, error) {
	list, err := s.polled(ctx, s)
	if err != nil {
		return sources{}, err
	}
	return list[0], s.sourceFailures(ctx, list[0].failed)
}

// pollSpan is the time whose polls a month counts, in milliseconds since 1970:
// from start to before end for the month, to before late for the stand-in.
type pollSpan struct{ start, end, late int64 }

func (s *snapshot) pollSpan() pollSpan {
	zone := s.query.Region.Zone
	return pollSpan{s.from.Time(zone).UnixMilli(), s.to.End(zone).UnixMilli(), s.asOf.End(zone).UnixMilli()}
}

// polled counts the polls of several months of the region in one go; since
// when and why sources failed is left open.
func (s *snapshot) polled(ctx context.Context, months ...*snapshot) ([]sources, error) {
	spans := make([]pollSpan, len(months))
	var bounds []int64
	for i, month := range months {
		spans[i] = month.pollSpan()
		bounds = append(bounds, spans[i].start, spans[i].end, spans[i].late)
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	type key struct{ source, opd string }
	windows := make([]map[key]pollWindow, len(months))
	for i := range windows {
		windows[i] = map[key]pollWindow{}
	}
	err := s.each(ctx, "sourcePolls", "", func(r driver.Rows) error {
		var k key
		var stretch uint32
		var expected, answered uint64
		if err := r.Scan(&k.source, &k.opd, &stretch, &expected, &answered); err != nil {
			return err
		}
		n := pollCount{int(expected), int(answered)}
		at := bounds[stretch-1] // no bound lies between two polls of a stretch
		for i, span := range spans {
			switch {
			case at < span.start || at >= span.late:
				continue
			case at < span.end:
				windows[i][k] = windows[i][k].add(pollWindow{n, n})
			default:
				windows[i][k] = windows[i][k].add(pollWindow{late: n})
			}
		}
		return nil
	}, named("bounds", bounds), named("history_start", millis(bounds[0])), named("as_of_end", millis(bounds[len(bounds)-1])))
	if err != nil {
		return nil, err
	}
	out := make([]sources, len(months))
	for i := range out {
		out[i] = sources{byOPD: map[string]pollWindow{}, failed: []FailedSource{}}
		for k, w := range windows[i] {
			if k.opd != "" {
				out[i].byOPD[k.opd] = out[i].byOPD[k.opd].add(w)
			}
			if c := w.counted(); c.failed() {
				out[i].failed = append(out[i].failed, FailedSource{Source: k.source, OPD: k.opd, Expected: c.expected, Answered: c.answered})
			}
		}
		slices.SortFunc(out[i].failed, func(a, b FailedSource) int {
			return strings.Compare(a.Source+"\x00"+a.OPD, b.Source+"\x00"+b.OPD)
		})
	}
	return out, nil
}

func millis(at int64) string { return instant(time.UnixMilli(at)) }

// sourceFailures fills in since when, and why, the failed sources fail.
func (s *snapshot) sourceFailures(ctx context.Context, failed []FailedSource) error {
	if len(failed) == 0 {
		return nil
	}
	type key struct{ source, opd string }
	index := make(map[key]*FailedSource, len(failed))
	var names []string
	for i := range failed {
		names = append(names, failed[i].Source)
		index[key{failed[i].Source, failed[i].OPD}] = &failed[i]
	}
	zone := s.query.Region.Zone
	return s.each(ctx, "sourceFailures", "", func(r driver.Rows) error {
		var k key
		var reason string
		var since time.Time
		if err := r.Scan(&k.source, &k.opd, &since, &reason); err != nil {
			return err
		}
		if f := index[k]; f != nil {
			f.Since, f.Reason = since.UTC(), reason
		}
		return nil
	}, named("month_start", instant(s.from.Time(zone))), named("as_of_end", instant(s.asOf.End(zone))), named("sources", slices.Compact(names)))
}

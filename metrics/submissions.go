package metrics

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// SubmissionCounts counts drafts by what the editors decided. Acceptance is
// published by decided (published, returned and rejected together): a draft
// that still waits says nothing. It is nil while nothing was decided.
type SubmissionCounts struct {
	Sent       int      `json:"sent"`
	Published  int      `json:"published"`
	Returned   int      `json:"returned"`
	Rejected   int      `json:"rejected"`
	Acceptance *float64 `json:"acceptance"`
	// MedianHoursToDecision is in clock hours, over the decisions with a time.
	MedianHoursToDecision *float64 `json:"median_hours_to_decision"`
}

// Submissions is the drafts sent to the editors in the month, and what was
// decided on them by the as-of day: those of the whole region, of unknown OPD
// too, and those of each OPD, the busiest first.
type Submissions struct {
	SubmissionCounts
	OPD []SubmissionOPD `json:"opd"`
}

// SubmissionOPD is one OPD's drafts.
type SubmissionOPD struct {
	OPD  string `json:"opd"`
	Name string `json:"name"`
	SubmissionCounts
}

// submissions measures the drafts of the month.
func (s *snapshot) submissions(ctx context.Context, a *agencies, doubt *doubts) (*Submissions, error) {
	out := &Submissions{OPD: []SubmissionOPD{}}
	all, each := &drafts{}, map[string]*drafts{}
	err := s.each(ctx, "submissions", rollupSubmissions, func(r driver.Rows) error {
		var opd, decision string
		var sent, decided int64
		var known bool
		var id string
		var day int32
		if err := r.Scan(&opd, &decision, &sent, &decided, &known, &id, &day); err != nil {
			return err
		}
		if !s.scope.shows(opd) {
			return nil
		}
		if !known {
			decision, decided = "", 0 // decided after the as-of day
		}
		if decided != 0 && decided < sent {
			doubt.contradicts(DoubtSubmission, opd, id, calendar.Day(day))
		}
		if each[opd] == nil {
			each[opd] = &drafts{}
		}
		all.add(decision, sent, decided)
		each[opd].add(decision, sent, decided)
		return nil
	})
	out.SubmissionCounts = all.counts()
	for opd, d := range each {
		if opd != "" {
			out.OPD = append(out.OPD, SubmissionOPD{OPD: opd, Name: a.name(opd), SubmissionCounts: d.counts()})
		}
	}
	slices.SortFunc(out.OPD, func(x, y SubmissionOPD) int {
		return cmp.Or(cmp.Compare(y.Sent, x.Sent), byName(x.Name, x.OPD, y.Name, y.OPD))
	})
	return out, err
}

// drafts collects drafts; hours are those from sending to deciding.
type drafts struct {
	SubmissionCounts
	hours []float64
}

// add counts a draft. Instants are milliseconds; a decision without one counts,
// but says nothing about the time it took.
func (d *drafts) add(decision string, sent, decided int64) {
	d.Sent++
	switch decision {
	case "published":
		d.Published++
	case "returned":
		d.Returned++
	case "rejected":
		d.Rejected++
	default:
		return
	}
	if decided != 0 {
		d.hours = append(d.hours, float64(max(decided-sent, 0))/float64(time.Hour/time.Millisecond))
	}
}

// counts is what the drafts say together.
func (d *drafts) counts() SubmissionCounts {
	c := d.SubmissionCounts
	if decided := c.Published + c.Returned + c.Rejected; decided > 0 {
		share := float64(c.Published) / float64(decided)
		c.Acceptance = &share
	}
	c.MedianHoursToDecision = median(d.hours)
	return c
}

// median is the middle value, or the mean of the two in the middle; nil of
// nothing. It puts the values in order.
func median(values []float64) *float64 {
	n := len(values)
	if n == 0 {
		return nil
	}
	slices.Sort(values)
	m := (values[(n-1)/2] + values[n/2]) / 2
	return &m
}

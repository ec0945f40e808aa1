package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// rollupReview is the rollup of what could not be resolved.
const rollupReview = "review"

// The kinds of names under review.
const (
	ReviewOPD    = "opd"
	ReviewPerson = "person"
)

// ReviewItem is a printed name that a person has to decide about.
type ReviewItem struct {
	// Kind is [ReviewOPD] or [ReviewPerson].
	Kind string `json:"kind"`
	UnmatchedText
	// Suggestions are known names near it, the best first, without those that
	// were refused; empty when nothing is near.
	Suggestions []Suggestion `json:"suggestions"`
}

// Suggestion is a known name near a printed one. It is never applied without
// a decision.
type Suggestion struct {
	// Target is the code of the OPD or the id of the person; Name the text
	// that is near.
	Target string `json:"target"`
	Name   string `json:"name"`
	// Score orders suggestions, 0 to 1; Evidence says in Indonesian what is
	// alike and what differs.
	Score    float64 `json:"score"`
	Evidence string  `json:"evidence"`
}

// ReviewQueue lists the printed names that no row could resolve, the most
// frequent first. It is as of the last rebuild of the rollups, which every
// import, pull and decision does.
func (m *Metrics) ReviewQueue(ctx context.Context, reg region.Region) ([]ReviewItem, error) {
	generations, err := m.generations(ctx, reg.Code)
	if err != nil {
		return nil, err
	}
	queue := []ReviewItem{}
	err = each(ctx, m.conn, "reviewQueue", func(r driver.Rows) error {
		var item ReviewItem
		var uses uint64
		var day int32
		var targets, names, evidence []string
		var scores []float64
		if err := r.Scan(&item.Kind, &item.Text, &uses, &day, &item.Places, &item.Example, &targets, &names, &scores, &evidence); err != nil {
			return err
		}
		item.Uses, item.LastDay, item.Suggestions = int(uses), calendar.Day(day).String(), make([]Suggestion, len(targets))
		for i := range targets {
			item.Suggestions[i] = Suggestion{Target: targets[i], Name: names[i], Score: scores[i], Evidence: evidence[i]}
		}
		queue = append(queue, item)
		return nil
	}, named("region", reg.Code), named("generation", generations[rollupReview]))
	return queue, err
}

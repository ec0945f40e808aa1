package pack

import (
	"cmp"
	"fmt"
	"slices"

	"gaung/dashboard/export"
	"gaung/metrics"
)

// year measures the months of the report's year for article 12, and counts
// the reasons of refusals. The sum of the year is the last row.
func (s Source) year() ([]export.YearMonth, []export.Reason, error) {
	list, err := s.Year()
	if err != nil {
		return nil, nil, err
	}
	var months []export.YearMonth
	var all tally
	reasons := map[string]int{}
	for _, month := range list {
		t := tally{}
		err := month.Rows(func(d metrics.Detail) error {
			t.add(d, month.Month)
			all.add(d, month.Month)
			if d.Refused && d.State != "" {
				reasons[d.Reason]++
			}
			return nil
		})
		if err != nil {
			return nil, nil, fmt.Errorf("pack: requests of %s: %w", month.Month, err)
		}
		months = append(months, t.month(month.Month))
	}
	var sorted []export.Reason
	for words, n := range reasons {
		sorted = append(sorted, export.Reason{Words: words, Refused: n})
	}
	slices.SortFunc(sorted, func(a, b export.Reason) int {
		return cmp.Or(cmp.Compare(b.Refused, a.Refused), cmp.Compare(a.Words, b.Words))
	})
	return append(months, all.month("")), sorted, nil
}

// tally adds up the information requests of a month.
type tally struct {
	export.YearMonth
	answered, days int
}

func (t *tally) add(d metrics.Detail, month string) {
	if d.Received != nil && len(d.Received.String()) >= 7 && d.Received.String()[:7] == month {
		t.Received++
	}
	switch d.State {
	case "":
		return // of another month's cohort
	case metrics.DetailExcluded:
		t.Withdrawn++
		return
	case metrics.DetailOnTime:
		t.OnTime++
	case metrics.DetailLate:
		t.Late++
	}
	switch {
	case d.Ended == nil:
		t.Open++
		return
	case d.Refused:
		t.Refused++
	default:
		t.Granted++
	}
	if d.WaitWD != nil {
		t.answered++
		t.days += *d.WaitWD
		if t.LongestWD == nil || *d.WaitWD > *t.LongestWD {
			t.LongestWD = d.WaitWD
		}
	}
}

func (t *tally) month(name string) export.YearMonth {
	m := t.YearMonth
	m.Month = name
	if t.answered > 0 {
		mean := float64(t.days) / float64(t.answered)
		m.MeanWD = &mean
	}
	return m
}

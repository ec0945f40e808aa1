package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// doubts counts, among the cases of the month, those nobody could assign and
// those whose dates contradict each other.
type doubts struct{ unmatchedOPD, inconsistent int }

// quality gathers what stands between the figures and the truth.
func quality(d publicationData, src sources, rejected int, of ...doubts) DataQuality {
	q := DataQuality{RejectedRows: rejected, FailedSources: src.failed}
	for _, doubt := range of {
		q.UnmatchedOPD += doubt.unmatchedOPD
		q.InconsistentDates += doubt.inconsistent
	}
	for _, n := range d.articles {
		q.UnmatchedOPD += n.unmatched
		q.UndatedArticles += n.undated
		q.UnmatchedPeople += n.unknownPeople
	}
	return q
}

// rejectedRows counts the rows that the last run of every file and source
// could not use.
func (s *snapshot) rejectedRows(ctx context.Context) (int, error) {
	var n uint64
	err := s.each(ctx, "rejectedRows", "", func(r driver.Rows) error { return r.Scan(&n) })
	return int(n), err
}

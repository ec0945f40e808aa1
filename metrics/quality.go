package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// doubts counts, among the cases of the month, those nobody could assign and
// those whose dates contradict each other.
type doubts struct {
	unmatchedOPD, inconsistent int
	// rows takes the cases counted; nil where only their number is asked for.
	rows func(Doubt)
}

// unmatched counts a case that nobody could assign.
func (d *doubts) unmatched(kind, id string, start calendar.Day) {
	d.unmatchedOPD++
	d.note(Doubt{Kind: DoubtUnmatchedOPD, Of: kind, ID: id, Day: start})
}

// contradicts counts a case whose dates contradict each other.
func (d *doubts) contradicts(kind, opd, id string, start calendar.Day) {
	d.inconsistent++
	d.note(Doubt{Kind: DoubtInconsistent, Of: kind, OPD: opd, ID: id, Day: start})
}

func (d *doubts) note(row Doubt) {
	if d.rows != nil {
		d.rows(row)
	}
}

// quality gathers what stands between the figures and the truth.
//
// What nobody could assign to an OPD and the rejected rows belong to the region
// whatever the report is restricted to: they may be of any OPD.
func (s *snapshot) quality(d publicationData, src sources, rejected int, of ...doubts) DataQuality {
	q := DataQuality{RejectedRows: rejected, FailedSources: shown(s, src.failed, func(f FailedSource) string { return f.OPD })}
	for _, doubt := range of {
		q.UnmatchedOPD += doubt.unmatchedOPD
		q.InconsistentDates += doubt.inconsistent
	}
	for opd, n := range d.articles {
		q.UnmatchedOPD += n.unmatched
		if !s.scope.shows(opd) {
			continue
		}
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

package metrics

import (
	"strconv"

	"gaung/metrics/calendar"
)

// Comparison says what a period is compared with.
type Comparison string

// The comparisons. The empty one is ComparePrevious.
const (
	// ComparePrevious is the month before, or for any other period the one of
	// the same length that ends the day before it begins.
	ComparePrevious Comparison = "previous"
	// CompareYear is the same calendar days of the year before; 28 February
	// stands in for a 29th that year does not have.
	CompareYear Comparison = "year"
)

// ParseComparison reads a comparison; the empty text is ComparePrevious. The
// error is a *UserError.
func ParseComparison(text string) (Comparison, error) {
	switch c := Comparison(text); c {
	case "", ComparePrevious:
		return ComparePrevious, nil
	case CompareYear:
		return c, nil
	}
	return "", userError(BadValue, "pembanding {1} tidak dikenal; pilih previous (periode sebelumnya) atau year (periode yang sama tahun lalu)", strconv.Quote(text))
}

func (q Query) comparison() Comparison {
	if q.Compare == "" {
		return ComparePrevious
	}
	return q.Compare
}

// earlier is the period the query compares with.
func (q Query) earlier() calendar.Period {
	if q.comparison() == CompareYear {
		return q.Period().YearBefore()
	}
	return q.Period().Before()
}

// Earlier is the query about the period compared with at the same point of its
// life: as many days after its beginning while the period runs, as many after
// its end from then on. Its errors are those of [Metrics.Report].
func (q Query) Earlier() (Query, error) {
	asOf, err := q.asOf()
	if err != nil {
		return q, err
	}
	period, before := q.Period(), q.earlier()
	q = q.In(before)
	q.AsOf, q.AsOfSet = samePoint(period, before, asOf), true
	return q, nil
}

// samePoint is the day on which the earlier period was as old as the period is
// on asOf.
func samePoint(period, earlier calendar.Period, asOf calendar.Day) calendar.Day {
	if asOf > period.Last {
		return earlier.Last.Add(asOf.Sub(period.Last))
	}
	return min(earlier.First.Add(asOf.Sub(period.First)), earlier.Last)
}

// previous is the period compared with, as it stood at the end of its own days
// of grace, or at the present as-of day if that is earlier.
func (s *snapshot) previous() *snapshot {
	p := *s
	p.query = s.query.In(s.query.earlier())
	days := p.period()
	p.asOf = min(days.Last.Add(graceDays), s.asOf)
	p.from, p.to = days.First, min(days.Last, p.asOf)
	p.standings, p.eventRows = &standings{}, &eventRows{}
	if p.from < s.cases.first {
		p.cases = &caseRows{first: p.from, last: p.to} // the days between the two are not needed
	}
	return &p
}

package metrics

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// DoubtKind says which figure of [DataQuality] a [Doubt] is counted in.
type DoubtKind string

// The kinds of doubts.
const (
	DoubtUnmatchedOPD    DoubtKind = "unmatched_opd"
	DoubtUnmatchedPeople DoubtKind = "unmatched_people"
	DoubtUndated         DoubtKind = "undated_articles"
	DoubtInconsistent    DoubtKind = "inconsistent_dates"
)

// What a [Doubt] is of where it is not a case.
const (
	DoubtArticle       = "article"
	DoubtSubmission    = "submission"
	DoubtClarification = "clarification"
)

// Doubt is one row that stands between the figures and the truth: an article,
// or a case by its number.
type Doubt struct {
	Kind DoubtKind `json:"kind"`
	// Of is [DoubtArticle], [CasePPID], [CaseObjection], [CaseComplaint],
	// [DoubtSubmission] or [DoubtClarification].
	Of   string `json:"of"`
	OPD  string `json:"opd"`
	Name string `json:"name"`
	ID   string `json:"id"` // of anything but an article
	// Title, URL and Channel are those of an article.
	Title   string `json:"title"`
	URL     string `json:"url"`
	Channel string `json:"channel"`
	// Day is the local day the row counts by: of publication, of a clock's
	// start, or for an article without a date the one it was first seen on.
	Day calendar.Day `json:"day"`
	// Text is the printed name that nobody knows.
	Text string `json:"text"`
}

// DataDoubts hands the rows behind one figure of the month's data quality to
// emit, articles before cases, by day. An article with two unknown names is two
// rows of [DoubtUnmatchedPeople], as it is in the figure. What nobody could
// assign to an OPD is the region's, whatever the query is restricted to. Rows of
// a closed month are those frozen with its newest edition; of an edition older
// than the freezing of these rows they are today's as they stood on its as-of
// day. Errors are those of
// [Metrics.Report].
func (m *Metrics) DataDoubts(ctx context.Context, q Query, kind DoubtKind, emit func(Doubt) error) error {
	e, err := m.closed(ctx, q)
	if err != nil {
		return err
	}
	if e != nil {
		frozen, err := m.froze(ctx, e, sectionDoubts)
		if err != nil {
			return err
		}
		if frozen {
			return m.frozen(ctx, e, sectionDoubts, []string{string(kind)}, func(_ string, line []byte) error {
				var d Doubt
				if err := json.Unmarshal(line, &d); err != nil {
					return fmt.Errorf("edition %s: %w", e.ID, err)
				}
				return emit(d)
			})
		}
		if q.AsOf, err = parseAsOf(e.Report); err != nil {
			return err
		}
		q.AsOfSet = true
	}
	s, err := m.open(ctx, q)
	if err != nil {
		return err
	}
	return s.doubts(ctx, m, kind, emit)
}

// doubts reads the rows behind a figure of data quality.
func (s *snapshot) doubts(ctx context.Context, m *Metrics, kind DoubtKind, emit func(Doubt) error) error {
	a, err := s.agencies(ctx)
	if err != nil {
		return err
	}
	give := func(d Doubt) error {
		if d.OPD != "" {
			d.Name = a.name(d.OPD)
		}
		return emit(d)
	}
	if kind != DoubtInconsistent {
		if err := s.articleDoubts(ctx, kind, give); err != nil {
			return err
		}
	}
	if kind != DoubtInconsistent && kind != DoubtUnmatchedOPD {
		return nil
	}
	cases, err := s.caseDoubts(ctx, m, a)
	if err != nil {
		return err
	}
	for _, d := range cases {
		if d.Kind != kind {
			continue
		}
		if err := give(d); err != nil {
			return err
		}
	}
	return nil
}

// caseDoubts are the cases that the figures of data quality count, by kind and
// day: noted by what counts them.
func (s *snapshot) caseDoubts(ctx context.Context, m *Metrics, a *agencies) ([]Doubt, error) {
	j, err := s.judging(ctx, m)
	if err != nil {
		return nil, err
	}
	var list []Doubt
	doubt := doubts{rows: func(d Doubt) { list = append(list, d) }}
	c := s.clock(j.book, j.calendar)
	if _, err := s.ppidWaits(ctx, c, &PPID{}, &doubt); err != nil {
		return nil, forUser(err)
	}
	if _, err := s.clarifications(ctx, c, &doubt); err != nil {
		return nil, forUser(err)
	}
	if _, err := s.submissions(ctx, a, &doubt); err != nil {
		return nil, err
	}
	if err := s.objectionCounts(ctx, &PPID{}, &doubt); err != nil {
		return nil, err
	}
	if err := s.complaintDoubts(ctx, &doubt); err != nil {
		return nil, err
	}
	order := []string{CasePPID, CaseObjection, CaseComplaint, DoubtSubmission, DoubtClarification}
	slices.SortStableFunc(list, func(x, y Doubt) int {
		return cmp.Or(slices.Index(order, x.Of)-slices.Index(order, y.Of), cmp.Compare(x.Day, y.Day), strings.Compare(x.ID, y.ID))
	})
	return list, nil
}

// articleDoubts are the articles that [articleCount] counts as doubtful, one by
// one.
func (s *snapshot) articleDoubts(ctx context.Context, kind DoubtKind, emit func(Doubt) error) error {
	return s.each(ctx, "articleDoubts", rollupArticles, func(r driver.Rows) error {
		d := Doubt{Kind: kind, Of: DoubtArticle}
		var day int32
		var undated, unmatched bool
		var people []string
		if err := r.Scan(&d.OPD, &d.Title, &d.URL, &d.Channel, &day, &undated, &unmatched, &people, &d.Text); err != nil {
			return err
		}
		d.Day = calendar.Day(day)
		shown := s.scope.shows(d.OPD)
		switch {
		case undated && kind == DoubtUndated && shown:
			d.Text = ""
			return emit(d)
		case undated:
			return nil // counts for nothing else
		case unmatched && kind == DoubtUnmatchedOPD:
			return emit(d)
		case kind == DoubtUnmatchedPeople && shown:
			for _, d.Text = range people {
				if err := emit(d); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

package metrics

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// RejectedRow is a row of a file or an item of an answer that could not be
// used, with what was wrong in it: Columns, Values and Reasons go together.
type RejectedRow struct {
	Kind string `json:"kind"`
	// Source and Row are those of [RejectedCell].
	Source  string   `json:"source"`
	Row     int      `json:"row"`
	Columns []string `json:"columns"`
	Values  []string `json:"values"`
	// Reasons are Indonesian: what is wrong and how to put it right.
	Reasons    []string  `json:"reasons"`
	RejectedAt time.Time `json:"rejected_at"` // UTC
}

// RejectedRows hands the rows to emit that the last run of every file and source
// could not use, the latest first: what data_quality.rejected_rows counts.
func (m *Metrics) RejectedRows(ctx context.Context, reg region.Region, emit func(RejectedRow) error) error {
	return each(ctx, m.conn, "rejectedRowList", func(r driver.Rows) error {
		var row RejectedRow
		var number uint64
		if err := r.Scan(&row.Kind, &row.Source, &number, &row.Columns, &row.Values, &row.Reasons, &row.RejectedAt); err != nil {
			return err
		}
		row.Row, row.RejectedAt = int(number), row.RejectedAt.UTC()
		return emit(row)
	}, named("region", reg.Code))
}

// NameUse is one row in which an unresolved name stands.
type NameUse struct {
	// Of is [DoubtArticle], [CasePPID], [CaseComplaint] or "event".
	Of string `json:"of"`
	// Place is where the name stands, as in [UnmatchedText].
	Place string `json:"place"`
	OPD   string `json:"opd"`
	Name  string `json:"name"`
	ID    string `json:"id"` // of a case or an event
	// Title and URL are those of an article; an event has a title.
	Title string       `json:"title"`
	URL   string       `json:"url"`
	Day   calendar.Day `json:"day"` // local
}

// NameUses hands the rows to emit in which a name of the review queue stands,
// the latest first: as many as its [UnmatchedText] counts. kind is [ReviewOPD]
// or [ReviewPerson].
func (m *Metrics) NameUses(ctx context.Context, q Query, kind, text string, emit func(NameUse) error) error {
	s, err := m.open(ctx, q)
	if err != nil {
		return err
	}
	a, err := s.agencies(ctx)
	if err != nil {
		return err
	}
	return s.each(ctx, "nameUses", "", func(r driver.Rows) error {
		var u NameUse
		var day int32
		if err := r.Scan(&u.Of, &u.Place, &u.OPD, &u.ID, &u.Title, &u.URL, &day); err != nil {
			return err
		}
		if u.Day = calendar.Day(day); u.OPD != "" {
			u.Name = a.name(u.OPD)
		}
		return emit(u)
	}, named("kind", kind), named("text", text), named("articles", s.generations[rollupArticles]), named("ppid", s.generations[rollupPPID]),
		named("complaints", s.generations[rollupComplaints]), named("agenda", s.generations[rollupAgenda]))
}

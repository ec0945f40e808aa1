package metrics

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/warehouse/region"
)

// Poll is one expected poll of a source, answered or not.
type Poll struct {
	Source string `json:"source"`
	OPD    string `json:"opd"` // that it was booked for: a code, or as configured
	// PolledAt is in UTC.
	PolledAt time.Time `json:"polled_at"`
	Answered bool      `json:"answered"`
	// Skipped polls were left out while the source was left alone after
	// failures.
	Skipped    bool `json:"skipped"`
	HTTPStatus int  `json:"http_status"` // 0 when nothing answered
	// Reason is the code of the failure (docs/DATA.md lists them), empty for a
	// poll that was answered.
	Reason string `json:"reason"`
	// Items is what the answer held, NewItems what was not known before.
	Items    int `json:"items"`
	NewItems int `json:"new_items"`
	// Run is the run that wrote the items, empty for a poll that was skipped;
	// Articles says that they were articles.
	Run      string `json:"run"`
	Articles bool   `json:"articles"`
}

// HealthPolls hands the polls of a source to emit that [Metrics.Health] counts
// at the instant now, the latest first.
func (m *Metrics) HealthPolls(ctx context.Context, reg region.Region, source string, now time.Time, emit func(Poll) error) error {
	since, before := healthWindow(now)
	return m.polls(ctx, emit, named("region", reg.Code), named("source", source), named("since", instant(since)), named("before", instant(before)),
		named("by_opd", false), named("only_opd", ""))
}

// healthWindow is the stretch of time whose polls are counted at an instant:
// from the first instant to before the second.
func healthWindow(now time.Time) (since, before time.Time) {
	return now.AddDate(0, 0, -healthDays), now.Add(time.Millisecond)
}

// FailedPolls hands the polls of a source to emit that a [FailedSource] of the
// report counts, the latest first: those of the period, or those from its first
// day to the as-of day where there are none. Errors are those of
// [Metrics.Report].
func (m *Metrics) FailedPolls(ctx context.Context, q Query, source, opd string, emit func(Poll) error) error {
	e, err := m.closed(ctx, q)
	if err != nil {
		return err
	}
	if e != nil {
		if q.AsOf, err = parseAsOf(e.Report); err != nil {
			return err
		}
		q.AsOfSet = true
	}
	q.Filter = Filter{}
	s, err := m.open(ctx, q)
	if err != nil {
		return err
	}
	span, found := s.pollSpan(), 0
	for _, before := range []int64{span.end, span.late} {
		err := m.polls(ctx, func(p Poll) error { found++; return emit(p) }, named("region", q.Region.Code), named("source", source),
			named("since", millis(span.start)), named("before", millis(before)), named("by_opd", true), named("only_opd", opd))
		if err != nil || found > 0 {
			return err
		}
	}
	return nil
}

func (m *Metrics) polls(ctx context.Context, emit func(Poll) error, params ...any) error {
	return each(ctx, m.conn, "polls", func(r driver.Rows) error {
		var p Poll
		var status, items, found uint32
		var articles uint8
		if err := r.Scan(&p.Source, &p.OPD, &p.PolledAt, &p.Answered, &p.Skipped, &status, &p.Reason, &items, &found, &p.Run, &articles); err != nil {
			return err
		}
		p.PolledAt, p.HTTPStatus, p.Items, p.NewItems, p.Articles = p.PolledAt.UTC(), int(status), int(items), int(found), articles != 0
		return emit(p)
	}, params...)
}

// NewArticle is an article as a poll first brought it.
type NewArticle struct {
	Title string `json:"title"`
	URL   string `json:"url"`
	// Channel is where it stands, PublishedAt when it was published, nil where
	// that was not to be told.
	Channel     string     `json:"channel"`
	PublishedAt *time.Time `json:"published_at"`
}

// NewArticles hands the articles to emit that a run was the first to bring: as
// many as the new items of its [Poll].
func (m *Metrics) NewArticles(ctx context.Context, reg region.Region, run string, emit func(NewArticle) error) error {
	return each(ctx, m.conn, "newArticles", func(r driver.Rows) error {
		var a NewArticle
		if err := r.Scan(&a.Title, &a.URL, &a.Channel, &a.PublishedAt); err != nil {
			return err
		}
		a.PublishedAt = inUTC(a.PublishedAt)
		return emit(a)
	}, named("region", reg.Code), named("run", run))
}

package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
	"gaung/metrics/stats"
)

// changeMonths is how many months a chart looks back: two years.
const changeMonths = 24

// Changes charts the stories of every OPD month by month (XmR) and says which
// of them really changed. Months that look different every time are luck; a
// month outside the limits is not.
type Changes struct {
	Region string      `json:"region"`
	Month  string      `json:"month"`
	AsOf   string      `json:"as_of"`
	Months []string    `json:"months"` // of the points, oldest first; finished months only
	OPD    []ChangeOPD `json:"opd"`    // in order of name
}

// ChangeOPD is one OPD's chart. A point is nil for a month in which the OPD
// did not exist throughout, or its source failed. With fewer than twelve
// points mean, limits and signal are nil.
type ChangeOPD struct {
	OPD    string   `json:"opd"`
	Name   string   `json:"name"`
	Points []*int   `json:"points"` // stories
	N      int      `json:"n"`      // points there are
	Mean   *float64 `json:"mean"`
	Low    *float64 `json:"low"`
	High   *float64 `json:"high"`
	// Signal is about the last month: "naik" above the limits, "turun" below,
	// "tetap" within; nil as well where that month has no point.
	Signal *string `json:"signal"`
}

// Changes charts the two years up to the month, or to the last month that has
// ended by the as-of day. Its errors are those of Report.
func (m *Metrics) Changes(ctx context.Context, q Query) (*Changes, error) {
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	a, err := s.agencies(ctx)
	if err != nil {
		return nil, err
	}
	last := q.Month
	if s.asOf < last.Last() {
		last = last.Add(-1)
	}
	h := history{first: last.Add(1 - changeMonths), last: last}
	if err := s.storyMonths(ctx, &h); err != nil {
		return nil, err
	}
	if err := s.pollMonths(ctx, &h); err != nil {
		return nil, err
	}
	out := &Changes{Region: q.Region.Code, Month: q.Month.String(), AsOf: s.asOf.String(), Months: []string{}, OPD: []ChangeOPD{}}
	for month := h.first; !month.After(h.last); month = month.Add(1) {
		out.Months = append(out.Months, month.String())
	}
	for _, o := range s.listed(a) {
		out.OPD = append(out.OPD, h.chart(o))
	}
	return out, nil
}

// history is what each OPD published in each month, and whether its sources
// were heard.
type history struct {
	first, last calendar.Month
	known       calendar.Day // the first day of any story; nothing is known before
	any         bool
	stories     map[string]map[calendar.Month]int
	polls       map[string]map[calendar.Month]pollCount
}

// chart is one OPD's chart.
func (h history) chart(o agency) ChangeOPD {
	out := ChangeOPD{OPD: o.code, Name: o.name, Points: []*int{}}
	var values []float64
	for month := h.first; !month.After(h.last); month = month.Add(1) {
		point := h.point(o, month)
		out.Points = append(out.Points, point)
		if point != nil {
			values = append(values, float64(*point))
		}
	}
	out.N = len(values)
	c, ok := stats.XmR(values)
	if !ok {
		return out
	}
	low := max(c.Low, 0) // nobody tells fewer than no stories
	out.Mean, out.Low, out.High = &c.Mean, &low, &c.High
	if out.Points[len(out.Points)-1] == nil {
		return out
	}
	signal := map[int]string{1: Rose, -1: Fell, 0: Steady}[c.Signal(values[len(values)-1])]
	out.Signal = &signal
	return out
}

// point is the stories of a month, nil where their number says nothing.
func (h history) point(o agency, month calendar.Month) *int {
	first, last := month.First(), month.Last()
	if !h.any || first < h.known || o.from != nil && *o.from > first || o.until != nil && *o.until < last || h.polls[o.code][month].failed() {
		return nil
	}
	n := h.stories[o.code][month]
	return &n
}

func (s *snapshot) storyMonths(ctx context.Context, h *history) error {
	h.stories = map[string]map[calendar.Month]int{}
	first, err := s.firstStory(ctx)
	if err != nil {
		return err
	}
	if first != nil {
		// A region whose data begin within a month begins to be known there.
		h.known, h.any = calendar.MonthOf(*first).First(), true
	}
	return each(ctx, s.conn, "storyMonths", func(r driver.Rows) error {
		var opd string
		var year, month int32
		var n uint64
		if err := r.Scan(&opd, &year, &month, &n); err != nil {
			return err
		}
		if h.stories[opd] == nil {
			h.stories[opd] = map[calendar.Month]int{}
		}
		h.stories[opd][monthAt(year, month)] = int(n)
		return nil
	}, named("region", s.query.Region.Code), named("generation", s.generations[rollupArticles]),
		named("from", h.first.First()), named("to", h.last.Last()), named("channel", s.query.Filter.Channel))
}

// firstStory is the day of the region's first story, before which nothing is
// known of its publication; nil without any.
func (s *snapshot) firstStory(ctx context.Context) (first *calendar.Day, err error) {
	err = s.each(ctx, "firstStory", rollupArticles, func(r driver.Rows) error {
		var day *int32
		if err := r.Scan(&day); err != nil {
			return err
		}
		first = optionalDay(day)
		return nil
	})
	return first, err
}

func (s *snapshot) pollMonths(ctx context.Context, h *history) error {
	h.polls = map[string]map[calendar.Month]pollCount{}
	zone := s.query.Region.Zone
	return s.each(ctx, "pollMonths", "", func(r driver.Rows) error {
		var opd string
		var year, month int32
		var expected, answered uint64
		if err := r.Scan(&opd, &year, &month, &expected, &answered); err != nil {
			return err
		}
		if h.polls[opd] == nil {
			h.polls[opd] = map[calendar.Month]pollCount{}
		}
		h.polls[opd][monthAt(year, month)] = pollCount{int(expected), int(answered)}
		return nil
	}, named("zone", zone.String()), named("history_start", instant(h.first.First().Time(zone))), named("as_of_end", instant(s.asOf.End(zone))))
}

func monthAt(year, month int32) calendar.Month {
	return calendar.MonthOf(calendar.Date(int(year), 1, 1)).Add(int(month) - 1)
}

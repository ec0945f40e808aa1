package metrics

import (
	"cmp"
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// Agenda says how many announced events of the month became a story of the
// same OPD. Covered is nil while no story has been matched with the agenda:
// never "none".
type Agenda struct {
	Events  int         `json:"events"`
	Covered *int        `json:"covered"`
	OPD     []AgendaOPD `json:"opd"`
}

// AgendaOPD is one OPD's agenda. MedianDaysToPublish is in calendar days from
// the event to its first story, −1 for a story of the day before.
type AgendaOPD struct {
	OPD                 string   `json:"opd"`
	Name                string   `json:"name"`
	Events              int      `json:"events"`
	Covered             *int     `json:"covered"`
	MedianDaysToPublish *float64 `json:"median_days_to_publish"`
}

// matched reports whether stories have been matched with the agenda: somebody
// did it, and there were stories to match.
func (s *snapshot) matched(ctx context.Context) (matched bool, err error) {
	if s.generations[rollupCoverage] == 0 {
		return false, nil
	}
	rows := s.eventRows
	rows.mu.Lock()
	defer rows.mu.Unlock()
	if rows.matched != nil {
		return *rows.matched, nil
	}
	if err = s.each(ctx, "matched", rollupArticles, func(r driver.Rows) error { return r.Scan(&matched) }); err == nil {
		rows.matched = &matched
	}
	return matched, err
}

func (s *snapshot) coverage() any { return named("coverage", s.generations[rollupCoverage]) }

// agenda counts the events of the month that have taken place by the as-of
// day, and the days from events to the month's stories.
func (s *snapshot) agenda(ctx context.Context, a *agencies) (Agenda, EventLag, error) {
	out := Agenda{OPD: []AgendaOPD{}}
	matched, err := s.matched(ctx)
	if err != nil {
		return out, EventLag{}, err
	}
	events, stories, err := s.events(ctx)
	if err != nil {
		return out, EventLag{}, err
	}
	type sum struct {
		events, covered int
		lags            []int32
	}
	total, byOPD := 0, map[string]*sum{}
	for _, e := range events {
		if !s.scope.shows(e.opd) {
			continue
		}
		if byOPD[e.opd] == nil {
			byOPD[e.opd] = &sum{}
		}
		n := byOPD[e.opd]
		n.events++
		if e.stories > 0 {
			n.covered++
			n.lags = append(n.lags, int32(e.first.Sub(e.day)))
		}
	}
	for opd, n := range byOPD {
		out.Events += n.events
		total += n.covered
		if opd == "" {
			continue
		}
		row := AgendaOPD{OPD: opd, Name: a.name(opd), Events: n.events}
		if matched {
			row.Covered, row.MedianDaysToPublish = &n.covered, medianDays(n.lags)
		}
		out.OPD = append(out.OPD, row)
	}
	if matched {
		out.Covered = &total
	}
	slices.SortFunc(out.OPD, func(x, y AgendaOPD) int {
		return cmp.Or(cmp.Compare(y.Events, x.Events), byName(x.Name, x.OPD, y.Name, y.OPD))
	})
	return out, s.eventLag(a, stories), nil
}

func medianDays(days []int32) *float64 {
	values := make([]float64, len(days))
	for i, d := range days {
		values[i] = float64(d)
	}
	return median(values)
}

// AgendaEvent is an announced event and the first story that tells of it.
// Dates are local days.
type AgendaEvent struct {
	ID    string `json:"agenda_id"`
	Date  string `json:"date"`
	OPD   string `json:"opd"`
	Name  string `json:"name"`
	Title string `json:"title"`
	Venue string `json:"venue"`
	// Stories is how many stories tell of the event, nil while none has been
	// matched with the agenda at all.
	Stories *int        `json:"stories"`
	First   *EventStory `json:"first"`
}

// EventStory is a story matched with an event. Similarity is the share of the
// shorter title's words that both titles have.
type EventStory struct {
	Date       string  `json:"date"`
	Title      string  `json:"title"`
	URL        string  `json:"url"`
	Similarity float64 `json:"similarity"`
}

// AgendaList lists the events of the month by day, covered or not: what stands
// behind the figures of [Agenda]. Errors are those of [Metrics.Report].
func (m *Metrics) AgendaList(ctx context.Context, q Query) ([]AgendaEvent, error) {
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	a, err := s.agencies(ctx)
	if err != nil {
		return nil, err
	}
	matched, err := s.matched(ctx)
	if err != nil {
		return nil, err
	}
	out := []AgendaEvent{}
	err = s.each(ctx, "agendaList", rollupAgenda, func(r driver.Rows) error {
		var e AgendaEvent
		var f EventStory
		var day, first int32
		var stories uint64
		if err := r.Scan(&e.ID, &e.OPD, &day, &e.Title, &e.Venue, &stories, &first, &f.Title, &f.URL, &f.Similarity); err != nil {
			return err
		}
		if !s.scope.shows(e.OPD) {
			return nil
		}
		e.Date, e.Name = calendar.Day(day).String(), a.name(e.OPD)
		if matched {
			n := int(stories)
			e.Stories = &n
		}
		if stories > 0 {
			f.Date = calendar.Day(first).String()
			e.First = &f
		}
		out = append(out, e)
		return nil
	}, s.coverage())
	return out, err
}

package metrics

import (
	"context"
	"sync"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// announced is an event of the month's agenda and the stories of it by the
// as-of day.
type announced struct {
	opd     string
	day     calendar.Day
	stories int
	first   calendar.Day // of its first story
}

// told is a story whose event is known; id is empty outside the agenda.
type told struct {
	id, opd    string
	event, day calendar.Day
	authors    []string
}

// eventRows holds the events of a month and the stories of events, read when
// first asked for: they are few, and several questions are asked about them.
type eventRows struct {
	mu      sync.Mutex
	read    bool
	agenda  map[string]*announced
	told    []told
	matched *bool // whether stories have been matched with the agenda
}

// events reads the agenda of the month and the stories told of events.
func (s *snapshot) events(ctx context.Context) (map[string]*announced, []told, error) {
	rows := s.eventRows
	rows.mu.Lock()
	defer rows.mu.Unlock()
	if rows.read {
		return rows.agenda, rows.told, nil
	}
	agenda, err := s.agendaEvents(ctx)
	if err != nil {
		return nil, nil, err
	}
	stories, err := s.toldEvents(ctx)
	if err != nil {
		return nil, nil, err // whoever asks next tries again
	}
	for _, t := range stories {
		e := agenda[t.id]
		if e == nil || !s.tells(t) {
			continue
		}
		if e.stories == 0 || t.day < e.first {
			e.first = t.day
		}
		e.stories++
	}
	rows.agenda, rows.told, rows.read = agenda, stories, true
	return agenda, stories, nil
}

// tells reports whether a story counts for an event of the month's agenda: it
// may stand up to a day before it.
func (s *snapshot) tells(t told) bool {
	return t.id != "" && s.inMonth(t.event) && t.day >= s.from.Add(-1)
}

func (s *snapshot) agendaEvents(ctx context.Context) (map[string]*announced, error) {
	out := map[string]*announced{}
	err := s.each(ctx, "agendaEvents", rollupAgenda, func(r driver.Rows) error {
		var e announced
		var id string
		var day int32
		if err := r.Scan(&id, &e.opd, &day); err != nil {
			return err
		}
		e.day = calendar.Day(day)
		out[id] = &e
		return nil
	})
	return out, err
}

func (s *snapshot) toldEvents(ctx context.Context) ([]told, error) {
	var out []told
	err := s.each(ctx, "toldEvents", rollupCoverage, func(r driver.Rows) error {
		var t told
		var event, day int32
		if err := r.Scan(&t.id, &t.opd, &event, &day, &t.authors); err != nil {
			return err
		}
		t.event, t.day = calendar.Day(event), calendar.Day(day)
		out = append(out, t)
		return nil
	})
	return out, err
}

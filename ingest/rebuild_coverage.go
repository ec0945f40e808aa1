package ingest

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// rebuildCoverage matches the stories with the agenda, both as they were last
// published, and keeps the events that articles date themselves.
func rebuildCoverage(ctx context.Context, job *rebuild) error {
	book, err := job.eventBook(ctx)
	if err != nil {
		return err
	}
	generation, err := job.in.generation(ctx, job.region, "articles")
	if err != nil {
		return err
	}
	out := job.into("story_events", "story_id", "opd", "story_day", "event_day", "agenda_id", "similarity", "title", "url", "authors")
	args := named("region", job.region.Code, "generation", generation, "announcing", slices.Sorted(maps.Keys(book)))
	err = each(ctx, job.in.conn, "coverage_stories", args, func(rows driver.Rows) error {
		var id uint64
		var opd, title, url string
		var day time.Time
		var authors []string
		var eventDay *time.Time
		if err := rows.Scan(&id, &opd, &day, &title, &url, &authors, &eventDay); err != nil {
			return err
		}
		s := told{day: dayNumber(day), words: titleWords(title)}
		if eventDay != nil {
			if n := dayNumber(*eventDay); n <= s.day+eventDaysBefore && n >= s.day-maxEventLag {
				s.eventDay = &n
			}
		}
		event, similarity, ok := book.match(opd, s)
		switch {
		case ok:
			at := time.Unix(event.day*secondsPerDay, 0).UTC()
			return out.add(ctx, job, id, opd, day, at, event.id, similarity, title, url, orEmpty(authors))
		case s.eventDay != nil:
			return out.add(ctx, job, id, opd, day, *eventDay, "", 0.0, title, url, orEmpty(authors))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return out.flush(ctx)
}

const secondsPerDay = 24 * 60 * 60

func (job *rebuild) eventBook(ctx context.Context) (eventBook, error) {
	generation, err := job.in.generation(ctx, job.region, "agenda")
	if err != nil {
		return nil, err
	}
	book := eventBook{}
	args := named("region", job.region.Code, "generation", generation)
	err = each(ctx, job.in.conn, "coverage_agenda", args, func(rows driver.Rows) error {
		var id, opd, title, venue string
		var day time.Time
		if err := rows.Scan(&id, &day, &opd, &title, &venue); err != nil {
			return err
		}
		book.add(opd, newAnnounced(id, dayNumber(day), title, venue))
		return nil
	})
	return book.sorted(), err
}

package main

import (
	"context"
	"time"

	"gaung/ingest/source"
	"gaung/warehouse"
)

// scheduleTick is how often the schedule looks for sources that are due.
const scheduleTick = time.Minute

// pullOnSchedule pulls every source at its own interval until ctx ends. Due
// sources are pulled together, so that the rollups are rebuilt once.
func (p *program) pullOnSchedule(ctx context.Context, w *warehouse.Warehouse, config *source.Config, shown *board) error {
	if len(config.Sources) == 0 {
		p.logger.Info("schedule: no sources are configured; only imports bring data")
		return nil
	}
	in := p.ingester(w, config.Table(), shown)
	next := make(map[string]time.Time, len(config.Sources))
	ticker := time.NewTicker(scheduleTick)
	defer ticker.Stop()
	for {
		if due := dueSources(config.Sources, next, p.now()); len(due) > 0 {
			shown.begin("sumber")
			result, err := in.Pull(ctx, config, due)
			shown.end()
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				// The next tick tries again; what is served meanwhile is old, not wrong.
				p.logger.Error("schedule: pull", "error", err)
			default:
				p.logger.Info("schedule: pulled", "sources", len(due), "failed", result.Failed(), "new", result.Accepted, "updated", result.Updated)
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}

// dueSources names the sources whose time has come and books their next one.
func dueSources(sources []source.Source, next map[string]time.Time, now time.Time) []string {
	var due []string
	for _, s := range sources {
		if at, known := next[s.Name]; known && now.Before(at) {
			continue
		}
		next[s.Name] = now.Add(time.Duration(s.Every))
		due = append(due, s.Name)
	}
	return due
}

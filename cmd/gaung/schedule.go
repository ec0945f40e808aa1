package main

import (
	"context"

	"gaung/ingest/source"
	"gaung/warehouse"
)

// pullOnSchedule pulls every source at its own pace until ctx ends.
func (p *program) pullOnSchedule(ctx context.Context, w *warehouse.Warehouse, config *source.Config, shown *board) error {
	if len(config.Sources) == 0 {
		p.logger.Info("schedule: no sources are configured; only imports bring data")
		return nil
	}
	return p.ingester(w, config.Table(), scheduled{shown}).Keep(ctx, config)
}

// scheduled shows every stage of the schedule's work as a piece of work of its
// own: between the polls nothing is going on.
type scheduled struct{ *board }

// Start implements ingest.Progress.
func (s scheduled) Start(label string, total int) {
	s.begin("")
	s.board.Start(label, total)
}

// Done implements ingest.Progress.
func (s scheduled) Done(summary string) {
	s.board.Done(summary)
	s.end()
}

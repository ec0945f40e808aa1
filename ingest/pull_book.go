package ingest

import (
	"context"
	"errors"
	"sync"
)

// pullBook collects what is to be booked of the sources that had nothing new:
// most of them, most of the time. They are booked together at the end of the
// pull; a source that brought something is booked at once. If the program dies
// before, those polls were never made, and are made again.
type pullBook struct {
	in *Ingester

	mu                  sync.Mutex
	runs, polls, states [][]any
}

// add notes a run, its poll and, unless it stayed the same, its state (nil).
func (b *pullBook) add(run, poll, state []any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.runs, b.polls = append(b.runs, run), append(b.polls, poll)
	if state != nil {
		b.states = append(b.states, state)
	}
}

// write books everything, also after the pull was called off: these sources
// have answered.
func (b *pullBook) write(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	var failures []error
	for _, table := range []struct {
		into insertion
		rows [][]any
	}{{insertPoll, b.polls}, {insertState, b.states}, {insertRun, b.runs}} {
		if len(table.rows) > 0 {
			failures = append(failures, insert(ctx, b.in.conn, table.into, table.rows...))
		}
	}
	return errors.Join(failures...)
}

package warehouse

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// resumeTimeout is how long letting the engine merge again may take.
const resumeTimeout = 30 * time.Second

// PauseMerges keeps the embedded engine from merging parts of the tables until
// resume is called: a large import writes parts faster than they are worth
// merging, and would share the processors with merges that the next packet
// makes pointless. resume works after ctx has ended, and more than once. An
// engine that stops before it forgets the pause.
//
// A server is left alone: it has other users, and merges in its own time.
func (w *Warehouse) PauseMerges(ctx context.Context, tables ...string) (resume func() error, err error) {
	if !w.Embedded() {
		return func() error { return nil }, nil
	}
	resume = sync.OnceValue(func() error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), resumeTimeout)
		defer cancel()
		return w.merges(ctx, "START", tables)
	})
	if err := w.merges(ctx, "STOP", tables); err != nil {
		return nil, errors.Join(err, resume())
	}
	return resume, nil
}

func (w *Warehouse) merges(ctx context.Context, order string, tables []string) error {
	var failed []error
	for _, table := range tables {
		if !identifier.MatchString(table) {
			return fmt.Errorf("warehouse: %q is no name of a table", table)
		}
		if err := w.conn.Exec(ctx, "SYSTEM "+order+" MERGES "+table); err != nil {
			failed = append(failed, fmt.Errorf("warehouse: %s merges of %s: %w", order, table, err))
		}
	}
	return errors.Join(failed...)
}

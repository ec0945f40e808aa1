package ingest

import (
	"context"
	"time"
)

// rollupWriter collects rows of one rollup table and sends them in batches,
// one at a time, while the next is collected.
type rollupWriter struct {
	conn *store
	into insertion
	rows [][]any
	sent chan error // of the batch on its way; nil when there is none
}

func (job *rebuild) into(table string, columns ...string) *rollupWriter {
	return &rollupWriter{conn: job.in.conn, into: insertInto(table, append([]string{"region", "generation"}, columns...)...)}
}

func (w *rollupWriter) add(ctx context.Context, job *rebuild, values ...any) error {
	row := make([]any, 0, len(values)+2)
	w.rows = append(w.rows, append(append(row, job.region.Code, job.generation), values...))
	if len(w.rows) < batchRows {
		return nil
	}
	return w.send(ctx)
}

// send starts sending what was collected, once the batch before it is sent.
func (w *rollupWriter) send(ctx context.Context) error {
	if err := w.wait(); err != nil || len(w.rows) == 0 {
		return err
	}
	rows, sent := w.rows, make(chan error, 1)
	w.rows, w.sent = make([][]any, 0, batchRows), sent
	go func() { sent <- insert(ctx, w.conn, w.into, rows...) }()
	return nil
}

func (w *rollupWriter) wait() error {
	if w.sent == nil {
		return nil
	}
	err := <-w.sent
	w.sent = nil
	return err
}

// flush sends everything and waits until it is stored.
func (w *rollupWriter) flush(ctx context.Context) error {
	if err := w.send(ctx); err != nil {
		return err
	}
	return w.wait()
}

// local is the instant in the region's zone.
func (job *rebuild) local(t time.Time) time.Time { return t.In(job.region.Zone) }

// day is the region's calendar day of an instant, as midnight UTC, the form
// in which the driver writes a Date32.
func (job *rebuild) day(t time.Time) time.Time {
	y, m, d := job.local(t).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func (job *rebuild) optionalDay(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	day := job.day(*t)
	return &day
}

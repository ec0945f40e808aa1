package ingest

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// rollupWriter collects rows of one rollup table and sends them in batches.
type rollupWriter struct {
	conn      driver.Conn
	statement string
	rows      [][]any
}

func (job *rebuild) into(table string, columns ...string) *rollupWriter {
	return &rollupWriter{conn: job.in.conn, statement: insertInto(table, append([]string{"region", "generation"}, columns...)...)}
}

func (w *rollupWriter) add(ctx context.Context, job *rebuild, values ...any) error {
	w.rows = append(w.rows, append([]any{job.region.Code, job.generation}, values...))
	if len(w.rows) < batchRows {
		return nil
	}
	return w.flush(ctx)
}

func (w *rollupWriter) flush(ctx context.Context) error {
	if len(w.rows) == 0 {
		return nil
	}
	err := insert(ctx, w.conn, w.statement, w.rows...)
	w.rows = w.rows[:0]
	return err
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

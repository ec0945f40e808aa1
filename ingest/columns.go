package ingest

import (
	"context"

	columns "github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// columnWriter collects rows of one rollup table column by column and sends
// them in batches. It is for tables with a row per article: values that stand
// in typed lists cost neither memory of their own nor a look at their type.
// It is not safe for concurrent use; several may fill one table.
type columnWriter struct {
	job     *rebuild
	into    insertion
	columns []batchColumn
	rows    int
}

// batchColumn is the values of one column of the next batch.
type batchColumn interface {
	send(to driver.BatchColumn, texts *columns.String) error
	reset()
}

// columnsInto is [rebuild.into] for lists; names and columns go in pairs.
func (job *rebuild) columnsInto(table string, pairs ...namedColumn) *columnWriter {
	w := &columnWriter{job: job}
	names := []string{"region", "generation"}
	for _, p := range pairs {
		names, w.columns = append(names, p.name), append(w.columns, p.column)
	}
	w.into = insertInto(table, names...)
	return w
}

type namedColumn struct {
	name   string
	column batchColumn
}

// added counts a row, all of whose values were added, and sends a full batch.
func (w *columnWriter) added(ctx context.Context) error {
	if w.rows++; w.rows < batchRows {
		return nil
	}
	return w.flush(ctx)
}

// flush sends what was collected and waits until it is stored.
func (w *columnWriter) flush(ctx context.Context) error {
	if w.rows == 0 {
		return nil
	}
	err := w.job.in.conn.fill(ctx, w.into, func(i int, to driver.BatchColumn, texts *columns.String) error {
		switch i {
		case 0:
			return to.Append(repeated(w.job.region.Code, w.rows))
		case 1:
			return to.Append(repeated(w.job.generation, w.rows))
		}
		return w.columns[i-2].send(to, texts)
	})
	w.rows = 0
	for _, c := range w.columns {
		c.reset()
	}
	return err
}

func repeated[T any](value T, n int) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = value
	}
	return list
}

// values are those of a column whose type the driver takes in lists.
type values[T any] struct{ list []T }

func (v *values[T]) add(value T) { v.list = append(v.list, value) }

func (v *values[T]) send(to driver.BatchColumn, texts *columns.String) error {
	if list, ok := any(v.list).([]string); ok && texts != nil {
		size := 0
		for _, text := range list {
			size += len(text)
		}
		if err := reserve(texts, size); err != nil {
			return err
		}
	}
	return to.Append(v.list)
}

func (v *values[T]) reset() {
	clear(v.list) // texts of a sent batch need not be kept
	v.list = v.list[:0]
}

// arrays are the values of an Array(String) column; every one is a []string,
// which the driver takes one at a time.
type arrays struct{ list []any }

func (a *arrays) add(value any) { a.list = append(a.list, value) }

func (a *arrays) send(to driver.BatchColumn, _ *columns.String) error {
	for _, value := range a.list {
		if err := to.AppendRow(value); err != nil {
			return err
		}
	}
	return nil
}

func (a *arrays) reset() {
	clear(a.list)
	a.list = a.list[:0]
}

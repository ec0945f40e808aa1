package ingest

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"golang.org/x/sync/errgroup"
)

// aheadRows is how many rows are handed on together.
const aheadRows = 1000

// eachAhead is [each] for many rows whose use is work: while one processor uses
// rows, another scans those that follow.
func eachAhead[T any](ctx context.Context, conn driver.Conn, name string, args []any, scan func(driver.Rows, *T) error, use func(*T) error) error {
	stages, ctx := errgroup.WithContext(ctx)
	chunks := make(chan []T, 2)
	stages.Go(func() error {
		defer close(chunks)
		chunk := make([]T, 0, aheadRows)
		err := each(ctx, conn, name, args, func(rows driver.Rows) error {
			chunk = append(chunk, *new(T))
			if err := scan(rows, &chunk[len(chunk)-1]); err != nil {
				return err
			}
			if len(chunk) < aheadRows {
				return nil
			}
			full := chunk
			chunk = make([]T, 0, aheadRows)
			return send(ctx, chunks, full)
		})
		if err != nil {
			return err
		}
		return send(ctx, chunks, chunk)
	})
	stages.Go(func() error {
		for chunk := range chunks {
			for i := range chunk {
				if err := use(&chunk[i]); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return stages.Wait()
}

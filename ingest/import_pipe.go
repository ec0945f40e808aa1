package ingest

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"

	"gaung/ingest/table"
)

// rows moves the rows of the file through four stages that work side by
// side: reading, parsing, booking, writing. Each hands its work on in the
// order of the file, and no stage is more than a packet ahead of the next, so
// that memory does not grow with the file.
func (r *importRun) rows(ctx context.Context) error {
	stages, ctx := errgroup.WithContext(ctx)
	read := make(chan []*parsedRow, 1)
	parsed := make(chan []*parsedRow)
	packets := make(chan packet)
	var used sync.Pool
	stages.Go(func() error {
		defer close(read)
		return r.readRows(ctx, &used, read)
	})
	stages.Go(func() error {
		defer close(parsed)
		for piece := range read {
			r.parseAll(piece)
			if err := send(ctx, parsed, piece); err != nil {
				return err
			}
		}
		return nil
	})
	stages.Go(func() error {
		defer close(packets)
		return r.bookPieces(ctx, &used, parsed, packets)
	})
	var written Tally
	stages.Go(func() error {
		for p := range packets {
			tally, err := r.store(ctx, p)
			written.add(tally)
			if err != nil {
				return err
			}
		}
		return nil
	})
	err := stages.Wait()
	r.tally.add(written)
	return err
}

// readRows reads the sheets in pieces of parseRows.
func (r *importRun) readRows(ctx context.Context, used *sync.Pool, out chan<- []*parsedRow) error {
	piece := make([]*parsedRow, 0, parseRows)
	for _, l := range r.layouts {
		err := r.eachRow(ctx, l, func(row table.Row) error {
			p, ok := used.Get().(*parsedRow)
			if !ok {
				p = &parsedRow{}
			}
			p.layout, p.row = l, row
			if piece = append(piece, p); len(piece) < parseRows {
				return nil
			}
			full := piece
			piece = make([]*parsedRow, 0, parseRows)
			return send(ctx, out, full)
		})
		if err != nil {
			return err
		}
	}
	return send(ctx, out, piece)
}

// bookPieces books the rows of the pieces, until a packet is full.
func (r *importRun) bookPieces(ctx context.Context, used *sync.Pool, in <-chan []*parsedRow, out chan<- packet) error {
	for piece := range in {
		for _, p := range piece {
			if err := r.book(p); err != nil {
				return err
			}
			p.fact = fact{}
			used.Put(p)
		}
		r.progress.Add(len(piece))
		if r.full() {
			if err := send(ctx, out, r.packet()); err != nil {
				return err
			}
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return send(ctx, out, r.packet())
}

// send hands a value on, unless the work is called off.
func send[T any](ctx context.Context, to chan<- T, value T) error {
	select {
	case to <- value:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

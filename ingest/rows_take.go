package ingest

import (
	"context"

	"gaung/ingest/table"
	"gaung/warehouse/region"
)

// rowTake is the writing half of an import within a run that is booked
// already, without a progress bar or a rebuild of its own. Every row is kept
// raw before it is stored as a fact.
type rowTake struct {
	*importRun
	store *rowStore
	batch []*parsedRow
	// listed are the keys of the rows met, nil where nobody asks; doubtful
	// counts unusable rows of which it cannot be told whose they are.
	listed   map[uint64]bool
	doubtful int
}

// rowTake begins the taking of one input. whole asks for the keys of all rows.
func (j *importJob) rowTake(booked *run, source, input string, whole bool) *rowTake {
	out := j.rowRun(booked)
	if j.kind == articlesKind {
		// Two sources that carry the same piece differently must not
		// overwrite each other at every poll.
		out.writer.source = j.name
	}
	t := &rowTake{importRun: out, store: &rowStore{
		in: j.in, region: j.region.Code, source: source, input: input, kind: j.kind, runID: booked.id,
	}}
	if whole {
		t.listed = map[uint64]bool{}
	}
	return t
}

func (j *importJob) rowRun(booked *run) *importRun {
	j.progress = quiet{}
	r := &importRun{importJob: j, regions: map[string]region.Region{}}
	r.rejects = &rejectLog{in: j.in, run: booked, kind: j.kind.name, listed: []Reject{}}
	r.writer = newWriter(j.in, j.kind, booked.id)
	return r
}

// file takes all rows of the job's file.
func (t *rowTake) file(ctx context.Context) error {
	for _, l := range t.layouts {
		if err := t.eachRow(ctx, l, func(row table.Row) error { return t.add(ctx, l, row) }); err != nil {
			return err
		}
	}
	return t.finish(ctx)
}

// page takes rows of one layout; number is that of the first.
func (t *rowTake) page(ctx context.Context, l *layout, number int, rows [][]string) error {
	for i, cells := range rows {
		if blank(cells) {
			continue
		}
		if err := t.add(ctx, l, table.Row{Number: number + i, Cells: cells}); err != nil {
			return err
		}
	}
	return t.finish(ctx)
}

func (t *rowTake) add(ctx context.Context, l *layout, row table.Row) error {
	t.batch = append(t.batch, &parsedRow{layout: l, row: row})
	if len(t.batch) < parseRows {
		return nil
	}
	return t.settle(ctx)
}

// finish settles what is left and writes it.
func (t *rowTake) finish(ctx context.Context) error {
	if err := t.settle(ctx); err != nil {
		return err
	}
	return t.flush(ctx)
}

// settle parses the collected rows, keeps them raw and then books them in
// their order.
func (t *rowTake) settle(ctx context.Context) error {
	t.parseAll(t.batch)
	rows := make([]arrived, 0, len(t.batch))
	for _, p := range t.batch {
		raw := t.rawOf(p)
		if raw == nil {
			if !p.skip {
				t.doubtful++
			}
			continue
		}
		text, err := encodeRow(raw)
		if err != nil {
			return err
		}
		key, of, certain := t.rawRowKey(p, text)
		if !certain {
			t.doubtful++
		}
		if t.listed != nil {
			t.listed[key] = true
		}
		rows = append(rows, arrived{key: key, content: hashBytes(text), region: of, number: p.row.Number, text: text})
	}
	if err := t.store.keep(ctx, rows); err != nil {
		return err
	}
	for _, p := range t.batch {
		if err := t.book(p); err != nil {
			return err
		}
	}
	t.batch = t.batch[:0]
	if t.full() {
		return t.flush(ctx)
	}
	return nil
}

// listing is what the input listed, once it was read to its end.
func (t *rowTake) listing() listing {
	return listing{store: t.store, listed: t.listed, doubtful: t.doubtful}
}

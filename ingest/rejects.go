package ingest

import (
	"context"
	"encoding/json"
	"fmt"
)

// rejectLog keeps the rows of a run that cannot be used.
type rejectLog struct {
	in      *Ingester
	run     *run // nil in a dry run
	kind    string
	listed  []Reject
	pending [][]any
}

var insertReject = insertInto("rejects", "region", "kind", "source", "run_id", "row_number", "column_name", "value", "reason", "record", "rejected_at")

// add notes the problems of one row. cells are the canonical columns only;
// identities were never read into them.
func (l *rejectLog) add(region, source, sheet string, row int, problems []problem, cells map[string]string) error {
	var record []byte
	if l.run != nil {
		kept := make(map[string]string, len(cells))
		for name, cell := range cells {
			if cell = clean(cell); cell != "" {
				kept[name] = truncate(maskPersonal(cell), 2000)
			}
		}
		var err error
		if record, err = json.Marshal(kept); err != nil {
			return fmt.Errorf("ingest: keep reject: %w", err)
		}
	}
	for _, p := range problems {
		value := truncate(maskPersonal(p.value), 200)
		if len(l.listed) < maxListed {
			l.listed = append(l.listed, Reject{Sheet: sheet, Row: row, Column: p.column, Value: value, Reason: p.reason})
		}
		if l.run != nil {
			l.pending = append(l.pending, []any{
				region, l.kind, source, l.run.id, uint64(row), p.column, value, p.reason, string(record), l.in.now().UTC(),
			})
		}
	}
	return nil
}

func (l *rejectLog) flush(ctx context.Context) error {
	rows := l.pending
	l.pending = nil
	return l.store(ctx, rows)
}

// store writes rejects that are no longer pending.
func (l *rejectLog) store(ctx context.Context, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	return insert(ctx, l.in.conn, insertReject, rows...)
}

package ingest

import (
	"context"
	"slices"
)

const (
	// pauseFrom is how many rows make an import large: smaller ones are over
	// before a merge costs them anything.
	pauseFrom = 100_000
	// pauseBatches is how many batches may wait to be merged. The engine slows
	// down from a thousand parts on.
	pauseBatches = 400
)

// mergePause keeps the engine from merging what a large import writes, the
// rollups too, until there is enough of it to be worth merging or the import
// is over.
type mergePause struct {
	in      *Ingester
	resume  func() error
	batches int
}

// pauseMerges begins a pause for an import of so many rows. An engine that does
// not pause makes the import slower and nothing else.
func (in *Ingester) pauseMerges(ctx context.Context, k *kind, rows int) *mergePause {
	p := &mergePause{in: in, resume: func() error { return nil }}
	if rows < pauseFrom {
		return p
	}
	tables := []string{k.table}
	for _, r := range rollups {
		if r.dependsOn(k.table) {
			tables = append(tables, r.tables...)
		}
	}
	slices.Sort(tables)
	resume, err := in.warehouse.PauseMerges(ctx, slices.Compact(tables)...)
	if err != nil {
		in.log.Warn("merges not paused", "kind", k.name, "err", err)
		return p
	}
	p.resume = resume
	return p
}

// wrote counts a batch. Rows that no file counted beforehand have no pause.
func (p *mergePause) wrote() {
	if p == nil {
		return
	}
	if p.batches++; p.batches == pauseBatches {
		p.end()
	}
}

func (p *mergePause) end() {
	if err := p.resume(); err != nil {
		p.in.log.Warn("merges not resumed before the engine is opened anew", "err", err)
	}
}

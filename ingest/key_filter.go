package ingest

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// keyFilter is a Bloom filter (B. Bloom, "Space/time trade-offs in hash coding
// with allowable errors", CACM 1970) over the keys stored of a region: what it
// does not know need not be looked up. Sixteen bits and four probes a key let
// one strange key in four hundred through, which costs a look-up and no more.
type keyFilter struct {
	bits []uint64
	mask uint64
}

const (
	filterBits   = 16
	filterProbes = 4
	// filterFrom is after how many written facts a filter pays: reading all
	// keys costs more than a few look-ups.
	filterFrom = 20_000
	// filterRoom is how many more keys a filter is made for.
	filterRoom = 1 << 20
)

func newKeyFilter(keys uint64) *keyFilter {
	words := uint64(1)
	for words*64 < keys*filterBits {
		words *= 2
	}
	return &keyFilter{bits: make([]uint64, words), mask: words*64 - 1}
}

// probe is the n-th place of a key. Keys are cut from SHA-256, so their halves
// are as good as two hashes (A. Kirsch and M. Mitzenmacher, ESA 2006).
func (f *keyFilter) probe(key uint64, n uint64) (word, bit uint64) {
	at := (key + n*(key>>32|1)) & f.mask
	return at / 64, 1 << (at % 64)
}

func (f *keyFilter) add(key uint64) {
	for n := range uint64(filterProbes) {
		word, bit := f.probe(key, n)
		f.bits[word] |= bit
	}
}

func (f *keyFilter) mayHave(key uint64) bool {
	for n := range uint64(filterProbes) {
		if word, bit := f.probe(key, n); f.bits[word]&bit == 0 {
			return false
		}
	}
	return true
}

// mayBeStored drops the keys that cannot be in the table. Small inputs look
// every key up.
func (w *writer) mayBeStored(ctx context.Context, region string, keys []uint64) ([]uint64, error) {
	filter := w.filters[region]
	if filter == nil {
		if w.written < filterFrom || w.dryRun {
			return keys, nil
		}
		var err error
		if filter, err = w.loadFilter(ctx, region); err != nil {
			return nil, err
		}
		w.filters[region] = filter
	}
	maybe := keys[:0]
	for _, key := range keys {
		if filter.mayHave(key) {
			maybe = append(maybe, key)
		}
	}
	return maybe, nil
}

func (w *writer) loadFilter(ctx context.Context, region string) (*keyFilter, error) {
	stored, err := w.in.number(ctx, "key_count", "table", w.table, "region", region)
	if err != nil {
		return nil, err
	}
	filter := newKeyFilter(stored + filterRoom)
	return filter, each(ctx, w.in.conn, "keys", named("table", w.table, "region", region), func(rows driver.Rows) error {
		var key uint64
		if err := rows.Scan(&key); err != nil {
			return err
		}
		filter.add(key)
		return nil
	})
}

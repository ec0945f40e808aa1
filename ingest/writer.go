package ingest

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

const (
	batchRows  = 20_000 // facts per insert
	lookupKeys = 5_000  // keys per question for what is known
)

// writer appends facts of one table as versions. It remembers the keys of its
// run, so that a later row of the same input is a new version of the earlier.
type writer struct {
	in     *Ingester
	table  string
	fields []string
	runID  string
	// source, when set, asks whether this source has given the article before
	// in the same form: two sources that carry the same piece differently
	// must not overwrite each other at every poll.
	source string
	dryRun bool
	// seedOnly writes new keys and leaves known ones alone, deleted ones too.
	seedOnly bool

	known map[fullKey]known
}

type fullKey struct {
	region string
	hash   uint64
}

// known is what is stored under a key.
type known struct {
	stored      bool
	newest, own uint64
	hasOwn      bool
	version     uint64
	seen        time.Time
}

func newWriter(in *Ingester, k *kind, runID string) *writer {
	return &writer{
		in: in, table: k.table, fields: k.fields, runID: runID, known: map[fullKey]known{},
	}
}

// write stores the facts that say something new and counts all of them.
func (w *writer) write(ctx context.Context, facts []fact) (Tally, error) {
	keys := make([]fullKey, len(facts))
	for i := range facts {
		keys[i] = fullKey{facts[i].region, facts[i].keyHash()}
	}
	if err := w.lookup(ctx, keys); err != nil {
		return Tally{}, err
	}
	var tally Tally
	var rows [][]any
	for i := range facts {
		f, state := &facts[i], w.known[keys[i]]
		tally.Rows++
		content := f.contentHash()
		switch {
		case state.same(content), w.seedOnly && state.version > 0:
			tally.Unchanged++
			continue
		case state.stored:
			tally.Updated++
		default:
			tally.Accepted++
		}
		if f.seen >= 0 {
			if seen := f.values[f.seen].(time.Time); state.seen.IsZero() || seen.Before(state.seen) {
				state.seen = seen
			}
			f.values[f.seen] = state.seen
		}
		state.version = w.in.nextVersion(state.version)
		state.stored, state.newest, state.own, state.hasOwn = true, content, content, w.source != ""
		w.known[keys[i]] = state
		rows = append(rows, w.row(f, keys[i].hash, state.version, content))
	}
	if w.dryRun || len(rows) == 0 {
		return tally, nil
	}
	columns := append([]string{"region"}, w.fields...)
	columns = append(columns, "key_hash", "version", "content_hash", "deleted", "run_id", "ingested_at")
	if err := insert(ctx, w.in.conn, insertInto(w.table, columns...), rows...); err != nil {
		return Tally{}, err
	}
	return tally, nil
}

// same reports whether the content is what the asking source said last, or
// what everybody said last.
func (k known) same(content uint64) bool {
	if k.hasOwn {
		return k.own == content
	}
	return k.stored && k.newest == content
}

func (w *writer) row(f *fact, key, version, content uint64) []any {
	row := make([]any, 0, len(f.values)+7)
	row = append(row, f.region)
	row = append(row, f.values...)
	return append(row, key, version, content, false, w.runID, w.in.now().UTC())
}

// nextVersion is the microsecond of writing, raised so that versions grow
// strictly within the process, and within the key in any case, even when the
// clock stands still.
func (in *Ingester) nextVersion(previous uint64) uint64 {
	for {
		last := in.lastVersion.Load()
		next := max(uint64(in.now().UnixMicro())+1, last+1, previous+1)
		if in.lastVersion.CompareAndSwap(last, next) {
			return next
		}
	}
}

// lookup learns what is stored under the keys that this run has not met yet.
func (w *writer) lookup(ctx context.Context, keys []fullKey) error {
	fresh := map[string]map[uint64]bool{}
	for _, key := range keys {
		if _, ok := w.known[key]; ok {
			continue
		}
		if fresh[key.region] == nil {
			fresh[key.region] = map[uint64]bool{}
		}
		fresh[key.region][key.hash] = true
	}
	for region, hashes := range fresh {
		for chunk := range slices.Chunk(slices.Sorted(maps.Keys(hashes)), lookupKeys) {
			if err := w.lookupChunk(ctx, region, chunk); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) lookupChunk(ctx context.Context, region string, hashes []uint64) error {
	if w.table != articlesKind.table {
		return each(ctx, w.in.conn, "existing", named("table", w.table, "region", region, "keys", hashes), func(rows driver.Rows) error {
			var hash uint64
			var k known
			var gone bool
			if err := rows.Scan(&hash, &k.newest, &gone, &k.version); err != nil {
				return err
			}
			w.learn(fullKey{region, hash}, k, gone)
			return nil
		})
	}
	return each(ctx, w.in.conn, "existing_articles", named("region", region, "keys", hashes, "source", w.source), func(rows driver.Rows) error {
		var hash uint64
		var k known
		var gone, hasOwn bool
		if err := rows.Scan(&hash, &k.newest, &gone, &k.version, &k.own, &hasOwn, &k.seen); err != nil {
			return err
		}
		k.hasOwn = hasOwn && w.source != ""
		w.learn(fullKey{region, hash}, k, gone)
		return nil
	})
}

// learn remembers what is stored; a row marked deleted is known, but says
// nothing that a new row could repeat.
func (w *writer) learn(key fullKey, k known, gone bool) {
	k.stored = !gone
	k.hasOwn = k.hasOwn && !gone
	w.known[key] = k
}

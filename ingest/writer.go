package ingest

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

const (
	// batchRows and batchBytes bound an insert: large, so that the engine does
	// not have to merge many small parts, but not so large that three of them
	// at once, read, parsed and written, hurt.
	batchRows  = 40_000
	batchBytes = 24 << 20
	lookupKeys = 20_000 // keys per question for what is known
)

// writer appends facts of one table as versions. A later row of the same
// input is a new version of the earlier.
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
	// replay: what the source saw go stays gone only if nobody has had the
	// article since.
	replay bool
	// seedOnly writes new keys and leaves known ones alone, deleted ones too.
	seedOnly bool

	// known and before are what the present and the previous batch learned
	// or wrote: the rows themselves may be on their way to another replica.
	// A dry run, which stores nothing, remembers everything in known.
	known, before map[fullKey]known
	filters       map[string]*keyFilter
	written       int
	gone          int
}

type fullKey struct {
	region string
	hash   uint64
}

// known is what is stored under a key.
type known struct {
	stored bool
	// newest and own are the contents given last by anybody and by the asking
	// source.
	newest, own uint64
	hasOwn      bool
	version     uint64
	seen        time.Time
	// by is the source of the newest version, goneBy that which marked the
	// article deleted.
	by, goneBy string
}

func newWriter(in *Ingester, k *kind, runID string) *writer {
	return &writer{
		in: in, table: k.table, fields: k.fields, runID: runID, known: map[fullKey]known{}, filters: map[string]*keyFilter{},
	}
}

// write stores the facts that say something new and counts all of them.
func (w *writer) write(ctx context.Context, facts []fact) (Tally, error) {
	if !w.dryRun {
		w.before, w.known = w.known, make(map[fullKey]known, len(facts))
	}
	keys := make([]fullKey, len(facts))
	for i := range facts {
		keys[i] = fullKey{facts[i].region, facts[i].keyHash()}
	}
	if err := w.lookup(ctx, keys); err != nil {
		return Tally{}, err
	}
	var tally Tally
	var rows [][]any
	var gone []fullKey
	for i := range facts {
		f, state := &facts[i], w.known[keys[i]]
		tally.Rows++
		if f.gone {
			if !state.stored || w.replay && state.by != w.source {
				tally.Unchanged++
				continue
			}
			tally.Updated++
			state.stored, state.hasOwn, state.by, state.goneBy = false, false, w.source, w.source
			w.known[keys[i]] = state
			gone = append(gone, keys[i])
			continue
		}
		content := f.contentHash()
		switch {
		case state.says(content, w.source), w.seedOnly && state.version > 0:
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
		state.stored, state.newest, state.own, state.hasOwn, state.by, state.goneBy = true, content, content, w.source != "", w.source, ""
		w.known[keys[i]] = state
		rows = append(rows, w.row(f, keys[i].hash, state.version, content))
	}
	if w.dryRun {
		return tally, nil
	}
	if err := w.store(ctx, rows); err != nil {
		return Tally{}, err
	}
	return tally, w.markGone(ctx, gone)
}

func (w *writer) store(ctx context.Context, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	columns := append([]string{"region"}, w.fields...)
	columns = append(columns, "key_hash", "version", "content_hash", "deleted", "run_id", "ingested_at")
	if err := insert(ctx, w.in.conn, insertInto(w.table, columns...), rows...); err != nil {
		return err
	}
	w.written += len(rows)
	for _, row := range rows {
		if filter := w.filters[row[0].(string)]; filter != nil {
			filter.add(row[len(row)-6].(uint64))
		}
	}
	return nil
}

// says reports whether the content is what the asking source said last, or
// what everybody said last. An article that is gone comes back when the source
// that saw it go has it again, or when anybody says something new about it;
// a list elsewhere that still names it does not bring it back.
func (k known) says(content uint64, asking string) bool {
	switch {
	case k.goneBy != "":
		return k.goneBy != asking && (k.hasOwn && k.own == content || !k.hasOwn && k.newest == content)
	case k.hasOwn:
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

// markGone writes a deleted version of articles: what was known of them
// without the text, under the name of the source that saw them go.
func (w *writer) markGone(ctx context.Context, keys []fullKey) error {
	hashes := map[string][]uint64{}
	for _, key := range keys {
		hashes[key.region] = append(hashes[key.region], key.hash)
	}
	for region, gone := range hashes {
		args := named("region", region, "keys", gone, "version", w.in.nextVersion(0), "source", w.source, "run", w.runID,
			"now", instant(w.in.now()))
		if err := w.in.conn.Exec(ctx, query("mark_gone"), args...); err != nil {
			return wrapQuery("mark_gone", err)
		}
		w.gone += len(gone)
	}
	return nil
}

// takeGone is how many articles were marked gone since it was last asked.
func (w *writer) takeGone() int {
	n := w.gone
	w.gone = 0
	return n
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

// lookup learns what is stored under the keys of a batch.
func (w *writer) lookup(ctx context.Context, keys []fullKey) error {
	fresh := map[string]map[uint64]bool{}
	for _, key := range keys {
		if _, ok := w.known[key]; ok {
			continue
		}
		if k, ok := w.before[key]; ok {
			w.known[key] = k
			continue
		}
		if fresh[key.region] == nil {
			fresh[key.region] = make(map[uint64]bool, len(keys))
		}
		fresh[key.region][key.hash] = true
	}
	for region, hashes := range fresh {
		asked, err := w.mayBeStored(ctx, region, slices.Sorted(maps.Keys(hashes)))
		if err != nil {
			return err
		}
		for chunk := range slices.Chunk(asked, lookupKeys) {
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
			k.stored = !gone
			w.known[fullKey{region, hash}] = k
			return nil
		})
	}
	return each(ctx, w.in.conn, "existing_articles", named("region", region, "keys", hashes, "source", w.source), func(rows driver.Rows) error {
		var hash uint64
		var k known
		var gone, hasOwn bool
		if err := rows.Scan(&hash, &k.newest, &gone, &k.by, &k.version, &k.own, &hasOwn, &k.seen); err != nil {
			return err
		}
		k.stored, k.hasOwn = !gone, hasOwn && w.source != ""
		if gone {
			k.goneBy = k.by
		}
		w.known[fullKey{region, hash}] = k
		return nil
	})
}

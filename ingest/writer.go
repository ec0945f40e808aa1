package ingest

import (
	"context"
	"maps"
	"slices"
	"time"

	columns "github.com/ClickHouse/clickhouse-go/v2/lib/column"
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
	fresh := freshFacts{}
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
		fresh.add(f, keys[i].hash, state.version, content)
	}
	if w.dryRun {
		return tally, nil
	}
	if err := w.store(ctx, &fresh); err != nil {
		return Tally{}, err
	}
	return tally, w.markGone(ctx, gone)
}

// freshFacts are facts to be stored and the columns of their versions.
type freshFacts struct {
	regions                  []string
	values                   [][]any // of the facts, not copied
	keys, versions, contents []uint64
}

func (f *freshFacts) add(of *fact, key, version, content uint64) {
	f.regions, f.values = append(f.regions, of.region), append(f.values, of.values)
	f.keys, f.versions, f.contents = append(f.keys, key), append(f.versions, version), append(f.contents, content)
}

// versionColumns stand behind a kind's own fields in every table of facts.
var versionColumns = []string{"region", "key_hash", "version", "content_hash", "deleted", "run_id", "ingested_at"}

func (w *writer) store(ctx context.Context, fresh *freshFacts) error {
	n := len(fresh.keys)
	if n == 0 {
		return nil
	}
	into := insertInto(w.table, slices.Concat(w.fields, versionColumns)...)
	err := w.in.conn.fill(ctx, into, func(i int, to driver.BatchColumn, texts *columns.String) error {
		switch i - len(w.fields) {
		case 0:
			return to.Append(fresh.regions)
		case 1:
			return to.Append(fresh.keys)
		case 2:
			return to.Append(fresh.versions)
		case 3:
			return to.Append(fresh.contents)
		case 4:
			return to.Append(make([]bool, n))
		case 5:
			return to.Append(repeated(w.runID, n))
		case 6:
			return to.Append(repeated(w.in.now().UTC(), n))
		}
		return appendRows(to, texts, fresh.values, i)
	})
	if err != nil {
		return err
	}
	w.written += n
	for i, key := range fresh.keys {
		if filter := w.filters[fresh.regions[i]]; filter != nil {
			filter.add(key)
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

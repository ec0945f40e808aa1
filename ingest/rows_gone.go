package ingest

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/source"
)

// listing is one input that was read to its end, and what it listed.
type listing struct {
	store  *rowStore
	listed map[uint64]bool
	// doubtful counts unusable rows that may be any of the known.
	doubtful int
}

// vanish marks as deleted what an input no longer lists, and says so. It
// reports false when it refused to, with the reason in the notes; nothing is
// marked then.
func (r *rowPull) vanish(ctx context.Context, of listing) (bool, error) {
	present, err := of.store.present(ctx)
	if err != nil {
		return false, err
	}
	total := len(present)
	maps.DeleteFunc(present, func(key uint64, _ string) bool { return of.listed[key] })
	if len(present) == 0 {
		return true, nil
	}
	name := r.source.Name
	if of.store.input != "" {
		name = of.store.input
	}
	if of.doubtful > 0 {
		r.note("%s: %d baris tidak ada lagi, tetapi %d baris tidak terbaca dan mungkin salah satunya; belum ditandai terhapus. Perbaiki baris yang ditolak", name, len(present), of.doubtful)
		return false, nil
	}
	// Rows that moved to another input are not lost.
	lost, err := of.store.lost(ctx, present)
	if err != nil {
		return false, err
	}
	if tooMany(len(lost), total) && r.source.Removed != source.RemovedMarkAll {
		r.note("%s: %d dari %d baris tidak ada lagi, lebih dari separuh; tidak ditandai terhapus. Periksa isinya; bila memang benar, tulis removed: %s pada sumber ini", name, len(lost), total, source.RemovedMarkAll)
		return false, nil
	}
	marked, err := of.store.remove(ctx, present, lost)
	if err != nil {
		return false, err
	}
	if marked > 0 {
		r.note("%s: %d baris tidak ada lagi dan ditandai terhapus", name, marked)
	}
	r.result.Rows += marked
	r.result.Updated += marked
	r.result.Gone += marked
	return true, nil
}

func (r *rowPull) note(format string, args ...any) {
	r.result.Notes = append(r.result.Notes, fmt.Sprintf(format, args...))
}

// tooMany: an input that lost more than half of its rows is more likely
// broken, cut off or another one than cleaned up.
func tooMany(lost, total int) bool { return lost*2 > total }

// present gives the rows that the input listed last, with the region of their
// fact, "" for a row that never became one.
func (s *rowStore) present(ctx context.Context) (map[uint64]string, error) {
	present := map[uint64]string{}
	err := each(ctx, s.in.conn, "raw_rows_present", s.args(), func(rows driver.Rows) error {
		var key uint64
		var of string
		err := rows.Scan(&key, &of)
		present[key] = of
		return err
	})
	return present, err
}

// lost drops those of the keys that another input still lists.
func (s *rowStore) lost(ctx context.Context, keys map[uint64]string) (map[uint64]string, error) {
	lost := maps.Clone(keys)
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(keys)), lookupKeys) {
		err := each(ctx, s.in.conn, "raw_rows_elsewhere", s.args("keys", chunk), func(rows driver.Rows) error {
			var key uint64
			err := rows.Scan(&key)
			delete(lost, key)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return lost, nil
}

// remove marks the facts of the lost rows as deleted, and then all of the
// vanished rows as gone from this input. Facts that somebody else has given
// since stay. It counts the facts.
func (s *rowStore) remove(ctx context.Context, vanished, lost map[uint64]string) (marked int, err error) {
	byRegion := map[string][]uint64{}
	for _, key := range slices.Sorted(maps.Keys(lost)) {
		byRegion[lost[key]] = append(byRegion[lost[key]], key)
	}
	for _, of := range slices.Sorted(maps.Keys(byRegion)) {
		for chunk := range slices.Chunk(byRegion[of], lookupKeys) {
			own, err := s.own(ctx, of, chunk)
			if err != nil {
				return marked, err
			}
			if len(own) == 0 {
				continue
			}
			args := named("table", s.kind.table, "region", of, "keys", own, "version", s.in.nextVersion(0), "run", s.runID, "now", instant(s.in.now()))
			if err := s.in.conn.Exec(ctx, query("mark_rows_gone"), args...); err != nil {
				return marked, wrapQuery("mark_rows_gone", err)
			}
			marked += len(own)
		}
	}
	return marked, s.markGone(ctx, vanished)
}

// own are those of the stored facts that this source wrote last.
func (s *rowStore) own(ctx context.Context, of string, keys []uint64) ([]uint64, error) {
	var own []uint64
	err := each(ctx, s.in.conn, "own_facts", named("table", s.kind.table, "region", of, "keys", keys, "source", s.source), func(rows driver.Rows) error {
		var key uint64
		err := rows.Scan(&key)
		own = append(own, key)
		return err
	})
	return own, err
}

// markGone writes that the input lists the rows no longer.
func (s *rowStore) markGone(ctx context.Context, keys map[uint64]string) error {
	known, err := s.known(ctx, slices.Sorted(maps.Keys(keys)))
	if err != nil {
		return err
	}
	rows := make([][]any, 0, len(keys))
	now := s.in.now().UTC()
	for key, of := range keys {
		rows = append(rows, []any{
			s.region, s.source, s.kind.name, s.input, key, s.in.nextVersion(known[key].version), known[key].content,
			of, true, uint64(0), "", now, s.runID,
		})
	}
	return insert(ctx, s.in.conn, insertRawRow, rows...)
}

// rawInput is one input of which rows are kept.
type rawInput struct {
	kind, input string
	present     int
}

// rawInputs lists the inputs of a source of which rows are kept.
func (in *Ingester) rawInputs(ctx context.Context, region, source string) ([]rawInput, error) {
	var inputs []rawInput
	err := each(ctx, in.conn, "raw_rows_inputs", named("region", region, "source", source), func(rows driver.Rows) error {
		var of rawInput
		var present uint64
		err := rows.Scan(&of.kind, &of.input, &present)
		of.present = int(present)
		inputs = append(inputs, of)
		return err
	})
	return inputs, err
}

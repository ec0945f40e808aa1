package ingest

import (
	"context"
	"fmt"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/story"
)

// manyBodies is from how many texts on it is quicker to take all texts than to
// ask for some: the engine reads nearly all of them either way, but hands over
// what was asked for.
const manyBodies = 5 * lookupKeys

// textOf is the text stored under a key.
type textOf struct {
	key  uint64
	body string
}

// markCopies finds the edited copies among the articles. Only the texts of
// those that look alike are compared, and none is held.
func (job *rebuild) markCopies(ctx context.Context, s *shelf) error {
	err := story.MarkCopies(s.articles, func(wanted []int, give func(int, string)) error {
		places, keys := make(map[uint64]int, len(wanted)), make([]uint64, 0, len(wanted))
		for _, i := range wanted {
			f := fact{region: job.region.Code, key: []string{s.articles[i].URL}}
			key := f.keyHash()
			places[key] = i
			keys = append(keys, key)
		}
		read := func(name string, args []any) error {
			scan := func(rows driver.Rows, t *textOf) error { return rows.Scan(&t.key, &t.body) }
			return eachAhead(ctx, job.in.conn, name, args, scan, func(t *textOf) error {
				if i, ok := places[t.key]; ok {
					give(i, t.body)
				}
				return nil
			})
		}
		if len(keys) > manyBodies {
			return read("all_bodies", named("region", job.region.Code))
		}
		for chunk := range slices.Chunk(keys, lookupKeys) {
			if err := read("bodies", named("region", job.region.Code, "keys", chunk)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("ingest: compare texts: %w", err)
	}
	return nil
}

package ingest

import (
	"context"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/story"
)

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
		name, args := "all_bodies", named("region", job.region.Code)
		if len(keys) <= lookupKeys {
			name, args = "bodies", named("region", job.region.Code, "keys", keys)
		}
		return each(ctx, job.in.conn, name, args, func(rows driver.Rows) error {
			var key uint64
			var body string
			if err := rows.Scan(&key, &body); err != nil {
				return err
			}
			if i, ok := places[key]; ok {
				give(i, body)
			}
			return nil
		})
	})
	if err != nil {
		return fmt.Errorf("ingest: compare texts: %w", err)
	}
	return nil
}

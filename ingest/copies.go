package ingest

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/story"
)

const (
	// bodyKeys is how many texts are asked for at a time. All of them lie
	// scattered over the table, so every question reads most of it; packed, so
	// many keys still fit into the address of a request, a megabyte for a server.
	bodyKeys = 80_000
	// manyBodies is from how many texts on it is quicker to take all texts than
	// to ask for some.
	manyBodies = 2 * bodyKeys
)

// textOf is the text stored under a key.
type textOf struct {
	key  uint64
	body string
}

// stories finds the stories of the articles on the shelf. Only the texts of
// those that look alike are compared, and none is held.
func (job *rebuild) stories(ctx context.Context, s *shelf) ([]story.Story, error) {
	stories, err := story.Find(s.articles, func(wanted []int, give func(int, string)) error {
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
		for chunk := range slices.Chunk(keys, bodyKeys) {
			if err := read("bodies", named("region", job.region.Code, "keys", packed(chunk))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("ingest: compare texts: %w", err)
	}
	return stories, nil
}

// packed writes keys as sql/bodies.sql reads them: half as long as in digits.
func packed(keys []uint64) string {
	bytes := make([]byte, 0, 8*len(keys))
	for _, key := range keys {
		bytes = binary.LittleEndian.AppendUint64(bytes, key)
	}
	return base64.RawURLEncoding.EncodeToString(bytes)
}

package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/byline"
	"gaung/ingest/source"
	"gaung/ingest/story"
)

// rawStore keeps the items of one source as they came, before anything is read
// out of them, so that better rules can be replayed over them.
//
// Only article items come here: they were published. Rows of databases,
// registers and pushes are kept by [rowStore], without the identities of
// applicants and reporters and the texts of complaints.
type rawStore struct {
	in     *Ingester
	source source.Source
	region string
	runID  string
}

var insertRaw = insertInto("raw_items", "region", "source", "kind", "key_hash", "version", "content_hash", "url", "guid", "gone", "item", "fetched_at", "run_id")

// keep writes the items that are new or differ from their newest version. Of
// several items that a poll has under one key only the one that the poll goes
// by is kept, so that a replay goes by it too.
func (s *rawStore) keep(ctx context.Context, items []source.Item, goesBy func(keys []uint64) map[uint64]int) error {
	if len(items) == 0 {
		return nil
	}
	texts, keys := make([][]byte, len(items)), make([]uint64, len(items))
	for i := range items {
		var err error
		if texts[i], err = encodeItem(items[i]); err != nil {
			return err
		}
		keys[i] = rawKey(items[i], texts[i])
	}
	known, err := s.known(ctx, keys)
	if err != nil {
		return err
	}
	chosen := goesBy(keys)
	var rows [][]any
	now := s.in.now().UTC()
	for i, item := range items {
		if of, ok := chosen[keys[i]]; !ok || of != i {
			continue
		}
		k, content := known[keys[i]], hashBytes(texts[i])
		if k.version > 0 && k.content == content {
			continue
		}
		k = rawVersion{content: content, version: s.in.nextVersion(k.version)}
		known[keys[i]] = k
		rows = append(rows, []any{
			s.region, s.source.Name, s.source.Kind, keys[i], k.version, content, item.URL, item.GUID, item.Gone, string(texts[i]), now, s.runID,
		})
	}
	if len(rows) == 0 {
		return nil
	}
	return insert(ctx, s.in.conn, insertRaw, rows...)
}

type rawVersion struct{ content, version uint64 }

func (s *rawStore) known(ctx context.Context, keys []uint64) (map[uint64]rawVersion, error) {
	known := make(map[uint64]rawVersion, len(keys))
	asked := slices.Clone(keys)
	slices.Sort(asked)
	for chunk := range slices.Chunk(slices.Compact(asked), lookupKeys) {
		err := each(ctx, s.in.conn, "raw_known", named("region", s.region, "source", s.source.Name, "keys", chunk), func(rows driver.Rows) error {
			var key uint64
			var k rawVersion
			if err := rows.Scan(&key, &k.content, &k.version); err != nil {
				return err
			}
			known[key] = k
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return known, nil
}

// encodeItem writes an item as JSON under the names of its fields, without the
// NIK that people put into texts.
func encodeItem(item source.Item) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false) // markup would grow by half
	if err := encoder.Encode(withoutNIK(item)); err != nil {
		return nil, fmt.Errorf("ingest: keep item %s: %w", item.URL, err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

func decodeItem(text string) (source.Item, error) {
	var item source.Item
	if err := json.Unmarshal([]byte(text), &item); err != nil {
		return source.Item{}, fmt.Errorf("ingest: read kept item: %w", err)
	}
	return item, nil
}

// withoutNIK masks numbers of 16 digits in what people write. Where markup
// parts the digits of one, the markup goes and the plain text stays.
func withoutNIK(item source.Item) source.Item {
	item.Title = maskNIK(item.Title)
	item.Text = maskNIK(item.Text)
	if countDigits(item.HTML) < nikDigits {
		return item
	}
	item.HTML = maskNIK(item.HTML)
	plain := byline.PlainText(item.HTML)
	if masked := maskNIK(plain); masked != plain {
		if item.Text == "" {
			item.Text = masked
		}
		item.HTML = ""
	}
	return item
}

// rawKey identifies an item within its source: by the address of the article,
// or else by whatever the source calls it, or by all it says.
func rawKey(item source.Item, text []byte) uint64 {
	d := newDigest()
	defer d.free()
	address, err := story.CanonicalURL(item.URL)
	switch {
	case err == nil:
		d.text(address)
	case item.GUID != "":
		d.text("guid:" + item.GUID)
	case item.LinkRaw != "":
		d.text("link:" + item.LinkRaw)
	default:
		d.bytes = append(d.bytes, text...)
	}
	return d.sum()
}

func hashBytes(text []byte) uint64 {
	sum := sha256.Sum256(text)
	return binary.BigEndian.Uint64(sum[:])
}

// keptItem is the newest raw item under a key and when the key was first met.
type keptItem struct {
	item             source.Item
	fetched, firstAt time.Time
}

// each calls do for the newest version of every kept item.
func (s *rawStore) each(ctx context.Context, do func(keptItem) error) error {
	return each(ctx, s.in.conn, "raw_newest", named("region", s.region, "source", s.source.Name), func(rows driver.Rows) error {
		var text string
		var kept keptItem
		if err := rows.Scan(&text, &kept.fetched, &kept.firstAt); err != nil {
			return err
		}
		var err error
		if kept.item, err = decodeItem(text); err != nil {
			return err
		}
		return do(kept)
	})
}

// count is how many items are kept of the source.
func (s *rawStore) count(ctx context.Context) (int, error) {
	n, err := s.in.number(ctx, "raw_count", "region", s.region, "source", s.source.Name)
	return int(n), err
}

package metrics

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// The sections of what an edition freezes besides its report. A section has
// items: kinds of rows, months.
const (
	sectionRows     = "rows"     // the rows behind the figures, by kind
	sectionPeople   = "people"   // the rows behind the figures of people, by kind
	sectionDoubts   = "doubts"   // the rows behind the figures of data quality, by kind
	sectionYear     = "year"     // the requests of the months of the year before, by month
	sectionPrevious = "previous" // the month before at the same point of its life
	sectionHistory  = "history"  // the months of the trend
	sectionBasis    = "basis"    // rules and days off
)

const (
	// partRows is how many rows are stored together: enough to compress well,
	// few enough to be held in memory.
	partRows = 2000
	// partsPerInsert bounds what is sent at a time.
	partsPerInsert = 8
)

// frozenPart is one piece of what an edition freezes.
type frozenPart struct {
	number        uint32
	section, item string
	rows          uint32
	hash          string
}

// rootOf is the hash over all parts: where each stands and what is in it.
func rootOf(parts []frozenPart) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "%d %q %q %d %s\n", p.number, p.section, p.item, p.rows, p.hash)
	}
	return hashOf([]byte(b.String()))
}

// partWriter stores the parts of one closing. Memory holds a few of them,
// however many rows there are.
type partWriter struct {
	m        *Metrics
	query    Query
	id       string
	parts    []frozenPart
	batch    driver.Batch
	inBatch  int
	buffer   bytes.Buffer
	current  frozenPart
	encoding *json.Encoder
}

func (m *Metrics) newPartWriter(q Query) (*partWriter, error) {
	var id [12]byte
	if _, err := rand.Read(id[:]); err != nil {
		return nil, fmt.Errorf("metrics: name the parts of %s %s: %w", q.Region.Code, q.Month, err)
	}
	w := &partWriter{m: m, query: q, id: hex.EncodeToString(id[:])}
	w.encoding = json.NewEncoder(&w.buffer)
	return w, nil
}

// add writes one value, a line of JSON, to a section.
func (w *partWriter) add(ctx context.Context, section, item string, value any) error {
	if w.current.rows > 0 && (w.current.section != section || w.current.item != item || w.current.rows == partRows) {
		if err := w.flush(ctx); err != nil {
			return err
		}
	}
	w.current.section, w.current.item = section, item
	w.current.rows++
	return w.encoding.Encode(value)
}

func (w *partWriter) flush(ctx context.Context) (err error) {
	if w.batch == nil {
		w.batch, err = w.m.conn.PrepareBatch(ctx, "INSERT INTO edition_parts (region, parts_id, part, month, section, item, rows, hash, content)")
		if err != nil {
			return err
		}
	}
	p := w.current
	p.number = uint32(len(w.parts) + 1)
	p.hash = hashOf(w.buffer.Bytes())
	if err := w.batch.Append(w.query.Region.Code, w.id, p.number, w.query.Month.String(), p.section, p.item, p.rows, p.hash, w.buffer.String()); err != nil {
		return err
	}
	w.parts = append(w.parts, p)
	w.buffer.Reset()
	w.current = frozenPart{}
	if w.inBatch++; w.inBatch == partsPerInsert {
		return w.send()
	}
	return nil
}

func (w *partWriter) send() error {
	if w.batch == nil {
		return nil
	}
	err := w.batch.Send()
	w.batch, w.inBatch = nil, 0
	return err
}

// close stores what is left and returns the hash over everything.
func (w *partWriter) close(ctx context.Context) (root string, err error) {
	if w.current.rows > 0 {
		if err := w.flush(ctx); err != nil {
			return "", err
		}
	}
	return rootOf(w.parts), w.send()
}

// abandon lets go of what was not sent.
func (w *partWriter) abandon() {
	if w.batch != nil {
		_ = w.batch.Close()
	}
}

// hasParts says that the edition froze more than its report; those of before
// that was done have not.
func (e *Edition) hasParts() bool { return e.partsID != "" }

// parts lists the parts of an edition. Their hash is checked against the one
// the edition vouches for.
func (m *Metrics) parts(ctx context.Context, e *Edition) ([]frozenPart, error) {
	var list []frozenPart
	err := each(ctx, m.conn, "editionParts", func(rows driver.Rows) error {
		var p frozenPart
		err := rows.Scan(&p.number, &p.section, &p.item, &p.rows, &p.hash)
		list = append(list, p)
		return err
	}, named("region", e.region), named("parts_id", e.partsID))
	if err == nil && rootOf(list) != e.partsHash {
		err = fmt.Errorf("metrics: edition %s: its frozen rows do not have their hash any more: they were changed", e.ID)
	}
	return list, err
}

// frozen hands every line of some items of a section to read, in the order it
// was frozen. Nothing that does not have its hash is handed on. No items are
// all of them.
func (m *Metrics) frozen(ctx context.Context, e *Edition, section string, items []string, read func(item string, line []byte) error) error {
	list, err := m.parts(ctx, e)
	if err != nil {
		return err
	}
	wanted := map[uint32]frozenPart{}
	var names []string
	for _, p := range list {
		if p.section == section && (len(items) == 0 || slices.Contains(items, p.item)) {
			wanted[p.number] = p
			names = append(names, p.item)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	slices.Sort(names)
	seen := 0
	err = each(ctx, m.conn, "editionContents", func(rows driver.Rows) error {
		var number uint32
		var content string
		if err := rows.Scan(&number, &content); err != nil {
			return err
		}
		p, ok := wanted[number]
		if sum := sha256.Sum256([]byte(content)); !ok || hex.EncodeToString(sum[:]) != p.hash {
			return fmt.Errorf("part %d of edition %s does not have its hash any more: it was changed", number, e.ID)
		}
		seen++
		for line := range bytes.Lines([]byte(content)) {
			if err := read(p.item, line); err != nil {
				return err
			}
		}
		return nil
	}, named("region", e.region), named("parts_id", e.partsID), named("section", section), named("items", slices.Compact(names)))
	if err == nil && seen != len(wanted) {
		err = fmt.Errorf("metrics: edition %s: %d of %d parts are missing", e.ID, len(wanted)-seen, len(wanted))
	}
	return err
}

// frozenReports reads the reports of a section.
func (m *Metrics) frozenReports(ctx context.Context, e *Edition, section string) ([]*Report, error) {
	var list []*Report
	err := m.frozen(ctx, e, section, nil, func(_ string, line []byte) error {
		r := &Report{}
		list = append(list, r)
		return json.Unmarshal(line, r)
	})
	return list, err
}

// frozenDetails hands the frozen rows of an edition to emit.
func (m *Metrics) frozenDetails(ctx context.Context, e *Edition, section string, items []string, emit func(Detail) error) error {
	return m.frozen(ctx, e, section, items, func(_ string, line []byte) error {
		var d Detail
		if err := json.Unmarshal(line, &d); err != nil {
			return fmt.Errorf("edition %s: %w", e.ID, err)
		}
		return emit(d)
	})
}

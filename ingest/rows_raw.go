package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// rowStore keeps the rows of one input (a file of a register, the query of a
// database, the pushes of an application) as they came, before anything is
// read out of them.
//
// Only canonical columns are kept: columns with the identity of a citizen or
// the text of a complaint are never bound to one. What people wrote into the
// free texts of a case is masked as it is in the facts.
type rowStore struct {
	in                    *Ingester
	region, source, input string
	kind                  *kind
	runID                 string
}

// rawRow is a row under its canonical columns, before values are translated
// and dates are read.
type rawRow struct {
	// Form is the place of the official form among those of the kind,
	// counted from 1; 0 for a plain table.
	Form int `json:"form,omitempty"`
	// OPD is the one named above the table.
	OPD   string            `json:"opd,omitempty"`
	Cells map[string]string `json:"cells"`
}

var insertRawRow = insertInto("raw_rows", "region", "source", "kind", "input", "key_hash", "version", "content_hash",
	"fact_region", "gone", "row_number", "item", "fetched_at", "run_id")

// numberColumns hold what identifies a row; a mask would make two rows one.
// The facts have them as they are, too.
var numberColumns = map[string]bool{
	"registration_no": true, "objection_no": true, "tracking_id": true, "url": true, "code": true, "person_id": true,
	"agenda_id": true, "submission_id": true, "clarification_id": true,
}

// nameColumns hold names of agencies and officials, which are masked like free
// text in every kind.
var nameColumns = map[string]bool{"opd": true, "officer": true}

// rawOf is what is kept of a parsed row, nil for a row of which nothing may be
// kept: one that is no entry, whose cells have moved into other columns, or whose
// number is a NIK.
func (r *importRun) rawOf(p *parsedRow) *rawRow {
	moved := len(p.rec.problems) > 0 && len(p.layout.identities) > 0 && !r.file.Workbook() && len(p.row.Cells) != len(p.layout.bind)
	if p.skip || p.extra || moved {
		return nil
	}
	raw := &rawRow{Cells: make(map[string]string, len(p.layout.bind)), OPD: maskPersonal(clean(p.layout.opd))}
	if p.layout.form != nil {
		raw.Form = 1 + slices.Index(r.kind.forms, p.layout.form)
	}
	for i, name := range p.layout.bind {
		if name == "" || i >= len(p.row.Cells) {
			continue
		}
		if citizenKinds[r.kind.name] && numberColumns[name] && holdsNIK(clean(p.row.Cells[i])) {
			return nil // masked it would be another case when it is read again
		}
		if cell := r.rawCell(name, p.row.Cells[i]); cell != "" {
			raw.Cells[name] = cell
		}
	}
	return raw
}

// rawCell is a cell without what must not be stored.
func (r *importRun) rawCell(column, cell string) string {
	switch {
	case column == "body":
		// Its lines carry the byline and stay.
		cell = maskNIK(cleanText(cell))
		if plain := plainBody(cell); maskNIK(plain) != plain {
			cell = maskNIK(plain) // markup parted the digits
		}
		return cell
	case numberColumns[column], strings.HasSuffix(column, "_at"):
		return clean(cell)
	case citizenKinds[r.kind.name], nameColumns[column]:
		return maskPersonal(clean(cell))
	}
	return maskNIK(clean(cell))
}

// rawRowKey identifies a row within its input: by the key of the fact it
// becomes, or by what it says where that cannot be told. certain is false in
// the second case.
func (r *importRun) rawRowKey(p *parsedRow, text []byte) (key uint64, region string, certain bool) {
	f := p.fact
	for _, bad := range p.rec.problems {
		c, ok := r.kind.column(bad.column)
		if !ok || c.required || c.name == "region" {
			return hashBytes(text), "", false
		}
	}
	if len(p.rec.problems) > 0 && !r.kind.anyRegion {
		f.region = p.rec.region.Code
	}
	return f.keyHash(), f.region, true
}

// arrived is a row on its way into the store.
type arrived struct {
	key, content uint64
	region       string
	number       int
	text         []byte
}

// keep writes the rows that are new, changed, or back.
func (s *rowStore) keep(ctx context.Context, rows []arrived) error {
	// Of rows with one key the last is what the input says.
	last := make(map[uint64]int, len(rows))
	keys := make([]uint64, 0, len(rows))
	for i, row := range rows {
		if _, ok := last[row.key]; !ok {
			keys = append(keys, row.key)
		}
		last[row.key] = i
	}
	known, err := s.known(ctx, keys)
	if err != nil {
		return err
	}
	var fresh [][]any
	now := s.in.now().UTC()
	for i, row := range rows {
		k := known[row.key]
		if last[row.key] != i || k.version > 0 && !k.gone && k.content == row.content {
			continue
		}
		fresh = append(fresh, []any{
			s.region, s.source, s.kind.name, s.input, row.key, s.in.nextVersion(k.version), row.content,
			row.region, false, uint64(row.number), string(row.text), now, s.runID,
		})
	}
	if len(fresh) == 0 {
		return nil
	}
	return insert(ctx, s.in.conn, insertRawRow, fresh...)
}

type rawRowVersion struct {
	content, version uint64
	gone             bool
}

func (s *rowStore) args(more ...any) []any {
	return named(append([]any{"region", s.region, "source", s.source, "kind", s.kind.name, "input", s.input}, more...)...)
}

func (s *rowStore) known(ctx context.Context, keys []uint64) (map[uint64]rawRowVersion, error) {
	known := make(map[uint64]rawRowVersion, len(keys))
	for chunk := range slices.Chunk(keys, lookupKeys) {
		err := each(ctx, s.in.conn, "raw_rows_known", s.args("keys", chunk), func(rows driver.Rows) error {
			var key uint64
			var k rawRowVersion
			err := rows.Scan(&key, &k.content, &k.gone, &k.version)
			known[key] = k
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return known, nil
}

// encodeRow writes a row as JSON, its columns in the order of their names.
func encodeRow(raw *rawRow) ([]byte, error) {
	text, err := json.Marshal(raw)
	if err != nil {
		return nil, fmt.Errorf("ingest: keep row: %w", err)
	}
	return text, nil
}

func decodeRow(text string) (*rawRow, error) {
	raw := &rawRow{}
	if err := json.Unmarshal([]byte(text), raw); err != nil {
		return nil, fmt.Errorf("ingest: read kept row: %w", err)
	}
	return raw, nil
}

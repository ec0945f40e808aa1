package ingest

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/warehouse/region"
)

const (
	// keepGenerations is how long a reader may still use a generation that is
	// no longer the newest.
	keepGenerations = 10 * time.Minute
	// maxGenerations bounds the young ones, so that a clock that stands still
	// or a busy hour does not fill the disk.
	maxGenerations = 16
)

var regionCode = regexp.MustCompile(`^[0-9.]+$`)

// dropOld drops the partitions of generations nobody reads any more.
func (in *Ingester) dropOld(ctx context.Context, reg region.Region, r *rollup, current uint64) error {
	if !regionCode.MatchString(reg.Code) {
		return fmt.Errorf("ingest: region code %q cannot stand in a statement", reg.Code)
	}
	cutoff := uint64(in.now().Add(-keepGenerations).UnixNano())
	for _, table := range r.tables {
		old, err := in.oldGenerations(ctx, reg, table, current)
		if err != nil {
			return err
		}
		for i, generation := range old {
			if generation >= cutoff && i < maxGenerations {
				continue
			}
			statement := fmt.Sprintf("ALTER TABLE %s DROP PARTITION ('%s', %d)", storedTable(table), reg.Code, generation)
			if err := in.conn.Exec(ctx, statement); err != nil {
				return fmt.Errorf("ingest: drop generation %d of %s: %w", generation, table, err)
			}
		}
	}
	return nil
}

// oldGenerations lists a table's generations below the current, newest first.
func (in *Ingester) oldGenerations(ctx context.Context, reg region.Region, table string, current uint64) ([]uint64, error) {
	var old []uint64
	err := each(ctx, in.conn, "old_generations", named("table", table, "region", reg.Code, "current", current), func(rows driver.Rows) error {
		var generation uint64
		if err := rows.Scan(&generation); err != nil {
			return err
		}
		old = append(old, generation)
		return nil
	})
	return slices.Clip(old), err
}

// storedTable is the table, with its cluster clause if it needs one, that
// holds the rows of table on disk.
func storedTable(table string) string { return table }

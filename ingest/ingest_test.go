package ingest_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"gaung/ingest"
	"gaung/warehouse"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

const contoh = "99.01"

var wib = mustZone("Asia/Jakarta")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// clock stands still until it is moved.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// bench is an ingester over a fresh warehouse with a clock of its own.
type bench struct {
	t     testing.TB
	in    *ingest.Ingester
	w     *warehouse.Warehouse
	clock *clock
	reg   region.Region
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, w: warehousetest.New(t), clock: &clock{time.Date(2026, 11, 5, 8, 0, 0, 0, wib)}}
	b.reg = region.Region{Code: contoh, Name: "Kabupaten Contoh", Zone: wib}
	b.in = ingest.New(ingest.Options{
		Warehouse: b.w,
		Regions:   region.Builtin().With(b.reg),
		Now:       b.clock.Now,
		Logger:    slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	return b
}

// give imports text and fails the test when that fails.
func (b *bench) give(kind, text string) *ingest.ImportResult {
	b.t.Helper()
	return b.request(ingest.ImportRequest{Kind: kind, Path: kind + ".csv", Reader: strings.NewReader(text), Region: contoh})
}

func (b *bench) request(r ingest.ImportRequest) *ingest.ImportResult {
	b.t.Helper()
	result, err := b.in.Import(b.t.Context(), r)
	if err != nil {
		b.t.Fatalf("import %s: %v", r.Kind, err)
	}
	return result
}

// want checks the counts of a result.
func (b *bench) want(got *ingest.ImportResult, accepted, updated, unchanged, rejected int) {
	b.t.Helper()
	want := ingest.Tally{Rows: accepted + updated + unchanged + rejected, Accepted: accepted, Updated: updated, Unchanged: unchanged, Rejected: rejected}
	if got.Tally != want {
		b.t.Fatalf("%s: counts %+v, want %+v; rejects %+v", got.Kind, got.Tally, want, got.Rejects)
	}
}

// rows runs a query whose columns are all texts and joins each row by |.
func (b *bench) rows(sql string, args ...any) []string {
	b.t.Helper()
	rows, err := b.w.Conn().Query(context.Background(), sql, args...)
	if err != nil {
		b.t.Fatalf("%s: %v", sql, err)
	}
	defer rows.Close()
	list := []string{}
	for rows.Next() {
		cells := make([]string, len(rows.Columns()))
		into := make([]any, len(cells))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			b.t.Fatalf("%s: %v", sql, err)
		}
		list = append(list, strings.Join(cells, "|"))
	}
	if err := rows.Err(); err != nil {
		b.t.Fatalf("%s: %v", sql, err)
	}
	return list
}

// current gives columns of the published generation of a rollup table.
func (b *bench) current(table, rollup, columns, order string) []string {
	b.t.Helper()
	return b.rows(fmt.Sprintf(`SELECT %s FROM %s WHERE region = {region:String} AND generation =
		(SELECT max(generation) FROM rollup_generations WHERE region = {region:String} AND rollup = '%s') ORDER BY %s`,
		texts(columns), table, rollup, order), clickhouse.Named("region", contoh))
}

// texts makes every column of a list, parted by commas outside brackets, a
// text that is never null.
func texts(columns string) string {
	var list []string
	depth, from := 0, 0
	for i, r := range columns + "," {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ',' && depth == 0:
			list = append(list, "ifNull(toString("+strings.TrimSpace(columns[from:i])+"), '')")
			from = i + 1
		}
	}
	return strings.Join(list, ", ")
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

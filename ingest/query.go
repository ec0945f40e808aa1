package ingest

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	columns "github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

//go:embed sql/*.sql
var queries embed.FS

// query is the text of sql/name.sql.
func query(name string) string {
	text, err := queries.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic("ingest: no query " + name) // a name in this package is misspelt
	}
	return string(text)
}

// named makes the parameters of a query out of pairs of name and value.
func named(pairs ...any) []any {
	args := make([]any, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		args = append(args, clickhouse.Named(pairs[i].(string), pairs[i+1]))
	}
	return args
}

// each runs sql/name.sql and calls scan for every row.
func each(ctx context.Context, conn driver.Conn, name string, args []any, scan func(driver.Rows) error) error {
	rows, err := conn.Query(ctx, query(name), args...)
	if err != nil {
		return wrapQuery(name, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return wrapQuery(name, err)
		}
	}
	return wrapQuery(name, rows.Err())
}

// wrapQuery names the query in its error; nil stays nil.
func wrapQuery(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("ingest: %s: %w", name, err)
}

// instantLayout writes an instant the way a DateTime64(3, 'UTC') parameter is
// read.
const instantLayout = "2006-01-02 15:04:05.000"

// instant is a UTC instant as a parameter.
func instant(t time.Time) string { return t.UTC().Format(instantLayout) }

// insertInto is the statement of a batch. Table and columns are constants of
// this package, never input.
func insertInto(table string, columns ...string) string {
	return "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ")"
}

// insertSettings: a batch never holds two rows of one sorting key, for versions
// are part of it, so looking for them is wasted work.
var insertSettings = clickhouse.Settings{"optimize_on_insert": 0}

// insert writes rows at once, column by column: that is how the engine takes
// them, and several times faster than row by row.
func insert(ctx context.Context, conn driver.Conn, statement string, rows ...[]any) error {
	batch, err := conn.PrepareBatch(clickhouse.Context(ctx, clickhouse.WithSettings(insertSettings)), statement)
	if err != nil {
		return fmt.Errorf("ingest: prepare %q: %w", statement, err)
	}
	of := batch.Columns()
	for i := range rows[0] {
		// Dictionaries take a value at a time and would only unpack a list.
		single := strings.HasPrefix(string(of[i].Type()), "LowCardinality")
		if texts, ok := of[i].(*columns.String); ok {
			if err := reserve(texts, rows, i); err != nil {
				_ = batch.Abort()
				return fmt.Errorf("ingest: column %d of %q: %w", i+1, statement, err)
			}
		}
		if err := appendColumn(batch.Column(i), rows, i, single); err != nil {
			_ = batch.Abort()
			return fmt.Errorf("ingest: column %d of %q: %w", i+1, statement, err)
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("ingest: send %q: %w", statement, err)
	}
	return nil
}

// appendColumn hands the i-th values of all rows over, as one typed list where
// the driver takes lists.
func appendColumn(to driver.BatchColumn, rows [][]any, i int, single bool) error {
	if !single {
		switch rows[0][i].(type) {
		case string:
			return appendList[string](to, rows, i)
		case time.Time:
			return appendList[time.Time](to, rows, i)
		case *time.Time:
			return appendList[*time.Time](to, rows, i)
		case uint64:
			return appendList[uint64](to, rows, i)
		case uint32:
			return appendList[uint32](to, rows, i)
		case bool:
			return appendList[bool](to, rows, i)
		case *float64:
			return appendList[*float64](to, rows, i)
		}
	}
	for _, row := range rows {
		if err := to.AppendRow(row[i]); err != nil {
			return err
		}
	}
	return nil
}

// reserveFrom is how much text is worth reserving room for, in bytes.
const reserveFrom = 1 << 20

// reserve gives a column of long texts room for all of them at once: growing
// by appending would copy them several times over. The driver has no word for
// it, but a column that was reset keeps its memory.
func reserve(texts *columns.String, rows [][]any, i int) error {
	size := 0
	for _, row := range rows {
		if text, ok := row[i].(string); ok {
			size += len(text)
		}
	}
	if size < reserveFrom {
		return nil
	}
	if err := texts.AppendRow(make([]byte, size)); err != nil {
		return err
	}
	texts.Reset()
	return nil
}

func appendList[T any](to driver.BatchColumn, rows [][]any, i int) error {
	list := make([]T, len(rows))
	for n, row := range rows {
		value, ok := row[i].(T)
		if !ok {
			return fmt.Errorf("row %d holds a %T, the first a %T", n+1, row[i], rows[0][i])
		}
		list[n] = value
	}
	return to.Append(list)
}

package ingest

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
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
		return fmt.Errorf("ingest: %s: %w", name, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("ingest: %s: %w", name, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("ingest: %s: %w", name, err)
	}
	return nil
}

// insertInto is the statement of a batch. Table and columns are constants of
// this package, never input.
func insertInto(table string, columns ...string) string {
	return "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ")"
}

// insert writes a few rows at once.
func insert(ctx context.Context, conn driver.Conn, statement string, rows ...[]any) error {
	batch, err := conn.PrepareBatch(ctx, statement)
	if err != nil {
		return fmt.Errorf("ingest: prepare %q: %w", statement, err)
	}
	for _, row := range rows {
		if err := batch.Append(row...); err != nil {
			_ = batch.Abort()
			return fmt.Errorf("ingest: append to %q: %w", statement, err)
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("ingest: send %q: %w", statement, err)
	}
	return nil
}

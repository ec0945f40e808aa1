package ingest

import (
	"context"
	"embed"
	"fmt"
	"time"

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

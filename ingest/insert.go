package ingest

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	columns "github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// store is a connection that knows the types of the columns it writes.
type store struct {
	driver.Conn
	types sync.Map // by table, of column to type
}

// insertion is what a batch fills. Table and columns are constants of this
// package, never input.
type insertion struct {
	table   string
	columns []string
}

func insertInto(table string, columns ...string) insertion { return insertion{table, columns} }

func (i insertion) String() string {
	return "INSERT INTO " + i.table + " (" + strings.Join(i.columns, ", ") + ")"
}

// insertSettings: a batch never holds two rows of one sorting key, for versions
// are part of it, so looking for them is wasted work.
var insertSettings = clickhouse.Settings{"optimize_on_insert": 0}

// insert writes rows at once, column by column: that is how the engine takes
// them, and several times faster than row by row.
func insert(ctx context.Context, conn *store, into insertion, rows ...[]any) error {
	return conn.fill(ctx, into, func(i int, to driver.BatchColumn, texts *columns.String) error {
		return appendRows(to, texts, rows, i)
	})
}

// fill sends one batch, each of whose columns write fills; texts is the column
// itself if it is one of plain texts.
func (s *store) fill(ctx context.Context, into insertion, write func(i int, to driver.BatchColumn, texts *columns.String) error) error {
	types, err := s.typesOf(ctx, into)
	if err != nil {
		return err
	}
	settings := clickhouse.Context(ctx, clickhouse.WithSettings(insertSettings), clickhouse.WithColumnNamesAndTypes(types))
	batch, err := s.PrepareBatch(settings, into.String())
	if err != nil {
		return fmt.Errorf("ingest: prepare %s: %w", into.table, err)
	}
	of := batch.Columns()
	for i, name := range into.columns {
		texts, _ := of[i].(*columns.String)
		if err := write(i, batch.Column(i), texts); err != nil {
			_ = batch.Abort()
			return fmt.Errorf("ingest: column %s of %s: %w", name, into.table, err)
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("ingest: send to %s: %w", into.table, err)
	}
	return nil
}

// dictionary is a type that the engine keeps as a dictionary.
var dictionary = regexp.MustCompile(`LowCardinality\(((?:[^()]|\([^()]*\))*)\)`)

// typesOf lists the types in which the columns are sent. Dictionaries are sent
// as what they hold: the engine looks the values up faster than the driver,
// which takes them one at a time.
func (s *store) typesOf(ctx context.Context, into insertion) ([]clickhouse.ColumnNameAndType, error) {
	known, ok := s.types.Load(into.table)
	if !ok {
		all := map[string]string{}
		err := each(ctx, s, "column_types", named("table", into.table), func(rows driver.Rows) error {
			var name, of string
			err := rows.Scan(&name, &of)
			all[name] = dictionary.ReplaceAllString(of, "$1")
			return err
		})
		if err != nil {
			return nil, err
		}
		known, _ = s.types.LoadOrStore(into.table, all)
	}
	types := make([]clickhouse.ColumnNameAndType, len(into.columns))
	for i, name := range into.columns {
		of, ok := known.(map[string]string)[name]
		if !ok {
			return nil, fmt.Errorf("ingest: prepare %s: no column %s", into.table, name)
		}
		types[i] = clickhouse.ColumnNameAndType{Name: name, Type: of}
	}
	return types, nil
}

// appendRows hands the i-th values of all rows over, as one typed list where
// the driver takes lists. texts is the column itself if it is one of texts.
func appendRows(to driver.BatchColumn, texts *columns.String, rows [][]any, i int) error {
	if texts != nil {
		size := 0
		for _, row := range rows {
			if text, ok := row[i].(string); ok {
				size += len(text)
			}
		}
		if err := reserve(texts, size); err != nil {
			return err
		}
	}
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
	for _, row := range rows {
		if err := to.AppendRow(row[i]); err != nil {
			return err
		}
	}
	return nil
}

// reserveFrom is how much text is worth reserving room for, in bytes.
const reserveFrom = 64 << 10

// zeroes are text to reserve room with. They are never written, so that they take no
// memory.
var zeroes [2 * batchBytes]byte

// reserve gives a column of texts room for all of them, so many bytes, at once:
// growing by appending would copy them several times over. The driver has no
// word for it, but a column that was reset keeps its memory.
func reserve(texts *columns.String, size int) error {
	if size < reserveFrom {
		return nil
	}
	room := zeroes[:]
	if size > len(room) {
		room = make([]byte, size)
	}
	if err := texts.AppendRow(room[:size]); err != nil {
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

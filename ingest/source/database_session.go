package source

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// session is one connection to a database.
type session interface {
	// query runs one statement in a transaction of its own that can only
	// read and has a limit on its time: short enough to be in nobody's way.
	// head gets the columns before the first row, row the values of each;
	// they are only valid during the call.
	query(ctx context.Context, statement string, args []any, head func([]resultColumn) error, row func([]any)) error
	close(ctx context.Context)
}

// resultColumn is a column of an answer with its type as the database calls
// it.
type resultColumn struct {
	name, databaseType string
}

// standardSession is a session over database/sql.
type standardSession struct {
	db   *sql.DB
	conn *sql.Conn
}

func openStandard(ctx context.Context, db *sql.DB, prepare func(context.Context, *sql.Conn) error) (session, error) {
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	s := &standardSession{db: db, conn: conn}
	if prepare != nil {
		if err := prepare(ctx, conn); err != nil {
			s.close(ctx)
			return nil, err
		}
	}
	return s, nil
}

func (s *standardSession) close(context.Context) {
	_ = s.conn.Close()
	_ = s.db.Close()
}

func (s *standardSession) query(ctx context.Context, statement string, args []any, head func([]resultColumn) error, row func([]any)) error {
	tx, err := s.conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	rows, err := tx.QueryContext(ctx, statement, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	columns := make([]resultColumn, len(types))
	for i, t := range types {
		columns[i] = resultColumn{t.Name(), t.DatabaseTypeName()}
	}
	if err := head(columns); err != nil {
		return err
	}
	values, into := make([]any, len(types)), make([]any, len(types))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row(values)
	}
	return rows.Err()
}

// postgresSession is a session over pgx itself, which knows the types of
// columns without being asked for each.
type postgresSession struct {
	conn *pgx.Conn
	zone *time.Location
}

func (s *postgresSession) close(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), connectTimeout)
	defer cancel()
	_ = s.conn.Close(ctx)
}

func (s *postgresSession) query(ctx context.Context, statement string, args []any, head func([]resultColumn) error, row func([]any)) error {
	tx, err := s.conn.BeginTx(ctx, pgx.TxOptions{AccessMode: pgx.ReadOnly})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	settings := []string{
		fmt.Sprintf("SET LOCAL statement_timeout = %d", statementTimeout.Milliseconds()),
		// The zone is one of a fixed list; SET takes no parameters.
		fmt.Sprintf("SET LOCAL timezone = '%s'", s.zone),
		"SET LOCAL datestyle = 'ISO, YMD'",
	}
	for _, setting := range settings {
		if _, err := tx.Exec(ctx, setting); err != nil {
			return err
		}
	}
	rows, err := tx.Query(ctx, statement, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns := make([]resultColumn, len(rows.FieldDescriptions()))
	for i, f := range rows.FieldDescriptions() {
		columns[i].name = f.Name
		if t, ok := s.conn.TypeMap().TypeForOID(f.DataTypeOID); ok {
			columns[i].databaseType = t.Name
		}
	}
	if rows.Err() == nil {
		if err := head(columns); err != nil {
			return err
		}
	}
	values := make([]any, len(columns))
	for rows.Next() {
		for i, raw := range rows.RawValues() {
			values[i] = nil
			if raw != nil {
				values[i] = string(raw) // every column is cast to text
			}
		}
		row(values)
	}
	return rows.Err()
}

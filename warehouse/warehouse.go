package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Options say which warehouse to open and how. The zero value of every field
// but DSN is a good choice.
type Options struct {
	// DSN is chdb:DIR, clickhouse://…, http://… or https://…; empty means [DefaultDSN].
	DSN string
	// Engine is the path of libchdb; empty means look in the usual places.
	Engine string
	// MemoryLimit bounds the embedded engine's memory in bytes; 0 leaves the
	// engine's own limit, nine tenths of the machine.
	MemoryLimit uint64
	// QueryTimeout ends any statement that runs longer; 0 means [DefaultQueryTimeout],
	// negative means no limit.
	QueryTimeout time.Duration
	// Sessions is how many statements the embedded engine runs at once; 0 means 8.
	Sessions int
	// Database is the embedded engine's database; empty means "default". It is
	// created when missing.
	Database string
	// Logger receives what a person need not read; nil means slog.Default().
	Logger *slog.Logger
}

// DefaultQueryTimeout is long enough for the largest rebuild and short enough
// that a runaway statement does not hold the engine for the night.
const DefaultQueryTimeout = 10 * time.Minute

// Warehouse is an open ClickHouse.
type Warehouse struct {
	conn    driver.Conn
	options *clickhouse.Options
	cluster string
	seat    *seat // nil for a server
}

// Open opens the warehouse. Every error is an [*Error] with words for a
// person, or carries the engine's own text.
func Open(ctx context.Context, o Options) (*Warehouse, error) {
	if o.DSN == "" {
		o.DSN = DefaultDSN
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.QueryTimeout == 0 {
		o.QueryTimeout = DefaultQueryTimeout
	}
	if o.Sessions == 0 {
		o.Sessions = 8
	}
	at, err := parseDSN(o.DSN)
	if err != nil {
		return nil, err
	}
	if at.server != nil {
		return openServer(ctx, o, at)
	}
	if o.Database != "" {
		at.database = o.Database
	}
	return openDirectory(ctx, o, at)
}

// Conn is the one connection everything reads and writes through. It is safe
// for concurrent use.
func (w *Warehouse) Conn() driver.Conn { return w.conn }

// SQL opens a database/sql handle on the same warehouse, for goose. The caller
// closes it.
func (w *Warehouse) SQL() *sql.DB { return clickhouse.OpenDB(w.options) }

// Embedded says that the warehouse is a directory of this machine.
func (w *Warehouse) Embedded() bool { return w.seat != nil }

// Cluster is the cluster's name, empty for a directory or a single server.
func (w *Warehouse) Cluster() string { return w.cluster }

// Close ends the connection; the last user of a directory in this process
// stops the embedded engine.
func (w *Warehouse) Close() error {
	err := w.conn.Close()
	if w.seat != nil {
		w.seat.leave()
	}
	if err != nil {
		return fmt.Errorf("warehouse: close: %w", err)
	}
	return nil
}

func openDirectory(ctx context.Context, o Options, at location) (*Warehouse, error) {
	dir, err := prepareDirectory(at.dir)
	if err != nil {
		return nil, err
	}
	limit := max(o.QueryTimeout, 0)
	s := newSeat(dir, engineOptions{
		library: o.Engine, memoryLimit: o.MemoryLimit, sessions: o.Sessions, limit: limit, logger: o.Logger,
	})
	if err := s.sit(ctx); err != nil {
		return nil, err
	}
	options := &clickhouse.Options{
		Protocol:      clickhouse.HTTP,
		Addr:          []string{"warehouse:0"},
		TransportFunc: func(*http.Transport) (http.RoundTripper, error) { return s, nil },
		MaxOpenConns:  2 * o.Sessions,
		MaxIdleConns:  o.Sessions,
		DialTimeout:   takeOverWait,
	}
	w := &Warehouse{options: options, seat: s}
	if err := w.connect(ctx); err != nil {
		s.leave()
		return nil, err
	}
	if at.database != "default" {
		if !identifier.MatchString(at.database) {
			w.Close()
			return nil, failure(nil, "nama basis data %q tidak sah; pakai huruf, angka dan garis bawah", at.database)
		}
		if err := w.conn.Exec(ctx, "CREATE DATABASE IF NOT EXISTS "+at.database); err != nil {
			w.Close()
			return nil, fmt.Errorf("warehouse: create database %s: %w", at.database, err)
		}
		w.conn.Close()
		options.Auth.Database = at.database
		if err := w.connect(ctx); err != nil {
			s.leave()
			return nil, err
		}
	}
	return w, nil
}

func (w *Warehouse) connect(ctx context.Context) error {
	conn, err := clickhouse.Open(w.options)
	if err != nil {
		return fmt.Errorf("warehouse: open: %w", err)
	}
	if err := conn.Ping(ctx); err != nil {
		conn.Close()
		var e *Error
		if errors.As(err, &e) {
			return e
		}
		return fmt.Errorf("warehouse: ping: %w", err)
	}
	w.conn = conn
	return nil
}

// prepareDirectory makes the directory and returns its one true path, so that
// every process names the same lock and socket.
func prepareDirectory(dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", failure(err, "direktori gudang data %s tidak dapat dibuat (%s); pilih tempat lain dengan --warehouse chdb:DIREKTORI", dir, reason(err))
	}
	absolute, err := filepath.Abs(dir)
	if err == nil {
		absolute, err = filepath.EvalSymlinks(absolute)
	}
	if err != nil {
		return "", failure(err, "direktori gudang data %s tidak dapat dibaca (%s)", dir, reason(err))
	}
	if _, err := os.ReadDir(absolute); err != nil {
		return "", failure(err, "direktori gudang data %s tidak dapat dibaca (%s); periksa pemilik dan izinnya", dir, reason(err))
	}
	return absolute, nil
}

// reason puts the common failures of the file system into Indonesian.
func reason(err error) string {
	switch {
	case errors.Is(err, os.ErrPermission):
		return "tidak ada izin"
	case errors.Is(err, os.ErrNotExist):
		return "tidak ada"
	}
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

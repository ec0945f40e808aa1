package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// Status is where a schema stands against the files of this program.
type Status struct {
	Current int64 // the newest migration that was applied; 0 for an empty database
	Target  int64 // the newest migration this program has
}

// Behind says that migrations wait to be applied.
func (s Status) Behind() bool { return s.Current < s.Target }

// Newer says that a newer program has migrated the schema.
func (s Status) Newer() bool { return s.Current > s.Target }

// ErrNewer says that the schema belongs to a newer program; nothing was changed.
var ErrNewer = errors.New("migrations: the schema is newer than this program")

// Migrator applies the schema to one database.
type Migrator struct {
	provider *goose.Provider
	db       *sql.DB
	target   int64
}

// New prepares the migrations for db. The caller keeps db and closes it.
func New(db *sql.DB, t Topology, logger *slog.Logger) (*Migrator, error) {
	rendered, err := Render(t)
	if err != nil {
		return nil, err
	}
	store := &versionStore{cluster: t.Cluster}
	provider, err := goose.NewProvider(database.DialectCustom, db, rendered, goose.WithStore(store), goose.WithSlog(logger), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("migrations: read the files: %w", err)
	}
	sources := provider.ListSources()
	return &Migrator{provider: provider, db: db, target: sources[len(sources)-1].Version}, nil
}

// Status asks the database how far it is, without changing it.
func (m *Migrator) Status(ctx context.Context) (Status, error) {
	current, err := currentVersion(ctx, m.db)
	if err != nil {
		return Status{}, err
	}
	return Status{Current: current, Target: m.target}, nil
}

// Up applies what is missing and returns how many migrations that were. It
// fails with [ErrNewer] when the schema is ahead of this program.
func (m *Migrator) Up(ctx context.Context) (applied int, err error) {
	status, err := m.Status(ctx)
	if err != nil {
		return 0, err
	}
	if status.Newer() {
		return 0, ErrNewer
	}
	results, err := m.provider.Up(ctx)
	if err != nil {
		return len(results), fmt.Errorf("migrations: apply: %w", err)
	}
	return len(results), nil
}

// Down takes the newest migration back; tests use it.
func (m *Migrator) Down(ctx context.Context) error {
	if _, err := m.provider.Down(ctx); err != nil {
		return fmt.Errorf("migrations: take back: %w", err)
	}
	return nil
}

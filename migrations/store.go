package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/pressly/goose/v3/database"
)

// versionTable records which migrations were applied. It is append-only: the
// newest row of a version says whether it stands.
const versionTable = "schema_versions"

// versionStore keeps goose's book in ClickHouse. goose's own ClickHouse store
// knows no cluster: its table would differ from node to node.
type versionStore struct{ cluster string }

var _ database.StoreExtender = (*versionStore)(nil)

// Tablename implements database.Store.
func (s *versionStore) Tablename() string { return versionTable }

// CreateVersionTable implements database.Store. On a cluster every node holds
// the same replicated copy: the path names no shard.
func (s *versionStore) CreateVersionTable(ctx context.Context, db database.DBTxConn) error {
	on, engine := "", "MergeTree"
	if s.cluster != "" {
		on = "ON CLUSTER '" + s.cluster + "'"
		engine = "ReplicatedMergeTree('/clickhouse/gaung/{database}/" + versionTable + "', '{shard}-{replica}')"
	}
	_, err := db.ExecContext(ctx, fmt.Sprintf(`CREATE TABLE IF NOT EXISTS %s %s
(
    version_id Int64,
    is_applied Bool,
    changed_at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = %s
ORDER BY (version_id, changed_at)`, versionTable, on, engine))
	if err != nil {
		return fmt.Errorf("create %s: %w", versionTable, err)
	}
	return nil
}

// TableExists implements database.StoreExtender.
func (s *versionStore) TableExists(ctx context.Context, db database.DBTxConn) (bool, error) {
	return tableExists(ctx, db)
}

// Insert implements database.Store.
func (s *versionStore) Insert(ctx context.Context, db database.DBTxConn, r database.InsertRequest) error {
	return s.record(ctx, db, r.Version, true)
}

// Delete implements database.Store.
func (s *versionStore) Delete(ctx context.Context, db database.DBTxConn, version int64) error {
	return s.record(ctx, db, version, false)
}

func (s *versionStore) record(ctx context.Context, db database.DBTxConn, version int64, applied bool) error {
	_, err := db.ExecContext(ctx, "INSERT INTO "+versionTable+" (version_id, is_applied) SELECT {version:Int64}, {applied:Bool}",
		clickhouse.Named("version", version), clickhouse.Named("applied", applied))
	if err != nil {
		return fmt.Errorf("record version %d: %w", version, err)
	}
	return nil
}

const versionStates = `SELECT version_id, argMax(is_applied, changed_at) AS applied, max(changed_at) AS at FROM ` + versionTable + ` GROUP BY version_id`

// GetMigration implements database.Store.
func (s *versionStore) GetMigration(ctx context.Context, db database.DBTxConn, version int64) (*database.GetMigrationResult, error) {
	var result database.GetMigrationResult
	err := db.QueryRowContext(ctx, "SELECT at, applied FROM ("+versionStates+") WHERE version_id = {version:Int64}",
		clickhouse.Named("version", version)).Scan(&result.Timestamp, &result.IsApplied)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, database.ErrVersionNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("look up version %d: %w", version, err)
	}
	return &result, nil
}

// GetLatestVersion implements database.Store.
func (s *versionStore) GetLatestVersion(ctx context.Context, db database.DBTxConn) (int64, error) {
	var latest, known int64
	err := db.QueryRowContext(ctx, "SELECT maxIf(version_id, applied), toInt64(countIf(applied)) FROM ("+versionStates+")").Scan(&latest, &known)
	if err != nil {
		return 0, fmt.Errorf("look up the latest version: %w", err)
	}
	if known == 0 {
		return 0, database.ErrVersionNotFound
	}
	return latest, nil
}

// ListMigrations implements database.Store.
func (s *versionStore) ListMigrations(ctx context.Context, db database.DBTxConn) ([]*database.ListMigrationsResult, error) {
	rows, err := db.QueryContext(ctx, "SELECT version_id, applied FROM ("+versionStates+") WHERE applied ORDER BY version_id DESC")
	if err != nil {
		return nil, fmt.Errorf("list versions: %w", err)
	}
	defer rows.Close()
	var list []*database.ListMigrationsResult
	for rows.Next() {
		var r database.ListMigrationsResult
		if err := rows.Scan(&r.Version, &r.IsApplied); err != nil {
			return nil, fmt.Errorf("list versions: %w", err)
		}
		list = append(list, &r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list versions: %w", err)
	}
	return list, nil
}

type rowQuerier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func tableExists(ctx context.Context, db rowQuerier) (bool, error) {
	var n uint64
	err := db.QueryRowContext(ctx, "SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = '"+versionTable+"'").Scan(&n)
	if err != nil {
		return false, fmt.Errorf("migrations: look for %s: %w", versionTable, err)
	}
	return n > 0, nil
}

// currentVersion returns the newest applied version, 0 where no migration ever ran.
func currentVersion(ctx context.Context, db *sql.DB) (int64, error) {
	exists, err := tableExists(ctx, db)
	if err != nil || !exists {
		return 0, err
	}
	var latest int64
	err = db.QueryRowContext(ctx, "SELECT maxIf(version_id, applied) FROM ("+versionStates+")").Scan(&latest)
	if err != nil {
		return 0, fmt.Errorf("migrations: read the schema's version: %w", err)
	}
	return latest, nil
}

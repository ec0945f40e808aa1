-- +goose NO TRANSACTION
-- +goose Up
-- One row per import or pull, written when it starts and again when it ends.
CREATE TABLE IF NOT EXISTS ingest_runs${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    run_id       UUID,
    kind         LowCardinality(String),
    source       String,
    started_at   DateTime64(3, 'UTC'),
    finished_at  Nullable(DateTime64(3, 'UTC')),
    status       LowCardinality(String),
    row_count    UInt64,
    accepted     UInt64,
    unchanged    UInt64,
    updated      UInt64,
    rejected     UInt64,
    message      String,
    version      UInt64
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, run_id);

-- +gaung DISTRIBUTED ingest_runs

CREATE VIEW IF NOT EXISTS ingest_runs_current ${ON_CLUSTER} AS
SELECT * FROM ingest_runs ORDER BY version DESC LIMIT 1 BY region, run_id;

-- +goose Down
DROP VIEW IF EXISTS ingest_runs_current ${ON_CLUSTER};
-- +gaung DROP ingest_runs

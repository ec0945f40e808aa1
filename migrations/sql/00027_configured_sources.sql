-- +goose NO TRANSACTION
-- +goose Up
-- The sources of gaung.yaml as the program last saw them; configured_at is when it first did. What is no
-- longer configured stays, marked removed.
CREATE TABLE IF NOT EXISTS configured_sources${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    source       String,
    kind         LowCardinality(String),
    opd          String,
    channel      LowCardinality(String),
    every_seconds UInt32,
    configured_at DateTime64(3, 'UTC'),
    removed      Bool DEFAULT false,
    version      UInt64
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, source);

-- +gaung DISTRIBUTED configured_sources

-- A poll that was due while the source was left alone after failures: expected, not attempted, not answered.
-- (On a cluster the first statement changes the tables that hold the rows, the second the Distributed one.)
ALTER TABLE polls${LOCAL} ${ON_CLUSTER} ADD COLUMN IF NOT EXISTS skipped Bool DEFAULT false;
ALTER TABLE polls ${ON_CLUSTER} ADD COLUMN IF NOT EXISTS skipped Bool DEFAULT false;

-- +goose Down
ALTER TABLE polls ${ON_CLUSTER} DROP COLUMN IF EXISTS skipped;
ALTER TABLE polls${LOCAL} ${ON_CLUSTER} DROP COLUMN IF EXISTS skipped;
-- +gaung DROP configured_sources

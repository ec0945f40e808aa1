-- +goose NO TRANSACTION
-- +goose Up
-- Publication targets per OPD from a day on.
CREATE TABLE IF NOT EXISTS targets${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    opd_raw      String,
    from_date    Date32,
    target_per_week Float64,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

-- +gaung DISTRIBUTED targets

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS targets_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM targets ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS targets_current ${ON_CLUSTER};
-- +gaung DROP targets

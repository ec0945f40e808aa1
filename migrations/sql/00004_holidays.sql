-- +goose NO TRANSACTION
-- +goose Up
-- Days off: national (region empty) and regional, as decreed.
CREATE TABLE IF NOT EXISTS holidays${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    date         Date32,
    name         String,
    kind         LowCardinality(String),
    decree       String,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

-- +gaung DISTRIBUTED holidays

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS holidays_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM holidays ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS holidays_current ${ON_CLUSTER};
-- +gaung DROP holidays

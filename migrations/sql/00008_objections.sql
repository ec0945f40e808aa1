-- +goose NO TRANSACTION
-- +goose Up
-- Objections (keberatan) to PPID answers.
CREATE TABLE IF NOT EXISTS objections${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    objection_no String,
    registration_no String,
    received_at  DateTime64(3, 'UTC'),
    reason       String,
    answered_at  Nullable(DateTime64(3, 'UTC')),
    decision     String,
    source       LowCardinality(String),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

-- +gaung DISTRIBUTED objections

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS objections_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM objections ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS objections_current ${ON_CLUSTER};
-- +gaung DROP objections

-- +goose NO TRANSACTION
-- +goose Up
-- False news spotted and answered.
CREATE TABLE IF NOT EXISTS clarifications${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    clarification_id String,
    spotted_at   DateTime64(3, 'UTC'),
    topic        String,
    opd_raw      String,
    answered_at  Nullable(DateTime64(3, 'UTC')),
    url          String,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

-- +gaung DISTRIBUTED clarifications

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS clarifications_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM clarifications ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS clarifications_current ${ON_CLUSTER};
-- +gaung DROP clarifications

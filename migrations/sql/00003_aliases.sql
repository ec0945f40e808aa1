-- +goose NO TRANSACTION
-- +goose Up
-- Human decisions: this spelling means that OPD or person, between these days.
CREATE TABLE IF NOT EXISTS aliases${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    kind         LowCardinality(String),
    alias        String,
    target       String,
    valid_from   Nullable(Date32),
    valid_to     Nullable(Date32),
    decided_by   String,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

-- +gaung DISTRIBUTED aliases

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS aliases_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM aliases ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS aliases_current ${ON_CLUSTER};
-- +gaung DROP aliases

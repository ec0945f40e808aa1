-- +goose NO TRANSACTION
-- +goose Up
-- Agencies (OPD). Every import of a changed row is a further version; nothing is overwritten.
CREATE TABLE IF NOT EXISTS opd${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    code         String,
    name         String,
    short_name   String,
    aliases      Array(String),
    peer_group   LowCardinality(String),
    target_per_week Nullable(Float64),
    has_source   Bool DEFAULT true,
    valid_from   Nullable(Date32),
    valid_to     Nullable(Date32),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

-- +gaung DISTRIBUTED opd

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS opd_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM opd ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS opd_current ${ON_CLUSTER};
-- +gaung DROP opd

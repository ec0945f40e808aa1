-- +goose NO TRANSACTION
-- +goose Up
-- Pranata humas, operators and relawan TIK.
CREATE TABLE IF NOT EXISTS people${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    person_id    String,
    name         String,
    person_group LowCardinality(String),
    jenjang      LowCardinality(String),
    opd_raw      String,
    aliases      Array(String),
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

-- +gaung DISTRIBUTED people

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS people_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM people ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS people_current ${ON_CLUSTER};
-- +gaung DROP people

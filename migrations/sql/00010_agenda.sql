-- +goose NO TRANSACTION
-- +goose Up
-- Events an OPD announced.
CREATE TABLE IF NOT EXISTS agenda${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    agenda_id    String,
    date         Date32,
    opd_raw      String,
    title        String,
    venue        String,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

-- +gaung DISTRIBUTED agenda

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS agenda_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM agenda ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS agenda_current ${ON_CLUSTER};
-- +gaung DROP agenda

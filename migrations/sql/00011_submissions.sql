-- +goose NO TRANSACTION
-- +goose Up
-- Drafts an OPD sent to the editors.
CREATE TABLE IF NOT EXISTS submissions${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    submission_id String,
    opd_raw      String,
    submitted_at DateTime64(3, 'UTC'),
    title        String,
    author_raw   String,
    editor_raw   String,
    decided_at   Nullable(DateTime64(3, 'UTC')),
    decision     LowCardinality(String),
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

-- +gaung DISTRIBUTED submissions

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS submissions_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM submissions ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS submissions_current ${ON_CLUSTER};
-- +gaung DROP submissions

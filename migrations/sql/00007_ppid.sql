-- +goose NO TRANSACTION
-- +goose Up
-- PPID requests without the applicant's identity. Instants are UTC.
CREATE TABLE IF NOT EXISTS ppid${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    registration_no String,
    opd_raw      String,
    received_at  DateTime64(3, 'UTC'),
    completed_at Nullable(DateTime64(3, 'UTC')),
    notified_at  Nullable(DateTime64(3, 'UTC')),
    delivered_at Nullable(DateTime64(3, 'UTC')),
    withdrawn_at Nullable(DateTime64(3, 'UTC')),
    category     LowCardinality(String),
    topic        String,
    channel      LowCardinality(String),
    status_raw   String,
    status       LowCardinality(String),
    extended     Bool,
    decision     String,
    refused      Bool,
    refusal_reason String,
    officer_raw  String,
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

-- +gaung DISTRIBUTED ppid

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS ppid_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM ppid ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS ppid_current ${ON_CLUSTER};
-- +gaung DROP ppid

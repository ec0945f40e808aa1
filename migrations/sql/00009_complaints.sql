-- +goose NO TRANSACTION
-- +goose Up
-- SP4N-LAPOR! complaints: clocks and classes, never the reporter or the text.
CREATE TABLE IF NOT EXISTS complaints${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    tracking_id  String,
    kind         LowCardinality(String),
    opd_raw      String,
    submitted_at DateTime64(3, 'UTC'),
    verified_at  Nullable(DateTime64(3, 'UTC')),
    assigned_at  Nullable(DateTime64(3, 'UTC')),
    first_response_at Nullable(DateTime64(3, 'UTC')),
    resolved_at  Nullable(DateTime64(3, 'UTC')),
    misrouted_at Nullable(DateTime64(3, 'UTC')),
    status_raw   String,
    category     LowCardinality(String),
    channel      LowCardinality(String),
    rating       Nullable(Float64),
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

-- +gaung DISTRIBUTED complaints

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS complaints_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM complaints ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS complaints_current ${ON_CLUSTER};
-- +gaung DROP complaints

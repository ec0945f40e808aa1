-- +goose NO TRANSACTION
-- +goose Up
-- The idempotency keys of pushes with the answer that was given, so that a repeated push is answered without work.
CREATE TABLE IF NOT EXISTS push_keys${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    source       String,
    idempotency_key String,
    body_hash    String,
    answer       String CODEC(ZSTD(3)),
    at           DateTime64(3, 'UTC'),
    version      UInt64
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, source, idempotency_key);

-- +gaung DISTRIBUTED push_keys

-- +goose Down
-- +gaung DROP push_keys

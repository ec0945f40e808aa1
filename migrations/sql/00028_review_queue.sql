-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: every printed OPD or person that nobody could resolve, how often and where it stands, and the known
-- names near it with score and evidence, for a person to decide. targets, names, scores and evidence go
-- together; they are empty when nothing is near.
CREATE TABLE IF NOT EXISTS review_queue${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    kind         LowCardinality(String),
    text         String,
    uses         UInt64,
    last_day     Date32,
    places       Array(LowCardinality(String)),
    example      String,
    targets      Array(String),
    names        Array(String),
    scores       Array(Float64),
    evidence     Array(String)
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, kind, text);

-- +gaung DISTRIBUTED review_queue

-- Human decisions: this spelling does not mean that OPD or person; an empty target means nobody known at all.
CREATE TABLE IF NOT EXISTS review_rejections${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    kind         LowCardinality(String),
    alias        String,
    target       String,
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

-- +gaung DISTRIBUTED review_rejections

-- +goose Down
-- +gaung DROP review_rejections
-- +gaung DROP review_queue

-- +goose NO TRANSACTION
-- +goose Up
-- One row per expected poll of a source, answered or not: a source that failed is not silence.
CREATE TABLE IF NOT EXISTS polls${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    source       LowCardinality(String),
    kind         LowCardinality(String),
    opd          String,
    polled_at    DateTime64(3, 'UTC'),
    answered     Bool,
    http_status  UInt16,
    reason       String,
    items        UInt32,
    new_items    UInt32,
    run_id       UUID
)
ENGINE = ${REPLICATED}MergeTree
ORDER BY (region, source, polled_at);

-- +gaung DISTRIBUTED polls

-- +goose Down
-- +gaung DROP polls

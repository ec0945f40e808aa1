-- +goose NO TRANSACTION
-- +goose Up
-- What was sent to whom, by a hash of the address: one row per attempt and claimant. A claim (pending) is written
-- before anything is sent; version 2 of the same row says how it ended.
CREATE TABLE IF NOT EXISTS deliveries${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    schedule     LowCardinality(String),
    period       String,
    channel      LowCardinality(String),
    recipient    String,
    attempt      UInt32,
    owner        String,
    id           String,
    kind         LowCardinality(String),
    status       LowCardinality(String),
    error        String,
    next_at      DateTime64(3, 'UTC'),
    lease_until  DateTime64(3, 'UTC'),
    at           DateTime64(3, 'UTC'),
    version      UInt64
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, schedule, period, channel, recipient, attempt, owner);

-- +gaung DISTRIBUTED deliveries

-- +goose Down
-- +gaung DROP deliveries

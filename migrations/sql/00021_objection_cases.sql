-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per objection; opd is that of the PPID request it is about, empty when unknown.
CREATE TABLE IF NOT EXISTS objection_cases${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    objection_no String,
    registration_no String,
    received_day Date32,
    answered_day Nullable(Date32),
    reason       String,
    decision     String
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, received_day);

-- +gaung DISTRIBUTED objection_cases

-- +goose Down
-- +gaung DROP objection_cases

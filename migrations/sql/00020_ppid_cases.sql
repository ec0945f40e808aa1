-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per PPID request, newest version, names resolved, days in the region's zone.
CREATE TABLE IF NOT EXISTS ppid_cases${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    registration_no String,
    received_day Date32,
    completed_day Nullable(Date32),
    notified_day Nullable(Date32),
    delivered_day Nullable(Date32),
    withdrawn_day Nullable(Date32),
    withdrawn_before_notified Bool,
    extended     Bool,
    status       LowCardinality(String),
    category     LowCardinality(String),
    topic        String,
    channel      LowCardinality(String),
    decision     String,
    refused      Bool,
    refusal_reason String,
    officer      String,
    officer_raw  String
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, received_day, opd);

-- +gaung DISTRIBUTED ppid_cases

-- +goose Down
-- +gaung DROP ppid_cases

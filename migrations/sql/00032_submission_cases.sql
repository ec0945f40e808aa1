-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per draft sent to the editors, newest version, names resolved, days in the region's zone.
CREATE TABLE IF NOT EXISTS submission_cases${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    submission_id String,
    submitted_at DateTime64(3, 'UTC'),
    submitted_day Date32,
    decided_at   Nullable(DateTime64(3, 'UTC')),
    decided_day  Nullable(Date32),
    decision     LowCardinality(String),
    title        String,
    author       String,
    editor       String,
    url          String
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, submitted_day, opd);

-- +gaung DISTRIBUTED submission_cases

-- +goose Down
-- +gaung DROP submission_cases

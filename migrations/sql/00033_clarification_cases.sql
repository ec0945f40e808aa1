-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per piece of false news, newest version, OPD resolved, days in the region's zone.
CREATE TABLE IF NOT EXISTS clarification_cases${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    clarification_id String,
    spotted_day  Date32,
    answered_day Nullable(Date32),
    topic        String,
    url          String
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, spotted_day);

-- +gaung DISTRIBUTED clarification_cases

-- +goose Down
-- +gaung DROP clarification_cases

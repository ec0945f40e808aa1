-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per complaint, newest version, names resolved, days in the region's zone.
CREATE TABLE IF NOT EXISTS complaint_cases${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    tracking_id  String,
    kind         LowCardinality(String),
    submitted_day Date32,
    verified_day Nullable(Date32),
    assigned_day Nullable(Date32),
    first_response_day Nullable(Date32),
    resolved_day Nullable(Date32),
    misrouted_day Nullable(Date32),
    status_raw   String,
    category     LowCardinality(String),
    channel      LowCardinality(String),
    rating       Nullable(Float64),
    officer      String,
    officer_raw  String
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, submitted_day, opd);

-- +gaung DISTRIBUTED complaint_cases

-- +goose Down
-- +gaung DROP complaint_cases

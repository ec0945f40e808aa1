-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per complaint and agency that had it in hand. A hand-over closes one spell and opens the
-- next: left_day is the day this agency gave it away, next_day the day the next one took it. The stamps are
-- those that belong to the spell.
CREATE TABLE IF NOT EXISTS complaint_spells${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    tracking_id  String,
    spell        UInt16,
    kind         LowCardinality(String),
    submitted_day Date32,
    verified_day Nullable(Date32),
    assigned_day Nullable(Date32),
    first_response_day Nullable(Date32),
    resolved_day Nullable(Date32),
    left_day     Nullable(Date32),
    next_day     Nullable(Date32),
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

-- +gaung DISTRIBUTED complaint_spells

-- What is known so far is one spell per complaint; the next rebuild looks at the history.
INSERT INTO complaint_spells (region, generation, opd, opd_raw, tracking_id, spell, kind, submitted_day, verified_day, assigned_day,
    first_response_day, resolved_day, left_day, next_day, status_raw, category, channel, rating, officer, officer_raw)
SELECT region, generation, opd, opd_raw, tracking_id, 1, kind, submitted_day, verified_day, assigned_day,
    first_response_day, resolved_day, misrouted_day, NULL, status_raw, category, channel, rating, officer, officer_raw
FROM complaint_cases;

-- +goose Down
-- +gaung DROP complaint_spells

-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per agenda event with its OPD resolved.
CREATE TABLE IF NOT EXISTS agenda_items${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    agenda_id    String,
    day          Date32,
    opd          LowCardinality(String),
    opd_raw      String,
    title        String,
    venue        String
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, day, opd);

-- +gaung DISTRIBUTED agenda_items

-- +goose Down
-- +gaung DROP agenda_items

-- +goose NO TRANSACTION
-- +goose Up
-- Rows that could not be used, with the reason, kept so that they can be repaired and replayed.
-- Columns that identify a citizen are gone before a row gets here.
CREATE TABLE IF NOT EXISTS rejects${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    kind         LowCardinality(String),
    source       String,
    run_id       UUID,
    row_number   UInt64,
    column_name  LowCardinality(String),
    value        String,
    reason       String,
    record       String CODEC(ZSTD(3)),
    rejected_at  DateTime64(3, 'UTC')
)
ENGINE = ${REPLICATED}ReplacingMergeTree(rejected_at)
ORDER BY (region, kind, source, run_id, row_number, column_name);

-- +gaung DISTRIBUTED rejects

-- +goose Down
-- +gaung DROP rejects

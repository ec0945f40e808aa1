-- +goose NO TRANSACTION
-- +goose Up
-- Closed months (tutup buku): the report as it was frozen, with its id and hash. Append-only; a revision is a
-- further edition beside the earlier ones.
CREATE TABLE IF NOT EXISTS editions${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    month        String,
    edition      UInt32,
    id           String,
    hash         String,
    as_of        Date32,
    closed_at    DateTime64(3, 'UTC'),
    reason       String,
    definitions_version UInt16,
    report       String CODEC(ZSTD(6))
)
ENGINE = ${REPLICATED}ReplacingMergeTree(closed_at)
ORDER BY (region, month, edition);

-- +gaung DISTRIBUTED editions

-- +goose Down
-- +gaung DROP editions

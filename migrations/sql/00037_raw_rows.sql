-- +goose NO TRANSACTION
-- +goose Up
-- Rows of databases, registers and pushes as they came, before anything is read out of them, so that better rules
-- can be replayed over them. Only the columns that an import reads are here: columns with the identity of a citizen
-- or the text of a complaint were dropped before, and NIK, addresses and numbers in free texts are masked. A further
-- version is written only when the row changed; input is the file of a register; gone marks a row that its source
-- lists no longer.
CREATE TABLE IF NOT EXISTS raw_rows${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    source       LowCardinality(String),
    kind         LowCardinality(String),
    input        LowCardinality(String),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    fact_region  LowCardinality(String),
    gone         Bool DEFAULT false,
    row_number   UInt64,
    item         String CODEC(ZSTD(6)),
    fetched_at   DateTime64(3, 'UTC'),
    run_id       UUID
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, source, kind, input, key_hash, version);

-- +gaung DISTRIBUTED raw_rows

-- +goose Down
-- +gaung DROP raw_rows

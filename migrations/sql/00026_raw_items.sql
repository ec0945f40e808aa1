-- +goose NO TRANSACTION
-- +goose Up
-- Article items as the sources gave them, before anything is read out of them, so that better rules can be
-- replayed over them. A further version is written only when the item changed. Only articles are kept raw:
-- rows of registers hold identities and the texts of complaints, which are stored nowhere.
CREATE TABLE IF NOT EXISTS raw_items${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    source       LowCardinality(String),
    kind         LowCardinality(String),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    url          String,
    guid         String,
    gone         Bool DEFAULT false,
    item         String CODEC(ZSTD(6)),
    fetched_at   DateTime64(3, 'UTC'),
    run_id       UUID
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, source, key_hash, version);

-- +gaung DISTRIBUTED raw_items

-- +goose Down
-- +gaung DROP raw_items

-- +goose NO TRANSACTION
-- +goose Up
-- Articles as they came: what was read from the source beside the text it was read from.
CREATE TABLE IF NOT EXISTS articles${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    url          String,
    raw_url      String,
    title        String,
    published_at Nullable(DateTime64(3, 'UTC')),
    published_raw String,
    published_precision LowCardinality(String),
    modified_at  Nullable(DateTime64(3, 'UTC')),
    first_seen_at DateTime64(3, 'UTC'),
    event_date   Nullable(Date32),
    channel      LowCardinality(String),
    source       LowCardinality(String),
    opd_raw      String,
    sumber_raw   String,
    authors_raw  Array(String),
    editors_raw  Array(String),
    photographers_raw Array(String),
    byline_rule  LowCardinality(String),
    place        String,
    body         String CODEC(ZSTD(3)),
    word_count   UInt32,
    text_hash    UInt64,
    simhash      UInt64,
    flags        Array(LowCardinality(String)),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

-- +gaung DISTRIBUTED articles

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS articles_current ${ON_CLUSTER} AS
SELECT *
FROM (SELECT * FROM articles ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS articles_current ${ON_CLUSTER};
-- +gaung DROP articles

-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per article (URL) with what its texts were resolved to. opd is the OPD credited with the story.
CREATE TABLE IF NOT EXISTS story_articles${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    url          String,
    title        String,
    published_at Nullable(DateTime64(3, 'UTC')),
    day          Nullable(Date32),
    first_seen_at DateTime64(3, 'UTC'),
    first_seen_day Date32,
    channel      LowCardinality(String),
    source       LowCardinality(String),
    story_id     UInt64,
    is_origin    Bool,
    opd          LowCardinality(String),
    source_opd   LowCardinality(String),
    opd_raw      String,
    sumber_raw   String,
    unmatched_opd Bool,
    unmatched_people Array(String),
    place        LowCardinality(String),
    word_count   UInt32,
    flags        Array(LowCardinality(String))
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, coalesce(day, first_seen_day), opd);

-- +gaung DISTRIBUTED story_articles

-- +goose Down
-- +gaung DROP story_articles

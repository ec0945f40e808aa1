-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per story, credited once. day is the region's local day of the earliest article.
CREATE TABLE IF NOT EXISTS stories${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    story_id     UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    published_at DateTime64(3, 'UTC'),
    day          Date32,
    title        String,
    url          String,
    place        LowCardinality(String),
    articles     UInt32,
    channels     Array(LowCardinality(String)),
    authors      Array(String),
    editors      Array(String),
    photographers Array(String)
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, day, opd);

-- +gaung DISTRIBUTED stories

-- +goose Down
-- +gaung DROP stories

-- +goose NO TRANSACTION
-- +goose Up
-- What printed names were resolved to while a rollup was made: target from from_day on, until the next row of the
-- same text. target is empty where the text means nobody known.
CREATE TABLE IF NOT EXISTS name_meanings${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    kind         LowCardinality(String),
    text         String,
    from_day     Int32,
    target       String
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, kind, text, from_day);

-- +gaung DISTRIBUTED name_meanings

-- +goose Down
-- +gaung DROP name_meanings

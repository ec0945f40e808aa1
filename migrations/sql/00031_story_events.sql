-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per story whose event is known, from the agenda (agenda_id), from the date of the event
-- given with an article (agenda_id empty), or both. A story stands for one event at most.
CREATE TABLE IF NOT EXISTS story_events${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    story_id     UInt64,
    opd          LowCardinality(String),
    story_day    Date32,
    event_day    Date32,
    agenda_id    String,
    similarity   Float64,
    title        String,
    url          String,
    authors      Array(String)
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, story_day, opd);

-- +gaung DISTRIBUTED story_events

-- +goose Down
-- +gaung DROP story_events

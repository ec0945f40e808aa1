-- +goose NO TRANSACTION
-- +goose Up
-- Which generation of a rollup is the one to read: the greatest for (region, rollup).
-- A rollup is written whole under a new generation number and published here, so a reader that
-- looks up the generations once sees one consistent state.
CREATE TABLE IF NOT EXISTS rollup_generations${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    rollup       LowCardinality(String),
    generation   UInt64,
    built_at     DateTime64(3, 'UTC')
)
ENGINE = ${REPLICATED}ReplacingMergeTree(generation)
ORDER BY (region, rollup);

-- +gaung DISTRIBUTED rollup_generations

-- +goose Down
-- +gaung DROP rollup_generations

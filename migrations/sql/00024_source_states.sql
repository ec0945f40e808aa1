-- +goose NO TRANSACTION
-- +goose Up
-- What the next poll of a source needs to know of the last one (validators, how far it has read), as JSON.
CREATE TABLE IF NOT EXISTS source_states${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    source       String,
    state        String,
    updated_at   DateTime64(3, 'UTC'),
    version      UInt64
)
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, source);

-- +gaung DISTRIBUTED source_states

-- +goose Down
-- +gaung DROP source_states

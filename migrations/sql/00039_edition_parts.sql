-- +goose NO TRANSACTION
-- +goose Up
-- What a closed month froze besides its report: the rows behind the figures, those of the year, the months it is
-- compared with, and the rules and days off of the time. Parts are written before the edition that names them
-- (parts_id) and vouches for their hashes (parts_hash), so that an edition never stands without them; parts
-- of a closing that was cut short belong to no edition.
CREATE TABLE IF NOT EXISTS edition_parts${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    parts_id     String,
    part         UInt32,
    month        String,
    section      LowCardinality(String),
    item         LowCardinality(String),
    rows         UInt32,
    hash         String,
    content      String CODEC(ZSTD(6))
)
ENGINE = ${REPLICATED}ReplacingMergeTree
ORDER BY (region, parts_id, part);

-- +gaung DISTRIBUTED edition_parts

ALTER TABLE editions${LOCAL} ${ON_CLUSTER} ADD COLUMN IF NOT EXISTS parts_id String;
ALTER TABLE editions ${ON_CLUSTER} ADD COLUMN IF NOT EXISTS parts_id String;
ALTER TABLE editions${LOCAL} ${ON_CLUSTER} ADD COLUMN IF NOT EXISTS parts_hash String;
ALTER TABLE editions ${ON_CLUSTER} ADD COLUMN IF NOT EXISTS parts_hash String;

-- +goose Down
ALTER TABLE editions ${ON_CLUSTER} DROP COLUMN IF EXISTS parts_hash;
ALTER TABLE editions${LOCAL} ${ON_CLUSTER} DROP COLUMN IF EXISTS parts_hash;
ALTER TABLE editions ${ON_CLUSTER} DROP COLUMN IF EXISTS parts_id;
ALTER TABLE editions${LOCAL} ${ON_CLUSTER} DROP COLUMN IF EXISTS parts_id;
-- +gaung DROP edition_parts

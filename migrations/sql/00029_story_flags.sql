-- +goose NO TRANSACTION
-- +goose Up
-- Signs that a story was published oddly (burst, backdated); see docs/DATA.md.
-- (On a cluster the first statement changes the tables that hold the rows, the second the Distributed one.)
ALTER TABLE stories${LOCAL} ${ON_CLUSTER} ADD COLUMN IF NOT EXISTS flags Array(LowCardinality(String));
ALTER TABLE stories ${ON_CLUSTER} ADD COLUMN IF NOT EXISTS flags Array(LowCardinality(String));

-- +goose Down
ALTER TABLE stories ${ON_CLUSTER} DROP COLUMN IF EXISTS flags;
ALTER TABLE stories${LOCAL} ${ON_CLUSTER} DROP COLUMN IF EXISTS flags;

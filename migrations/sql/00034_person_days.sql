-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: how many stories name a person in each role, by the day of the story; works counts a story once
-- whatever the roles.
CREATE TABLE IF NOT EXISTS person_days${LOCAL} ${ON_CLUSTER}
(
    region       LowCardinality(String),
    generation   UInt64,
    day          Date32,
    person_id    LowCardinality(String),
    as_author    UInt32,
    as_editor    UInt32,
    as_photographer UInt32,
    works        UInt32
)
ENGINE = ${REPLICATED}MergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, day, person_id);

-- +gaung DISTRIBUTED person_days

-- Stories written by an earlier version of the program.
INSERT INTO person_days (region, generation, day, person_id, as_author, as_editor, as_photographer, works)
SELECT region, generation, day, person,
    countIf(has(authors, person)), countIf(has(editors, person)), countIf(has(photographers, person)), count()
FROM stories
ARRAY JOIN arrayDistinct(arrayConcat(authors, editors, photographers)) AS person
WHERE person != ''
GROUP BY region, generation, day, person;

-- +goose Down
-- +gaung DROP person_days

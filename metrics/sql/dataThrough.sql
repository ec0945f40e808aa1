-- The latest article, poll and finished import; NULL for never. An article dated after data last came
-- in is misdated and is not the latest; while it is not known when that was, nothing is said against any.
WITH
    (SELECT maxOrNull(polled_at) FROM polls WHERE region = {region:String}) AS polled,
    (SELECT maxOrNull(finished_at) FROM ingest_runs_current WHERE region = {region:String}) AS imported,
    greatest(ifNull(polled, toDateTime64(0, 3, 'UTC')), ifNull(imported, toDateTime64(0, 3, 'UTC'))) AS came_in
SELECT
    (
        SELECT maxOrNullIf(published_at, published_at <= came_in OR came_in = toDateTime64(0, 3, 'UTC'))
        FROM story_articles
        WHERE region = {region:String} AND generation = {articles:UInt64}
    ),
    polled,
    imported

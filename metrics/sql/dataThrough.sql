-- The latest article, poll and finished import; NULL for never.
SELECT
    (SELECT maxOrNull(published_at) FROM story_articles WHERE region = {region:String} AND generation = {articles:UInt64}),
    (SELECT maxOrNull(polled_at) FROM polls WHERE region = {region:String}),
    (SELECT maxOrNull(finished_at) FROM ingest_runs_current WHERE region = {region:String})

-- The polls of a source within a stretch of time, the latest first, with the sort of rows each brought.
-- only_opd restricts them to those booked for one OPD; it counts when by_opd is true.
SELECT
    source,
    opd,
    polled_at,
    answered,
    skipped,
    toUInt32(http_status),
    reason,
    items,
    new_items,
    if(skipped, '', toString(run_id)) AS run,
    run_id GLOBAL IN (SELECT run_id FROM ingest_runs WHERE region = {region:String} AND source = {source:String} AND kind = 'articles') AS of_articles
FROM polls
WHERE region = {region:String} AND source = {source:String}
  AND polled_at >= {since:DateTime64(3, 'UTC')} AND polled_at < {before:DateTime64(3, 'UTC')}
  AND (NOT {by_opd:Bool} OR opd = {only_opd:String})
ORDER BY polled_at DESC, opd

-- Articles of the month with something wrong with them, one by one; see articleCounts.sql. The printed
-- name is the byline's, else that of the source.
SELECT
    opd,
    title,
    url,
    channel,
    toInt32(coalesce(day, first_seen_day)) AS on_day,
    toBool(isNull(day)) AS undated,
    unmatched_opd,
    unmatched_people,
    if(sumber_raw != '', sumber_raw, opd_raw) AS printed
FROM story_articles
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND coalesce(day, first_seen_day) BETWEEN {from:Date32} AND {to:Date32}
  AND ({channel:String} = '' OR channel = {channel:String})
  AND (isNull(day) OR unmatched_opd OR notEmpty(unmatched_people))
ORDER BY on_day, opd, url

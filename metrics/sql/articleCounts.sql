-- Articles of the month by the OPD credited and the channel, what is wrong with them, and those
-- on the OPD's own site that repeat a story it already told there. An article without a date
-- belongs to the month it was first seen in.
SELECT
    opd,
    channel,
    toBool(isNull(day)) AS undated,
    count() AS articles,
    countIf(unmatched_opd) AS unmatched,
    sum(length(unmatched_people)) AS unknown_people,
    countIf(NOT is_origin AND source_opd = opd) AS near_copies
FROM story_articles
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND coalesce(day, first_seen_day) BETWEEN {from:Date32} AND {to:Date32}
  AND ({channel:String} = '' OR channel = {channel:String})
GROUP BY opd, channel, undated

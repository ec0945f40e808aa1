-- Articles of the month by the OPD credited and the channel, and what is wrong with them. An
-- article without a date belongs to the month it was first seen in and counts nowhere else.
SELECT
    opd,
    channel,
    countIf(isNotNull(day)) AS articles,
    countIf(isNull(day)) AS undated,
    countIf(isNotNull(day) AND unmatched_opd) AS unmatched,
    sumIf(length(unmatched_people), isNotNull(day)) AS unknown_people
FROM story_articles
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND coalesce(day, first_seen_day) BETWEEN {from:Date32} AND {to:Date32}
GROUP BY opd, channel

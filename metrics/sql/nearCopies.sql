-- By OPD: the month's articles on its own site that repeat a story it already told there.
SELECT opd, count()
FROM story_articles
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND coalesce(day, first_seen_day) BETWEEN {from:Date32} AND {to:Date32}
  AND isNotNull(day) AND NOT is_origin AND channel = 'website' AND opd != '' AND source_opd = opd
GROUP BY opd

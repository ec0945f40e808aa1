-- The articles of the month, every channel, by the OPD that is credited with the story; those that
-- articleCounts counts as near-copies say so.
SELECT
    opd, toString(story_id) AS id, title, url, place, channel, toInt32(assumeNotNull(day)),
    if(channel = 'website' AND opd != '' AND NOT is_origin AND source_opd = opd, ['near_copy'], [])
FROM story_articles
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND isNotNull(day) AND day BETWEEN {from:Date32} AND {to:Date32}
  AND ({channel:String} = '' OR channel = {channel:String})
ORDER BY day, opd, url

-- The articles of the month, every channel, whose story is credited to an OPD.
SELECT toString(story_id), title, url, channel, toInt32(assumeNotNull(day))
FROM story_articles
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND isNotNull(day) AND day BETWEEN {from:Date32} AND {to:Date32}
  AND ({channel:String} = '' OR channel = {channel:String})
  AND opd = {opd:String}
ORDER BY day, published_at, url

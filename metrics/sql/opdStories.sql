-- The stories of the month credited to an OPD, latest first.
SELECT toString(story_id), toInt32(day), title, url, place
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
  AND ({channel:String} = '' OR has(channels, {channel:String}))
  AND opd = {opd:String}
ORDER BY day DESC, published_at DESC, story_id

-- The stories of the month, each once.
SELECT opd, '' AS id, title, url, place, arrayStringConcat(arraySort(channels), ', '), toInt32(day)
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
  AND ({channel:String} = '' OR has(channels, {channel:String}))
ORDER BY day, opd, story_id

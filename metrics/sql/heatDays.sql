-- Stories by OPD and day.
SELECT opd, toInt32(day) AS story_day, count()
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
  AND ({channel:String} = '' OR has(channels, {channel:String}))
GROUP BY opd, story_day

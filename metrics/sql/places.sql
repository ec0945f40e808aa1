-- Stories of the month by the place of their dateline, those without one included.
SELECT place, count() AS stories
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
  AND (empty({only:Array(String)}) OR has({only:Array(String)}, opd))
  AND ({channel:String} = '' OR has(channels, {channel:String}))
GROUP BY place
ORDER BY stories DESC, place

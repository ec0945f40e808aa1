-- The day of the last story of every OPD between two days; with names, of these OPD alone.
SELECT opd, toInt32(max(day))
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {first:Date32} AND {last:Date32}
  AND ({channel:String} = '' OR has(channels, {channel:String}))
  AND (empty({opds:Array(String)}) OR has({opds:Array(String)}, opd))
GROUP BY opd

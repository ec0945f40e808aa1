-- The days of the stories by OPD, as numbers, one for each story. (A text is read far faster than an array.)
SELECT opd, groupConcat(' ')(toInt32(day))
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {first:Date32} AND {last:Date32}
  AND ({channel:String} = '' OR has(channels, {channel:String}))
GROUP BY opd

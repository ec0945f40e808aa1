-- Stories by OPD and day.
SELECT opd, toInt32(day) AS at, count()
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {first:Date32} AND {last:Date32}
GROUP BY opd, at

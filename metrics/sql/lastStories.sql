-- The day of the last story of every OPD, over all time.
SELECT opd, toInt32(max(day))
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day <= {as_of:Date32}
GROUP BY opd

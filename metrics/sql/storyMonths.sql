-- Stories by OPD and month.
SELECT opd, toInt32(toYear(day)) AS year, toInt32(toMonth(day)) AS month, count()
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
  AND ({channel:String} = '' OR has(channels, {channel:String}))
GROUP BY opd, year, month

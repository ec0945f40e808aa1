-- Stories by OPD and ISO week, a week numbered by its Monday, in days since 1970-01-01 (a Thursday).
SELECT opd, toInt32(intDiv(toInt32(day) + 3, 7) * 7 - 3) AS monday, count()
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
  AND ({channel:String} = '' OR has(channels, {channel:String}))
GROUP BY opd, monday

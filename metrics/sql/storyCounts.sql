-- Stories and days with a story, by OPD, month and ISO week. Both parts of a week that two
-- months share are rows of their own, so that days never count twice. A week is numbered by
-- its Monday, in days since 1970-01-01 (a Thursday).
SELECT
    opd,
    toInt32(toYear(day)) AS year,
    toInt32(toMonth(day)) AS month,
    toInt32(intDiv(toInt32(day) + 3, 7) * 7 - 3) AS monday,
    count() AS stories,
    uniqExact(day) AS days
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
GROUP BY opd, year, month, monday

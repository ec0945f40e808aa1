-- A person's works by month, each role apart.
SELECT
    toInt32(toYear(day)) AS year, toInt32(toMonth(day)) AS month,
    sum(as_author), sum(as_editor), sum(as_photographer), count(), sum(works)
FROM person_days
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND person_id = {person:String}
  AND day BETWEEN {trend_from:Date32} AND {as_of:Date32}
GROUP BY year, month

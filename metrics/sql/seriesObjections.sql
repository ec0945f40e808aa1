-- Objections by the month they were received in.
SELECT toInt32(toYear(received_day)) AS year, toInt32(toMonth(received_day)) AS month, count()
FROM objection_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND received_day BETWEEN {first:Date32} AND {last:Date32}
  AND (empty({only:Array(String)}) OR has({only:Array(String)}, opd))
GROUP BY year, month

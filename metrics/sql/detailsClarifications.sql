-- The false news spotted in the month, each once. Days are numbers; 2147483647 stands for no answer.
SELECT opd, clarification_id, topic, url, toInt32(spotted_day), ifNull(toInt32(answered_day), toInt32(2147483647))
FROM clarification_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND spotted_day BETWEEN {from:Date32} AND {to:Date32}
ORDER BY spotted_day, opd, clarification_id

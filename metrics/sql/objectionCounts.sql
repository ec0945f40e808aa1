-- The objections received in the month. Days are numbers; 2147483647 stands for no answer.
SELECT objection_no, opd, toInt32(received_day), ifNull(toInt32(answered_day), toInt32(2147483647))
FROM objection_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND received_day BETWEEN {from:Date32} AND {to:Date32}
  AND (empty({only:Array(String)}) OR has({only:Array(String)}, opd))

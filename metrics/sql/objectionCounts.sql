-- Objections received in the month, and those of them answered before they were received.
SELECT count(), countIf(ifNull(answered_day <= {as_of:Date32} AND answered_day < received_day, false))
FROM objection_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND received_day BETWEEN {from:Date32} AND {to:Date32}

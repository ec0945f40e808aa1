-- PPID requests received in the month, complete or not.
SELECT count()
FROM ppid_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND received_day BETWEEN {from:Date32} AND {to:Date32}

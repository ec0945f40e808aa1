-- Requests of the month's cohort by the officer who handles them.
SELECT officer, count()
FROM ppid_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND officer != ''
  AND received_day <= {as_of:Date32}
  AND if(ifNull(completed_day <= {as_of:Date32}, false), assumeNotNull(completed_day), received_day)
      BETWEEN {from:Date32} AND {to:Date32}
GROUP BY officer

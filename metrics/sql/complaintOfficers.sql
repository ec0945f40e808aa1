-- Complaints of the month's cohort by the officer who handles them.
SELECT officer, count()
FROM complaint_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND officer != ''
  AND submitted_day <= {as_of:Date32}
  AND multiIf(
          ifNull(assigned_day <= {as_of:Date32}, false), assumeNotNull(assigned_day),
          ifNull(verified_day <= {as_of:Date32}, false), assumeNotNull(verified_day),
          submitted_day)
      BETWEEN {from:Date32} AND {to:Date32}
GROUP BY officer

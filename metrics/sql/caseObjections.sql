-- The objections of a number.
SELECT opd, registration_no, toInt32(received_day), toInt32(answered_day)
FROM objection_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND objection_no = {id:String} AND ({opd:String} = '' OR opd = {opd:String})
  AND received_day <= {as_of:Date32}
ORDER BY received_day

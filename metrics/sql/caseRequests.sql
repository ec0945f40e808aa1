-- The PPID requests of a number, of one OPD or of all.
SELECT
    opd, opd_raw, officer, extended, status, refused, toInt32(received_day), toInt32(completed_day), toInt32(notified_day),
    toInt32(delivered_day), toInt32(withdrawn_day), withdrawn_before_notified
FROM ppid_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND registration_no = {id:String} AND ({opd:String} = '' OR opd = {opd:String})
  AND received_day <= {as_of:Date32}
ORDER BY opd, received_day

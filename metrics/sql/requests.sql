-- The PPID requests whose clock can start within the days given. Days are numbers; 2147483647
-- stands for a stamp that is missing.
SELECT
    registration_no,
    opd,
    officer,
    extended,
    refused,
    withdrawn_before_notified,
    toInt32(received_day),
    ifNull(toInt32(completed_day), toInt32(2147483647)),
    ifNull(toInt32(notified_day), toInt32(2147483647)),
    ifNull(toInt32(withdrawn_day), toInt32(2147483647))
FROM ppid_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND (received_day BETWEEN {first:Date32} AND {last:Date32} OR completed_day BETWEEN {first:Date32} AND {last:Date32})

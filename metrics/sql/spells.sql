-- The spells of complaints that can start within the days given. Days are numbers; 2147483647
-- stands for a stamp that is missing.
SELECT
    tracking_id,
    spell,
    opd,
    officer,
    kind,
    isNotNull(next_day),
    toInt32(submitted_day),
    ifNull(toInt32(verified_day), toInt32(2147483647)),
    ifNull(toInt32(assigned_day), toInt32(2147483647)),
    ifNull(toInt32(first_response_day), toInt32(2147483647)),
    ifNull(toInt32(resolved_day), toInt32(2147483647)),
    ifNull(toInt32(left_day), toInt32(2147483647))
FROM complaint_spells
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND (submitted_day BETWEEN {first:Date32} AND {last:Date32} OR verified_day BETWEEN {first:Date32} AND {last:Date32}
       OR assigned_day BETWEEN {first:Date32} AND {last:Date32})

-- The spells of a complaint, in order.
SELECT
    spell, opd, opd_raw, officer, kind, status_raw, toInt32(submitted_day), toInt32(verified_day), toInt32(assigned_day),
    toInt32(first_response_day), toInt32(resolved_day), toInt32(left_day)
FROM complaint_spells
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND tracking_id = {id:String}
  AND submitted_day <= {as_of:Date32} AND (spell = 1 OR ifNull(assigned_day <= {as_of:Date32}, false))
ORDER BY spell

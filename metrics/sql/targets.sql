-- Targets set for an OPD from a day on.
SELECT opd_raw, toInt32(from_date), target_per_week
FROM targets_current
WHERE region = {region:String}

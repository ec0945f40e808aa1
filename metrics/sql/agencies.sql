-- The region's OPD, whenever they were valid.
SELECT code, name, short_name, peer_group, aliases, target_per_week, has_source, toInt32(valid_from), toInt32(valid_to)
FROM opd_current
WHERE region = {region:String}

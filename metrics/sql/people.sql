-- The region's people, whenever they were in office.
SELECT person_id, name, person_group, jenjang, opd_raw, toInt32(valid_from), toInt32(valid_to)
FROM people_current
WHERE region = {region:String}

-- The parts of an edition with their hashes, without what is in them.
SELECT part, section, item, rows, hash
FROM edition_parts
WHERE region = {region:String} AND parts_id = {parts_id:String}
ORDER BY part
LIMIT 1 BY part

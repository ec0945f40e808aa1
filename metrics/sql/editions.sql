-- The frozen editions of a month, newest first.
SELECT region, month, edition, id, hash, closed_at, reason, report, parts_id, parts_hash
FROM editions
WHERE region = {region:String} AND month = {month:String}
ORDER BY edition DESC
LIMIT {most:UInt32}

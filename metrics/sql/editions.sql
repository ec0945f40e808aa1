-- The frozen editions of a month, newest first.
SELECT edition, id, hash, closed_at, reason, report
FROM editions
WHERE region = {region:String} AND month = {month:String}
ORDER BY edition DESC
LIMIT {most:UInt32}

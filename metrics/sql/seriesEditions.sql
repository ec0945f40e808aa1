-- The newest edition of every closed month among those given.
SELECT region, month, edition, id, hash, closed_at, reason, report, parts_id, parts_hash
FROM editions
WHERE region = {region:String} AND month IN {months:Array(String)}
ORDER BY edition DESC
LIMIT 1 BY month

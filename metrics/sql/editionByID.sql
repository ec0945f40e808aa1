-- One frozen edition by the code printed on its cards.
SELECT region, month, edition, id, hash, closed_at, reason, report, parts_id, parts_hash
FROM editions
WHERE id = {id:String}
ORDER BY edition DESC
LIMIT 1

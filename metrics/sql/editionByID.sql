-- One frozen edition by the code printed on its cards.
SELECT edition, id, hash, closed_at, reason, report
FROM editions
WHERE id = {id:String}
ORDER BY edition DESC
LIMIT 1

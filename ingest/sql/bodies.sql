-- The newest text of each of the asked articles.
SELECT key_hash, body
FROM articles
WHERE region = {region:String} AND key_hash IN {keys:Array(UInt64)}
ORDER BY version DESC
LIMIT 1 BY key_hash

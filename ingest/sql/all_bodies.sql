-- The newest text of every article.
SELECT key_hash, body
FROM articles
WHERE region = {region:String} AND NOT deleted
  AND (key_hash, version) GLOBAL IN (SELECT key_hash, max(version) FROM articles WHERE region = {region:String} GROUP BY key_hash)
LIMIT 1 BY key_hash

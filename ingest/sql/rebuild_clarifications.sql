-- The newest version of every piece of false news.
SELECT clarification_id, opd_raw, spotted_at, answered_at, topic, url
FROM clarifications
WHERE region = {region:String} AND NOT deleted
  AND (key_hash, version) GLOBAL IN (SELECT key_hash, max(version) FROM clarifications WHERE region = {region:String} GROUP BY key_hash)
LIMIT 1 BY key_hash

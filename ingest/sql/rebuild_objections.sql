-- The newest version of every objection.
SELECT objection_no, registration_no, received_at, answered_at, reason, decision
FROM objections
WHERE region = {region:String} AND NOT deleted
  AND (key_hash, version) GLOBAL IN (SELECT key_hash, max(version) FROM objections WHERE region = {region:String} GROUP BY key_hash)
LIMIT 1 BY key_hash

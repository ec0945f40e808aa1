-- The newest version of every draft.
SELECT submission_id, opd_raw, submitted_at, title, author_raw, editor_raw, decided_at, decision, url
FROM submissions
WHERE region = {region:String} AND NOT deleted
  AND (key_hash, version) GLOBAL IN (SELECT key_hash, max(version) FROM submissions WHERE region = {region:String} GROUP BY key_hash)
LIMIT 1 BY key_hash

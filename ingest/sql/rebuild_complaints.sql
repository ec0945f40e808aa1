-- The newest version of every complaint.
SELECT
    tracking_id, kind, opd_raw, submitted_at, verified_at, assigned_at, first_response_at, resolved_at, misrouted_at,
    status_raw, category, channel, rating, officer_raw
FROM complaints
WHERE region = {region:String} AND NOT deleted
  AND (key_hash, version) GLOBAL IN (SELECT key_hash, max(version) FROM complaints WHERE region = {region:String} GROUP BY key_hash)
LIMIT 1 BY key_hash

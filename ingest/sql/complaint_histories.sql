-- Every version of every complaint that has more than one, oldest first: what changed tells who had it in hand.
SELECT
    key_hash, deleted, tracking_id, kind, opd_raw, submitted_at, verified_at, assigned_at, first_response_at, resolved_at, misrouted_at,
    status_raw, category, channel, rating, officer_raw
FROM complaints
WHERE region = {region:String}
  AND key_hash GLOBAL IN (SELECT key_hash FROM complaints WHERE region = {region:String} GROUP BY key_hash HAVING min(version) < max(version))
ORDER BY key_hash, version
LIMIT 1 BY key_hash, version

-- The newest version of every request under its key; one request may stand under
-- several keys, one for each spelling of its OPD.
SELECT
    version, registration_no, opd_raw, received_at, completed_at, notified_at, delivered_at, withdrawn_at,
    category, topic, channel, status, extended, decision, refused, refusal_reason, officer_raw
FROM ppid
WHERE region = {region:String} AND NOT deleted
  AND (key_hash, version) GLOBAL IN (SELECT key_hash, max(version) FROM ppid WHERE region = {region:String} GROUP BY key_hash)
LIMIT 1 BY key_hash

-- The newest version of every announced event.
SELECT agenda_id, date, opd_raw, title, venue
FROM agenda
WHERE region = {region:String} AND NOT deleted
  AND (key_hash, version) GLOBAL IN (SELECT key_hash, max(version) FROM agenda WHERE region = {region:String} GROUP BY key_hash)
LIMIT 1 BY key_hash

-- The newest version of every row that one input of a source lists. Rows are handed out as they lie: sorting them
-- would hold all of them in memory.
SELECT item, version, row_number
FROM raw_rows
WHERE region = {region:String} AND source = {source:String} AND kind = {kind:String} AND input = {input:String} AND NOT gone
  AND (key_hash, version) GLOBAL IN
  (
      SELECT key_hash, max(version)
      FROM raw_rows
      WHERE region = {region:String} AND source = {source:String} AND kind = {kind:String} AND input = {input:String}
      GROUP BY key_hash
  )
LIMIT 1 BY key_hash

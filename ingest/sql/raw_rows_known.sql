-- The newest version of each of the asked raw rows of one input of a source.
SELECT key_hash, argMax(content_hash, version), argMax(gone, version), max(version)
FROM raw_rows
WHERE region = {region:String} AND source = {source:String} AND kind = {kind:String} AND input = {input:String}
  AND key_hash IN {keys:Array(UInt64)}
GROUP BY key_hash

-- The newest version of each of the asked raw items.
SELECT key_hash, argMax(content_hash, version), max(version)
FROM raw_items
WHERE region = {region:String} AND source = {source:String} AND key_hash IN {keys:Array(UInt64)}
GROUP BY key_hash

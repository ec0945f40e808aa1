-- The rows that one input of a source listed when it was read last.
SELECT key_hash, argMax(fact_region, version) AS of_region
FROM raw_rows
WHERE region = {region:String} AND source = {source:String} AND kind = {kind:String} AND input = {input:String}
GROUP BY key_hash
HAVING NOT argMax(gone, version)

-- How many raw items are kept of a source.
SELECT uniqExact(key_hash)
FROM raw_items
WHERE region = {region:String} AND source = {source:String}

-- The keys of a region's facts, some of them more than once.
SELECT key_hash
FROM {table:Identifier}
WHERE region = {region:String}

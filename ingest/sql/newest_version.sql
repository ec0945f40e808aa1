-- The newest version in a region's facts, 0 when there are none.
SELECT max(version)
FROM {table:Identifier}
WHERE region = {region:String}

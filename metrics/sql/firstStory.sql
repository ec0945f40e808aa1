-- The day of the region's first story, NULL without one.
SELECT toInt32(minOrNull(day))
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}

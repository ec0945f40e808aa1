SELECT DISTINCT generation
FROM {table:Identifier}
WHERE region = {region:String} AND generation < {current:UInt64}
ORDER BY generation DESC

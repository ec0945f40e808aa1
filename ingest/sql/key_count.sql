-- How many versions a region's facts have.
SELECT count()
FROM {table:Identifier}
WHERE region = {region:String}

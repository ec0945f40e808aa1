-- Stories of the twelve months to the as-of day by the people named in them.
SELECT person_id, sum(works)
FROM person_days
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {year_from:Date32} AND {as_of:Date32}
GROUP BY person_id

-- Whether there is any story by the as-of day that could have been matched with the agenda.
SELECT toBool(count() > 0)
FROM
(
    SELECT 1
    FROM stories
    WHERE region = {region:String} AND generation = {generation:UInt64} AND day <= {as_of:Date32}
    LIMIT 1
)

-- Stories of the month by the people named in them, each role apart.
SELECT
    person_id,
    sum(as_author) AS author,
    sum(as_editor) AS editor,
    sum(as_photographer) AS photographer,
    count() AS days
FROM person_days
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
GROUP BY person_id

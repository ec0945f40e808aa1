-- Stories of the month by the people named in them, each role apart, and what stands behind
-- them: the stories of the twelve months to the as-of day.
SELECT
    person_id,
    sumIf(as_author, day BETWEEN {from:Date32} AND {to:Date32}) AS author,
    sumIf(as_editor, day BETWEEN {from:Date32} AND {to:Date32}) AS editor,
    sumIf(as_photographer, day BETWEEN {from:Date32} AND {to:Date32}) AS photographer,
    countIf(day BETWEEN {from:Date32} AND {to:Date32}) AS days,
    sum(works) AS works_in_year
FROM person_days
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {year_from:Date32} AND {as_of:Date32}
GROUP BY person_id

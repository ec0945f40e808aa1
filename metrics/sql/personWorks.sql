-- Stories by the people named in them: those of the month, each role apart, with the days that
-- have any, and all those of the twelve months to the as-of day.
SELECT
    person_id,
    sumIf(as_author, day BETWEEN {from:Date32} AND {to:Date32}) AS author,
    sumIf(as_editor, day BETWEEN {from:Date32} AND {to:Date32}) AS editor,
    sumIf(as_photographer, day BETWEEN {from:Date32} AND {to:Date32}) AS photographer,
    countIf(day BETWEEN {from:Date32} AND {to:Date32}) AS days,
    sumIf(works, day BETWEEN {year_from:Date32} AND {as_of:Date32}) AS year_works
FROM person_days
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN least({from:Date32}, {year_from:Date32}) AND {as_of:Date32}
GROUP BY person_id

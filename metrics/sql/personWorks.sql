-- Stories of the month by the people named in them, each role apart.
SELECT
    work.1 AS person,
    countIf(work.2 = 'author') AS as_author,
    countIf(work.2 = 'editor') AS as_editor,
    countIf(work.2 = 'photographer') AS as_photographer,
    uniqExact(day) AS days
FROM
(
    SELECT
        day,
        arrayJoin(arrayConcat(
            arrayMap(p -> (p, 'author'), arrayDistinct(authors)),
            arrayMap(p -> (p, 'editor'), arrayDistinct(editors)),
            arrayMap(p -> (p, 'photographer'), arrayDistinct(photographers)))) AS work
    FROM stories
    WHERE region = {region:String} AND generation = {generation:UInt64}
      AND day BETWEEN {from:Date32} AND {to:Date32}
)
WHERE person != ''
GROUP BY person

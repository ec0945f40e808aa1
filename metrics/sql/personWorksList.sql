-- The stories of the month that name a person, latest first.
SELECT
    story_id, toInt32(day), title, url, opd, place,
    toBool(has(authors, {person:String})), toBool(has(editors, {person:String})), toBool(has(photographers, {person:String}))
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
  AND (has(authors, {person:String}) OR has(editors, {person:String}) OR has(photographers, {person:String}))
ORDER BY day DESC, published_at DESC, story_id

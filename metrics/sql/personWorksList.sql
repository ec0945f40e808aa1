-- The stories of the month that name a person, latest first; of an empty one those that name anybody.
SELECT
    story_id, toInt32(day), title, url, opd, place, authors, editors, photographers
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
  AND (if({person:String} = '', notEmpty(authors) OR notEmpty(editors) OR notEmpty(photographers),
          has(authors, {person:String}) OR has(editors, {person:String}) OR has(photographers, {person:String})))
ORDER BY day DESC, published_at DESC, story_id

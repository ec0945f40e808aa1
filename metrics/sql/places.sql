-- Stories of the month by the place of their dateline.
SELECT place, count() AS stories
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
  AND place != ''
GROUP BY place
ORDER BY stories DESC, place

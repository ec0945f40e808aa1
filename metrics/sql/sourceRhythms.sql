-- The articles of every source and the distinct days they bear within a stretch of time, in order.
SELECT
    source,
    count() AS articles,
    arraySort(groupUniqArrayIf(toInt32(assumeNotNull(day)), isNotNull(day) AND day BETWEEN {from:Date32} AND {to:Date32})) AS days
FROM story_articles
WHERE region = {region:String} AND generation = {generation:UInt64}
GROUP BY source

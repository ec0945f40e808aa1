-- Articles by month.
SELECT toInt32(toYear(assumeNotNull(day))) AS year, toInt32(toMonth(assumeNotNull(day))) AS month, count()
FROM story_articles
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND isNotNull(day) AND assumeNotNull(day) BETWEEN {first:Date32} AND {last:Date32}
  AND (empty({only:Array(String)}) OR has({only:Array(String)}, opd))
  AND ({channel:String} = '' OR channel = {channel:String})
GROUP BY year, month

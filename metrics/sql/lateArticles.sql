-- Of the month's articles: those first seen more than three days after they were published,
-- those first seen only after the as-of day, and the median days between the two.
SELECT
    countIf(lag > 3) AS late,
    countIf(first_seen_day > {as_of:Date32}) AS after_as_of,
    toInt32(quantileExactLow(0.5)(greatest(lag, 0))) AS median_lag,
    count() AS articles
FROM
(
    SELECT first_seen_day, toInt32(first_seen_day) - toInt32(assumeNotNull(day)) AS lag
    FROM story_articles
    WHERE region = {region:String} AND generation = {generation:UInt64}
      AND coalesce(day, first_seen_day) BETWEEN {from:Date32} AND {to:Date32}
      AND isNotNull(day)
      AND (empty({only:Array(String)}) OR has({only:Array(String)}, opd))
      AND ({channel:String} = '' OR channel = {channel:String})
)

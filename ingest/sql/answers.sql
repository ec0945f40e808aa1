-- When some sources answered.
SELECT source, polled_at
FROM polls
WHERE region = {region:String} AND answered AND source IN {sources:Array(String)}
ORDER BY source, polled_at

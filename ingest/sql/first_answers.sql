-- When every source first answered.
SELECT source, min(polled_at)
FROM polls
WHERE region = {region:String} AND answered
GROUP BY source

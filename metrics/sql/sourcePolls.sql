-- Expected and answered polls of every source, by stretch of time: stretch n lies between the
-- n-th of the instants given (milliseconds since 1970, in order) and the next one.
SELECT
    source,
    opd,
    toUInt32(arrayCount(bound -> toUnixTimestamp64Milli(polled_at) >= bound, {bounds:Array(Int64)})) AS stretch,
    count() AS expected,
    countIf(answered) AS answered_polls
FROM polls
WHERE region = {region:String}
  AND polled_at >= {history_start:DateTime64(3, 'UTC')}
  AND polled_at < {as_of_end:DateTime64(3, 'UTC')}
GROUP BY source, opd, stretch

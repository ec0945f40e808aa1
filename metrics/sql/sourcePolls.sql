-- Expected and answered polls of every source: those of the month, and those up to the as-of day.
SELECT
    source,
    opd,
    countIf(polled_at < {month_end:DateTime64(3, 'UTC')}) AS month_expected,
    countIf(polled_at < {month_end:DateTime64(3, 'UTC')} AND answered) AS month_answered,
    count() AS expected,
    countIf(answered) AS answered_polls
FROM polls
WHERE region = {region:String}
  AND polled_at >= {month_start:DateTime64(3, 'UTC')}
  AND polled_at < {as_of_end:DateTime64(3, 'UTC')}
GROUP BY source, opd

-- Expected and answered polls of every OPD by month of the region's zone.
SELECT
    opd,
    toInt32(toYear(polled_at, {zone:String})) AS year,
    toInt32(toMonth(polled_at, {zone:String})) AS month,
    count() AS expected,
    countIf(answered) AS answered_polls
FROM polls
WHERE region = {region:String}
  AND opd != ''
  AND polled_at >= {history_start:DateTime64(3, 'UTC')}
  AND polled_at < {as_of_end:DateTime64(3, 'UTC')}
GROUP BY opd, year, month

-- The calendar of a region as it was on record at an instant: what had come in by then, each day
-- in its newest version of that time.
SELECT toInt32(date), name, kind, decree
FROM
(
    SELECT *
    FROM holidays
    WHERE region IN ('', {region:String}) AND ingested_at <= {at:DateTime64(3, 'UTC')}
    ORDER BY version DESC
    LIMIT 1 BY region, key_hash
)
WHERE NOT deleted

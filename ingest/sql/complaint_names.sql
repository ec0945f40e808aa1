-- The names in complaints, with the local days (counted from 1970-01-01) on which they stand.
SELECT DISTINCT kind, text, day
FROM
(
    SELECT
        toInt32(toDate32(submitted_at, {zone:String})) AS day,
        arrayJoin([('opd', opd_raw), ('person', officer_raw)]) AS name,
        name.1 AS kind,
        name.2 AS text
    FROM complaints
    WHERE region = {region:String}
)
WHERE text != ''
ORDER BY kind, text, day

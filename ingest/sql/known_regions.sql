-- Regions that hold data.
SELECT DISTINCT region
FROM
(
    SELECT region FROM opd
    UNION ALL
    SELECT region FROM ingest_runs WHERE accepted + unchanged + updated > 0
)
WHERE region != ''
ORDER BY region

-- Regions that hold anything of their own.
SELECT DISTINCT region
FROM
(
    SELECT region FROM opd
    UNION ALL
    SELECT region FROM rollup_generations
)
WHERE region != ''
ORDER BY region

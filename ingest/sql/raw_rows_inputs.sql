-- The inputs of a source of which rows are kept, and how many each listed when it was read last.
SELECT kind, input, countIf(NOT away)
FROM
(
    SELECT kind, input, key_hash, argMax(gone, version) AS away
    FROM raw_rows
    WHERE region = {region:String} AND source = {source:String}
    GROUP BY kind, input, key_hash
)
GROUP BY kind, input
ORDER BY kind, input

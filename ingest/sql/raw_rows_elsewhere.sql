-- Which of the asked rows another input or another source still lists.
SELECT DISTINCT key_hash
FROM
(
    SELECT key_hash, source, input, argMax(gone, version) AS away
    FROM raw_rows
    WHERE region = {region:String} AND kind = {kind:String} AND key_hash IN {keys:Array(UInt64)}
      AND NOT (source = {source:String} AND input = {input:String})
    GROUP BY key_hash, source, input
)
WHERE NOT away

-- Which of the asked facts were written last by a run of somebody else.
SELECT key_hash
FROM
(
    SELECT key_hash, argMax(run_id, version) AS run
    FROM {table:Identifier}
    WHERE region = {region:String} AND key_hash IN {keys:Array(UInt64)}
    GROUP BY key_hash
)
WHERE run GLOBAL NOT IN (SELECT run_id FROM ingest_runs WHERE source = {source:String})

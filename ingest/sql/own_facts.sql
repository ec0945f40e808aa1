-- Which of the asked facts stand and were written last by a run of the source.
SELECT key_hash
FROM
(
    SELECT key_hash, argMax(run_id, version) AS run, argMax(deleted, version) AS gone
    FROM {table:Identifier}
    WHERE region = {region:String} AND key_hash IN {keys:Array(UInt64)}
    GROUP BY key_hash
)
WHERE NOT gone AND run GLOBAL IN (SELECT run_id FROM ingest_runs WHERE source = {source:String})

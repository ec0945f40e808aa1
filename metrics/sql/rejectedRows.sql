-- Rows rejected by the last finished run of every file and source, those of no region included.
SELECT sum(rejected_rows)
FROM
(
    SELECT argMax(rejected, started_at) AS rejected_rows
    FROM ingest_runs_current
    WHERE region IN ('', {region:String}) AND isNotNull(finished_at)
    GROUP BY kind, source
)

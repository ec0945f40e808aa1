-- One page of the unusable cells of the last finished run of every file and source, the latest first.
SELECT kind, source, row_number, column_name, value, reason, rejected_at
FROM rejects
WHERE region IN ('', {region:String}) AND run_id IN
(
    SELECT run
    FROM
    (
        SELECT argMax(run_id, started_at) AS run, argMax(rejected, started_at) AS rejected_rows
        FROM ingest_runs_current
        WHERE region IN ('', {region:String}) AND isNotNull(finished_at)
        GROUP BY kind, source
    )
    WHERE rejected_rows > 0
)
ORDER BY toStartOfSecond(rejected_at) DESC, kind, source, row_number, column_name
LIMIT {most:UInt32} OFFSET {skipped:UInt64}

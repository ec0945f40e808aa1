-- The rows that the last finished run of every file and source could not use, each with its unusable
-- cells, the latest first.
SELECT
    kind,
    source,
    row_number,
    groupArray(column_name) AS columns,
    groupArray(value) AS contents,
    groupArray(reason) AS reasons,
    max(rejected_at) AS at
FROM
(
    SELECT kind, source, run_id, row_number, column_name, value, reason, rejected_at
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
    ORDER BY kind, source, row_number, column_name
    LIMIT 1 BY kind, source, run_id, row_number, column_name
)
GROUP BY kind, source, run_id, row_number
ORDER BY toStartOfSecond(at) DESC, kind, source, row_number

-- Rows that the last finished run of every file and source rejected, those of no region included, and the
-- unusable cells kept of them.
WITH latest AS
(
    SELECT argMax(run_id, started_at) AS run, argMax(rejected, started_at) AS rejected_rows
    FROM ingest_runs_current
    WHERE region IN ('', {region:String}) AND isNotNull(finished_at)
    GROUP BY kind, source
)
SELECT
    (SELECT sum(rejected_rows) FROM latest),
    (SELECT count() FROM rejects WHERE region IN ('', {region:String}) AND run_id IN (SELECT run FROM latest WHERE rejected_rows > 0))

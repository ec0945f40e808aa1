-- The last poll made of every source, how many in a row were not answered, and why the last was not.
SELECT
    region,
    source,
    max(polled_at) AS last_poll,
    countIf(polled_at > last_answer) AS failures,
    argMax(reason, polled_at) AS latest_reason
FROM polls
INNER JOIN
(
    SELECT region, source, maxIf(polled_at, answered) AS last_answer FROM polls GROUP BY region, source
) AS answers USING (region, source)
WHERE NOT skipped
GROUP BY region, source

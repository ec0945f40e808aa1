-- When the present row of failures of a source began, and the latest reason given. For a source
-- that has answered again: the first failure since the month began.
SELECT
    source,
    opd,
    if(countIf(NOT answered AND polled_at > last_answer) > 0,
       minIf(polled_at, NOT answered AND polled_at > last_answer),
       minIf(polled_at, NOT answered AND polled_at >= {month_start:DateTime64(3, 'UTC')})) AS since,
    argMaxIf(reason, polled_at, NOT answered) AS latest_reason
FROM
(
    SELECT
        source, opd, polled_at, answered, reason,
        maxIf(polled_at, answered) OVER (PARTITION BY source, opd) AS last_answer
    FROM polls
    WHERE region = {region:String}
      AND source IN {sources:Array(String)}
      AND polled_at < {as_of_end:DateTime64(3, 'UTC')}
)
GROUP BY source, opd

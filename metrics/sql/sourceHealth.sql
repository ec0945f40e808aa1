-- The configured sources of a region with their polls: those of the last weeks counted, the last ones of
-- each sort, and since when and why the present row of failures.
WITH answers AS
(
    SELECT source, maxIf(polled_at, answered) AS last_answer
    FROM polls
    WHERE region = {region:String} AND polled_at <= {as_of_end:DateTime64(3, 'UTC')}
    GROUP BY source
)
SELECT
    c.source,
    c.kind,
    c.opd,
    c.every_seconds,
    c.configured_at,
    p.expected,
    p.answered_polls,
    if(p.made > 0, p.last_poll, NULL),
    if(p.successes > 0, p.last_success, NULL),
    if(p.finds > 0, p.last_find, NULL),
    if(p.failures > 0, p.broken_since, NULL),
    if(p.failures > 0, p.latest_reason, ''),
    toUInt32(if(p.failures > 0, p.latest_status, 0))
FROM
(
    SELECT source, kind, opd, every_seconds, configured_at, removed
    FROM configured_sources
    WHERE region = {region:String}
    ORDER BY version DESC
    LIMIT 1 BY source
) AS c
LEFT JOIN
(
    SELECT
        toString(polls.source) AS source,
        countIf(polled_at >= {month_start:DateTime64(3, 'UTC')}) AS expected,
        countIf(answered AND polled_at >= {month_start:DateTime64(3, 'UTC')}) AS answered_polls,
        countIf(NOT skipped) AS made,
        maxIf(polled_at, NOT skipped) AS last_poll,
        countIf(answered) AS successes,
        maxIf(polled_at, answered) AS last_success,
        countIf(new_items > 0) AS finds,
        maxIf(polled_at, new_items > 0) AS last_find,
        countIf(NOT answered AND polled_at > last_answer) AS failures,
        minIf(polled_at, NOT answered AND polled_at > last_answer) AS broken_since,
        argMaxIf(reason, polled_at, NOT answered AND NOT skipped) AS latest_reason,
        argMaxIf(http_status, polled_at, NOT answered AND NOT skipped) AS latest_status
    FROM polls
    INNER JOIN answers ON answers.source = polls.source
    WHERE region = {region:String} AND polled_at <= {as_of_end:DateTime64(3, 'UTC')}
    GROUP BY polls.source
) AS p ON p.source = c.source
WHERE NOT c.removed
ORDER BY c.source

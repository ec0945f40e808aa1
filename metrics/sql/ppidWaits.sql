-- The month's cohort of PPID requests, grouped by what happened by the as-of day. A stamp
-- later than that has not happened: it neither moves the start nor stops the clock.
-- cumulative[i + 1] is the number of working days from the first of the month to i days later.
WITH
    toInt32({from:Date32}) AS base,
    toInt32({as_of:Date32}) AS as_of_day,
    {cumulative:Array(Int32)} AS cumulative
SELECT
    opd,
    extended,
    segment,
    outcome,
    toInt32(if(until <= start, 0, cumulative[until - base + 1] - cumulative[start - base + 1])) AS days,
    count() AS cases,
    countIf(refused AND (isNull(notified_day) OR has_stop)) AS refused_cases,
    countIf(has_stop AND stop < start) AS inconsistent
FROM
(
    SELECT
        opd,
        extended,
        refused,
        notified_day,
        toInt32(if(ifNull(completed_day <= {as_of:Date32}, false), assumeNotNull(completed_day), received_day)) AS start,
        ifNull(notified_day <= {as_of:Date32}, false) AS has_stop,
        toInt32(ifNull(notified_day, toDate32(0))) AS stop,
        ifNull(withdrawn_day <= {as_of:Date32}, false) AND (NOT has_stop OR withdrawn_before_notified) AS left,
        multiIf(left, 'excluded', has_stop, 'stopped', 'open') AS outcome,
        multiIf(left, toInt32(ifNull(withdrawn_day, toDate32(0))), has_stop, stop, as_of_day) AS until,
        toUInt32(arrayCount(change -> change <= start, {changes:Array(Int32)})) AS segment
    FROM ppid_cases
    WHERE region = {region:String} AND generation = {generation:UInt64}
      AND received_day <= {as_of:Date32}
)
WHERE start BETWEEN base AND toInt32({to:Date32})
GROUP BY opd, extended, segment, outcome, days

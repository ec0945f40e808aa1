-- The PPID requests that were received in the month or belong to its cohort, one by one.
-- cumulative[i + 1] is the number of working days from the first of the month to i days later.
WITH
    toInt32({from:Date32}) AS base,
    toInt32({as_of:Date32}) AS as_of_day,
    {cumulative:Array(Int32)} AS cumulative
SELECT
    opd,
    registration_no,
    category,
    channel,
    received,
    start,
    if(outcome = 'open', NULL, until) AS ended,
    cohort,
    extended,
    refused_now,
    if(refused_now, refusal_reason, '') AS reason,
    segment,
    outcome,
    officer,
    toInt32(if(NOT cohort OR until <= start, 0, cumulative[until - base + 1] - cumulative[start - base + 1])) AS days
FROM
(
    SELECT
        opd,
        registration_no,
        category,
        channel,
        refusal_reason,
        officer,
        extended,
        toInt32(received_day) AS received,
        toInt32(if(ifNull(completed_day <= {as_of:Date32}, false), assumeNotNull(completed_day), received_day)) AS start,
        ifNull(notified_day <= {as_of:Date32}, false) AS has_stop,
        refused AND (isNull(notified_day) OR has_stop) AS refused_now,
        ifNull(withdrawn_day <= {as_of:Date32}, false) AND (NOT has_stop OR withdrawn_before_notified) AS left,
        multiIf(left, 'excluded', has_stop, 'stopped', 'open') AS outcome,
        multiIf(
            left, toInt32(ifNull(withdrawn_day, toDate32(0))),
            has_stop, toInt32(ifNull(notified_day, toDate32(0))),
            as_of_day) AS until,
        start BETWEEN base AND toInt32({to:Date32}) AS cohort,
        toUInt32(arrayCount(change -> change <= start, {changes:Array(Int32)})) AS segment
    FROM ppid_cases
    WHERE region = {region:String} AND generation = {generation:UInt64}
      AND received_day <= {as_of:Date32}
)
WHERE cohort OR received BETWEEN base AND toInt32({to:Date32})
ORDER BY start, opd, registration_no

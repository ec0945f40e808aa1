-- The objections received in the month, one by one. For cumulative see detailsRequests.sql.
WITH
    toInt32({from:Date32}) AS base,
    toInt32({as_of:Date32}) AS as_of_day,
    {cumulative:Array(Int32)} AS cumulative
SELECT
    opd,
    objection_no,
    registration_no,
    start,
    if(answered, until, NULL) AS ended,
    segment,
    if(answered, 'stopped', 'open') AS outcome,
    toInt32(if(until <= start, 0, cumulative[until - base + 1] - cumulative[start - base + 1])) AS days
FROM
(
    SELECT
        opd,
        objection_no,
        registration_no,
        toInt32(received_day) AS start,
        ifNull(answered_day <= {as_of:Date32}, false) AS answered,
        if(answered, toInt32(ifNull(answered_day, toDate32(0))), as_of_day) AS until,
        toUInt32(arrayCount(change -> change <= start, {changes:Array(Int32)})) AS segment
    FROM objection_cases
    WHERE region = {region:String} AND generation = {generation:UInt64}
      AND received_day BETWEEN {from:Date32} AND {to:Date32}
)
ORDER BY start, opd, objection_no

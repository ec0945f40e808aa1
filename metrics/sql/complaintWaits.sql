-- The month's cohort of complaints under the two clocks of an OPD, grouped by what happened by
-- the as-of day. Both clocks start when the complaint reached the OPD; a stamp later than the
-- as-of day has not happened. For cumulative see ppidWaits.sql.
WITH
    toInt32({from:Date32}) AS base,
    toInt32({as_of:Date32}) AS as_of_day,
    {cumulative:Array(Int32)} AS cumulative
SELECT
    clock,
    opd,
    kind,
    segment,
    outcome,
    toInt32(if(until <= start, 0, cumulative[until - base + 1] - cumulative[start - base + 1])) AS days,
    count() AS cases
FROM
(
    SELECT
        clock,
        opd,
        kind,
        toInt32(multiIf(
            ifNull(assigned_day <= {as_of:Date32}, false), assumeNotNull(assigned_day),
            ifNull(verified_day <= {as_of:Date32}, false), assumeNotNull(verified_day),
            submitted_day)) AS start,
        if(clock = 'first_response', first_response_day, resolved_day) AS stop,
        ifNull(stop <= {as_of:Date32}, false) AS has_stop,
        ifNull(misrouted_day <= {as_of:Date32}, false) AS left,
        multiIf(left, 'excluded', has_stop, 'stopped', 'open') AS outcome,
        multiIf(
            left, toInt32(ifNull(misrouted_day, toDate32(0))),
            has_stop, toInt32(ifNull(stop, toDate32(0))),
            as_of_day) AS until,
        toUInt32(arrayCount(change -> change <= start, {changes:Array(Int32)})) AS segment
    FROM complaint_cases
    ARRAY JOIN ['first_response', 'resolve'] AS clock
    WHERE region = {region:String} AND generation = {generation:UInt64}
      AND submitted_day <= {as_of:Date32}
)
WHERE start BETWEEN base AND toInt32({to:Date32})
GROUP BY clock, opd, kind, segment, outcome, days

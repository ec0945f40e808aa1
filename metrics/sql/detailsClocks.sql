-- The month's cohort of complaints under the two clocks of an OPD, one by one: every agency that
-- had a complaint in hand has rows of its own. For cumulative see detailsRequests.sql.
WITH
    toInt32({from:Date32}) AS base,
    toInt32({as_of:Date32}) AS as_of_day,
    {cumulative:Array(Int32)} AS cumulative
SELECT
    clock,
    opd,
    tracking_id,
    kind,
    category,
    channel,
    start,
    if(outcome = 'open', NULL, until) AS ended,
    segment,
    outcome,
    officer,
    toInt32(if(until <= start, 0, cumulative[until - base + 1] - cumulative[start - base + 1])) AS days
FROM
(
    SELECT
        clock,
        opd,
        tracking_id,
        spell,
        kind,
        category,
        channel,
        officer,
        toInt32(multiIf(
            ifNull(assigned_day <= {as_of:Date32}, false), assumeNotNull(assigned_day),
            ifNull(verified_day <= {as_of:Date32}, false), assumeNotNull(verified_day),
            submitted_day)) AS start,
        if(clock = 'first_response', first_response_day, resolved_day) AS stop,
        ifNull(stop <= {as_of:Date32}, false) AS has_stop,
        ifNull(left_day <= {as_of:Date32}, false) AS left,
        multiIf(left, 'excluded', has_stop, 'stopped', 'open') AS outcome,
        multiIf(
            left, toInt32(ifNull(left_day, toDate32(0))),
            has_stop, toInt32(ifNull(stop, toDate32(0))),
            as_of_day) AS until,
        toUInt32(arrayCount(change -> change <= start, {changes:Array(Int32)})) AS segment
    FROM complaint_spells
    ARRAY JOIN ['first_response', 'resolve'] AS clock
    WHERE region = {region:String} AND generation = {generation:UInt64}
      AND submitted_day <= {as_of:Date32}
      AND (spell = 1 OR assigned_day <= {as_of:Date32})
)
WHERE start BETWEEN base AND toInt32({to:Date32})
ORDER BY clock, start, opd, tracking_id, spell

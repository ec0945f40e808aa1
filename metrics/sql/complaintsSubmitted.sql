-- Complaints submitted in the month: the admin's own clock (verified, else assigned), and how
-- many were followed up or resolved by the as-of day. For cumulative see ppidWaits.sql.
WITH
    toInt32({from:Date32}) AS base,
    toInt32({as_of:Date32}) AS as_of_day,
    {cumulative:Array(Int32)} AS cumulative
SELECT
    kind,
    segment,
    has_stop,
    toInt32(if(until <= start, 0, cumulative[until - base + 1] - cumulative[start - base + 1])) AS days,
    count() AS cases,
    countIf(NOT misrouted) AS own,
    countIf(NOT misrouted AND (responded OR resolved)) AS followed_up,
    countIf(NOT misrouted AND resolved) AS resolved_cases
FROM
(
    SELECT
        kind,
        toInt32(submitted_day) AS start,
        ifNull(verified_day <= {as_of:Date32}, false) AS verified,
        ifNull(assigned_day <= {as_of:Date32}, false) AS assigned,
        verified OR assigned AS has_stop,
        multiIf(
            verified, toInt32(ifNull(verified_day, toDate32(0))),
            assigned, toInt32(ifNull(assigned_day, toDate32(0))),
            as_of_day) AS until,
        ifNull(misrouted_day <= {as_of:Date32}, false) AS misrouted,
        ifNull(first_response_day <= {as_of:Date32}, false) AS responded,
        ifNull(resolved_day <= {as_of:Date32}, false) AS resolved,
        toUInt32(arrayCount(change -> change <= start, {changes:Array(Int32)})) AS segment
    FROM complaint_cases
    WHERE region = {region:String} AND generation = {generation:UInt64}
      AND submitted_day BETWEEN {from:Date32} AND {to:Date32}
)
GROUP BY kind, segment, has_stop, days

-- The complaints submitted in the month, each once, with the admin's own clock and how far each
-- has come. For cumulative see detailsRequests.sql.
WITH
    toInt32({from:Date32}) AS base,
    toInt32({as_of:Date32}) AS as_of_day,
    {cumulative:Array(Int32)} AS cumulative
SELECT
    last_opd,
    tracking_id,
    kind,
    first_category,
    first_channel,
    start,
    checked_day,
    multiIf(misrouted, 'misrouted', resolved, 'resolved', responded, 'followed_up', '') AS progress,
    segment,
    if(has_stop, 'stopped', 'open') AS outcome,
    toInt32(if(until <= start, 0, cumulative[until - base + 1] - cumulative[start - base + 1])) AS days
FROM
(
    SELECT
        tracking_id,
        argMax(agency, spell) AS last_opd,
        any(case_kind) AS kind,
        argMin(spell_category, spell) AS first_category,
        argMin(spell_channel, spell) AS first_channel,
        toInt32(any(submitted_day)) AS start,
        minIf(checked, spell = 1) AS checked_day,
        isNotNull(checked_day) AS has_stop,
        ifNull(checked_day, as_of_day) AS until,
        argMax(left, spell) AS misrouted,
        max(answered) AS responded,
        max(finished) AS resolved,
        toUInt32(arrayCount(change -> change <= start, {changes:Array(Int32)})) AS segment
    FROM
    (
        SELECT
            tracking_id,
            spell,
            opd AS agency,
            kind AS case_kind,
            category AS spell_category,
            channel AS spell_channel,
            submitted_day,
            multiIf(
                ifNull(verified_day <= {as_of:Date32}, false), toInt32(verified_day),
                ifNull(assigned_day <= {as_of:Date32}, false), toInt32(assigned_day),
                NULL) AS checked,
            ifNull(left_day <= {as_of:Date32}, false) AS left,
            ifNull(first_response_day <= {as_of:Date32}, false) AS answered,
            ifNull(resolved_day <= {as_of:Date32}, false) AS finished
        FROM complaint_spells
        WHERE region = {region:String} AND generation = {generation:UInt64}
          AND submitted_day BETWEEN {from:Date32} AND {to:Date32}
          AND (spell = 1 OR assigned_day <= {as_of:Date32})
    )
    GROUP BY tracking_id
)
ORDER BY start, last_opd, tracking_id

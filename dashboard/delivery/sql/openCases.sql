-- The cases whose clock runs at the end of a day, and since when: the clocks and starts are those of the monthly
-- report. A complaint runs under two clocks until it is first answered. Cases that began before the first day
-- asked for are overdue under every rule.
WITH
    (SELECT max(generation) FROM rollup_generations WHERE region = {region:String} AND rollup = 'ppid') AS ppid,
    (SELECT max(generation) FROM rollup_generations WHERE region = {region:String} AND rollup = 'objections') AS objections,
    (SELECT max(generation) FROM rollup_generations WHERE region = {region:String} AND rollup = 'complaints') AS complaints
SELECT rule, kind, opd, id, extended, start
FROM
(
    SELECT
        'ppid' AS rule, '' AS kind, opd, registration_no AS id, extended,
        toInt32(if(ifNull(completed_day <= {today:Date32}, false), assumeNotNull(completed_day), received_day)) AS start
    FROM ppid_cases
    WHERE region = {region:String} AND generation = ppid AND received_day <= {today:Date32}
      AND NOT ifNull(notified_day <= {today:Date32}, false)
      AND NOT ifNull(withdrawn_day <= {today:Date32}, false)
    UNION ALL
    SELECT 'objection', '', opd, objection_no, false, toInt32(received_day)
    FROM objection_cases
    WHERE region = {region:String} AND generation = objections AND received_day <= {today:Date32}
      AND NOT ifNull(answered_day <= {today:Date32}, false)
    UNION ALL
    SELECT
        clock, if(clock = 'complaint-resolve', case_kind, ''), opd, tracking_id, false,
        toInt32(multiIf(
            ifNull(assigned_day <= {today:Date32}, false), assumeNotNull(assigned_day),
            ifNull(verified_day <= {today:Date32}, false), assumeNotNull(verified_day),
            submitted_day))
    FROM
    (
        SELECT
            clock, kind AS case_kind, opd, tracking_id, submitted_day, verified_day, assigned_day,
            if(clock = 'complaint-first-response', first_response_day, resolved_day) AS stop
        FROM complaint_spells
        ARRAY JOIN ['complaint-first-response', 'complaint-resolve'] AS clock
        WHERE region = {region:String} AND generation = complaints AND submitted_day <= {today:Date32}
          AND (spell = 1 OR ifNull(assigned_day <= {today:Date32}, false)) AND NOT ifNull(left_day <= {today:Date32}, false)
    )
    WHERE NOT ifNull(stop <= {today:Date32}, false)
)
WHERE start >= toInt32({first:Date32})
ORDER BY start, rule, opd, id

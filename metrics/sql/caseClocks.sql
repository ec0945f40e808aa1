-- Every clock of every case that had started by the as-of day, has not been taken away from its
-- agency, and ran at some time between the two days given; with only_open, those still running.
-- ran_to is the day the clock stopped, else the as-of day.
SELECT rule, kind, opd, id, officer, extended, start, has_stop, ran_to
FROM
(
    SELECT
        'ppid' AS rule, '' AS kind, opd, registration_no AS id, officer, extended,
        toInt32(if(ifNull(completed_day <= {as_of:Date32}, false), assumeNotNull(completed_day), received_day)) AS start,
        ifNull(notified_day <= {as_of:Date32}, false) AS has_stop,
        toInt32(if(has_stop, assumeNotNull(notified_day), {as_of:Date32})) AS ran_to
    FROM ppid_cases
    WHERE region = {region:String} AND generation = {ppid:UInt64} AND received_day <= {as_of:Date32}
      AND (NOT {only_open:Bool} OR NOT has_stop)
      AND NOT (ifNull(withdrawn_day <= {as_of:Date32}, false) AND (NOT has_stop OR withdrawn_before_notified))
    UNION ALL
    SELECT
        'objection', '', opd, objection_no, '', false,
        toInt32(received_day),
        ifNull(answered_day <= {as_of:Date32}, false) AS has_stop,
        toInt32(if(has_stop, assumeNotNull(answered_day), {as_of:Date32}))
    FROM objection_cases
    WHERE region = {region:String} AND generation = {objections:UInt64} AND received_day <= {as_of:Date32}
      AND (NOT {only_open:Bool} OR NOT has_stop)
    UNION ALL
    SELECT
        clock, if(clock = 'complaint-resolve', case_kind, ''), opd, tracking_id, officer, false,
        toInt32(multiIf(
            clock = 'complaint-verify', submitted_day,
            ifNull(assigned_day <= {as_of:Date32}, false), assumeNotNull(assigned_day),
            ifNull(verified_day <= {as_of:Date32}, false), assumeNotNull(verified_day),
            submitted_day)),
        ifNull(stop <= {as_of:Date32}, false) AS has_stop,
        toInt32(if(has_stop, assumeNotNull(stop), {as_of:Date32}))
    FROM
    (
        SELECT
            clock, kind AS case_kind, opd, tracking_id, officer, submitted_day, verified_day, assigned_day,
            multiIf(
                clock = 'complaint-first-response', first_response_day,
                clock = 'complaint-resolve', resolved_day,
                ifNull(verified_day <= {as_of:Date32}, false), verified_day,
                assigned_day) AS stop
        FROM complaint_spells
        ARRAY JOIN ['complaint-verify', 'complaint-first-response', 'complaint-resolve'] AS clock
        WHERE region = {region:String} AND generation = {complaints:UInt64} AND submitted_day <= {as_of:Date32}
          AND if(clock = 'complaint-verify', spell = 1,
                 (spell = 1 OR ifNull(assigned_day <= {as_of:Date32}, false)) AND NOT ifNull(left_day <= {as_of:Date32}, false))
    )
    WHERE NOT {only_open:Bool} OR NOT has_stop
)
WHERE start < toInt32({last:Date32}) AND ran_to >= toInt32({first:Date32})

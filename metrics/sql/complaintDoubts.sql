-- Complaints of the month with a stop stamped before its start, each counted once however many
-- of its stops that holds for. A clock counts where it belongs to the month.
SELECT countIf(
    (submitted BETWEEN toInt32({from:Date32}) AND toInt32({to:Date32}) AND ifNull(checked < submitted, false))
    OR (start BETWEEN toInt32({from:Date32}) AND toInt32({to:Date32})
        AND (ifNull(responded < start, false) OR ifNull(resolved < start, false))))
FROM
(
    SELECT
        toInt32(submitted_day) AS submitted,
        toInt32(if(verified_day <= {as_of:Date32}, verified_day, NULL)) AS verified,
        toInt32(if(assigned_day <= {as_of:Date32}, assigned_day, NULL)) AS assigned,
        toInt32(if(first_response_day <= {as_of:Date32}, first_response_day, NULL)) AS responded,
        toInt32(if(resolved_day <= {as_of:Date32}, resolved_day, NULL)) AS resolved,
        coalesce(verified, assigned) AS checked,
        coalesce(assigned, verified, submitted) AS start
    FROM complaint_cases
    WHERE region = {region:String} AND generation = {generation:UInt64}
      AND submitted_day <= {as_of:Date32}
)

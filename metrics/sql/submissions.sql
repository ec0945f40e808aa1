-- The drafts sent in the month, instants as milliseconds since 1970, a missing one as 0.
SELECT
    opd,
    decision,
    toUnixTimestamp64Milli(submitted_at),
    ifNull(toUnixTimestamp64Milli(decided_at), 0),
    ifNull(decided_day <= {as_of:Date32}, true),
    submission_id,
    toInt32(submitted_day)
FROM submission_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND submitted_day BETWEEN {from:Date32} AND {to:Date32}

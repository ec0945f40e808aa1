-- The drafts sent in the month, each once; instants as milliseconds since 1970, a missing one as 0.
SELECT
    opd, submission_id, title, url, toInt32(submitted_day), toInt32(decided_day),
    decision,
    toUnixTimestamp64Milli(submitted_at),
    ifNull(toUnixTimestamp64Milli(decided_at), 0),
    ifNull(decided_day <= {as_of:Date32}, true)
FROM submission_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND submitted_day BETWEEN {from:Date32} AND {to:Date32}
ORDER BY submitted_day, opd, submission_id

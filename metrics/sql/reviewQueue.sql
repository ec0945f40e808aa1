-- Printed names under review, the most used first.
SELECT kind, text, uses, toInt32(last_day), places, example, targets, names, scores, evidence
FROM review_queue
WHERE region = {region:String} AND generation = {generation:UInt64}
ORDER BY uses DESC, kind, text

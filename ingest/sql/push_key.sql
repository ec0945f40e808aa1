-- What was answered to an idempotency key of a source, and to which body.
SELECT body_hash, answer
FROM push_keys
WHERE region = {region:String} AND source = {source:String} AND idempotency_key = {key:String}
ORDER BY version DESC
LIMIT 1

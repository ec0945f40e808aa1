-- The newest text of each of the asked articles, whose keys are packed: eight bytes each, the lowest first, in base64.
WITH tryBase64URLDecode({keys:String}) AS packed,
    asked AS (SELECT reinterpretAsUInt64(substring(packed, 8 * number + 1, 8)) AS key FROM numbers(intDiv(length(packed), 8)))
SELECT key_hash, body
FROM articles
WHERE region = {region:String}
  AND (key_hash, version) GLOBAL IN (
      SELECT key_hash, max(version) FROM articles WHERE region = {region:String} AND key_hash GLOBAL IN (SELECT key FROM asked) GROUP BY key_hash)
LIMIT 1 BY key_hash

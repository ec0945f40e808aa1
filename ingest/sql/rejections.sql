-- What people have said a spelling does not mean.
SELECT kind, alias, target
FROM review_rejections
WHERE region = {region:String}
ORDER BY version DESC
LIMIT 1 BY key_hash

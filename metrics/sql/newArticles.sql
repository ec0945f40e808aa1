-- The articles that a run was the first to bring, as it brought them.
SELECT
    argMin(title, version) AS first_title,
    argMin(url, version) AS first_url,
    argMin(channel, version) AS first_channel,
    argMin(published_at, version) AS first_published
FROM articles
WHERE region = {region:String}
  AND key_hash GLOBAL IN (SELECT key_hash FROM articles WHERE region = {region:String} AND run_id = toUUID({run:String}))
GROUP BY key_hash
HAVING toString(argMin(run_id, version)) = {run:String}
ORDER BY first_published, first_url

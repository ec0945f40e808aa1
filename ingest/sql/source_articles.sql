-- The articles that a source gave last, without those that were published before the first day it is read from.
SELECT key_hash, raw_url
FROM
(
    SELECT
        key_hash,
        argMax(raw_url, version) AS raw_url,
        argMax(source, version)  AS last_source,
        argMax(deleted, version) AS gone,
        argMax(tuple(published_at), version).1 AS published
    FROM articles
    WHERE region = {region:String}
      AND key_hash IN (SELECT key_hash FROM articles WHERE region = {region:String} AND source = {source:String})
    GROUP BY key_hash
)
WHERE last_source = {source:String} AND NOT gone AND (published IS NULL OR published >= {from:DateTime64(3, 'UTC')} + INTERVAL 1 DAY)

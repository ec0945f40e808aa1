-- Articles that a source gave last and that were published in a stretch of time, newest first.
SELECT key_hash, raw_url
FROM
(
    SELECT
        key_hash,
        argMax(raw_url, version)      AS raw_url,
        argMax(source, version)       AS last_source,
        argMax(deleted, version)      AS gone,
        argMax(tuple(published_at), version).1 AS published
    FROM articles
    WHERE region = {region:String} AND key_hash IN
    (
        SELECT key_hash FROM articles
        WHERE region = {region:String} AND source = {source:String}
          AND published_at BETWEEN {from:DateTime64(3, 'UTC')} AND {to:DateTime64(3, 'UTC')}
    )
    GROUP BY key_hash
)
WHERE last_source = {source:String} AND NOT gone
  AND published BETWEEN {from:DateTime64(3, 'UTC')} AND {to:DateTime64(3, 'UTC')}
ORDER BY published DESC
LIMIT 2000

-- The newest version of every raw item of a source, and when the item was first met. Items are
-- handed out as they lie: sorting them would hold all of them in memory.
SELECT raw.item, raw.fetched_at, keys.first_at
FROM raw_items AS raw
INNER JOIN
(
    SELECT key_hash, max(version) AS newest, min(fetched_at) AS first_at
    FROM raw_items
    WHERE region = {region:String} AND source = {source:String}
    GROUP BY key_hash
) AS keys ON keys.key_hash = raw.key_hash AND keys.newest = raw.version
WHERE raw.region = {region:String} AND raw.source = {source:String}

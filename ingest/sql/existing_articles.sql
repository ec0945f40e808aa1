-- The newest version of each of the asked articles, the newest one that the
-- asking source gave, and when the article was first seen.
SELECT
    key_hash,
    argMax(content_hash, version) AS newest,
    argMax(deleted, version)      AS gone,
    max(version)                  AS last,
    argMaxIf(content_hash, version, source = {source:String}) AS own,
    countIf(source = {source:String}) > 0                     AS has_own,
    min(first_seen_at)            AS seen
FROM articles
WHERE region = {region:String} AND key_hash IN {keys:Array(UInt64)}
GROUP BY key_hash

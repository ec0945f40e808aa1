-- The newest version of each of the asked articles and who gave it, the newest one that the
-- asking source gave, and when the article was first seen.
SELECT
    key_hash,
    argMax(content_hash, version) AS newest,
    argMax(deleted, version)      AS gone,
    argMax(source, version)       AS last_source,
    max(version)                  AS last,
    argMaxIf(content_hash, version, source = {source:String} AND NOT deleted) AS own,
    countIf(source = {source:String} AND NOT deleted) > 0 AS has_own,
    min(first_seen_at)            AS seen
FROM articles
WHERE region = {region:String} AND key_hash IN {keys:Array(UInt64)}
GROUP BY key_hash

-- The newest version of each of the asked keys.
SELECT
    key_hash,
    argMax(content_hash, version) AS newest,
    argMax(deleted, version)      AS gone,
    max(version)                  AS last
FROM {table:Identifier}
WHERE region = {region:String} AND key_hash IN {keys:Array(UInt64)}
GROUP BY key_hash

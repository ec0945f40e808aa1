-- The newest row of a session. Not ORDER BY version DESC LIMIT 1: the embedded engine's dynamic filter of such
-- statements compares the wrong column when the rows lie in several parts.
SELECT token_hash, argMax(name, version), argMax(epoch, version), argMax(started_at, version), argMax(seen_at, version),
    argMax(ended, version), max(version)
FROM sessions
WHERE token_hash = {token:String}
GROUP BY token_hash

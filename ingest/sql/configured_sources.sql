-- Every source that was ever configured, as last known.
SELECT region, source, kind, opd, channel, every_seconds, configured_at, removed, version
FROM configured_sources
ORDER BY version DESC
LIMIT 1 BY region, source

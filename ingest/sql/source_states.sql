-- The newest state of every source of a region, and its version.
SELECT source, argMax(state, version), max(version)
FROM source_states
WHERE region = {region:String}
GROUP BY source

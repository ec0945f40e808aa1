-- The newest state of a source and its version, empty and 0 when it was never polled.
SELECT argMax(state, version), max(version)
FROM source_states
WHERE region = {region:String} AND source = {source:String}

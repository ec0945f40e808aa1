-- A deleted version of each of the asked facts.
INSERT INTO {table:Identifier}
SELECT * REPLACE
(
    greatest(version + 1, {version:UInt64}) AS version,
    true AS deleted,
    {run:UUID} AS run_id,
    {now:DateTime64(3, 'UTC')} AS ingested_at
)
FROM {table:Identifier}
WHERE region = {region:String} AND key_hash IN {keys:Array(UInt64)}
ORDER BY version DESC
LIMIT 1 BY key_hash

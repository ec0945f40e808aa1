-- By OPD: the month's stories that also stand on the portal, and those that came in a burst or
-- were dated long before they were seen.
SELECT
    opd,
    countIf(has(channels, 'portal') AND length(channels) > 1) AS republished,
    countIf(has(flags, 'burst')) AS bursts,
    countIf(has(flags, 'backdated')) AS backdated
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
  AND ({channel:String} = '' OR has(channels, {channel:String}))
GROUP BY opd

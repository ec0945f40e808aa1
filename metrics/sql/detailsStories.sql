-- The stories of the month, each once, with what storySigns counts.
SELECT
    opd, '' AS id, title, url, place, arrayStringConcat(arraySort(channels), ', '), toInt32(day),
    arrayConcat(
        arrayFilter(flag -> flag IN ('burst', 'backdated'), arraySort(flags)),
        if(has(channels, 'portal') AND length(channels) > 1, ['republished'], []))
FROM stories
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
  AND ({channel:String} = '' OR has(channels, {channel:String}))
ORDER BY day, opd, story_id

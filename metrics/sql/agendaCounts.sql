-- Events of the month by OPD, those that a story tells of by the as-of day, and how many days
-- after the event the first of these stood.
SELECT
    opd,
    count() AS events,
    countIf(stories > 0) AS covered,
    groupArrayIf(toInt32(first_day) - toInt32(day), stories > 0) AS lags
FROM
(
    SELECT agenda_id, opd, day
    FROM agenda_items
    WHERE region = {region:String} AND generation = {generation:UInt64}
      AND day BETWEEN {from:Date32} AND {to:Date32}
) AS event
LEFT JOIN
(
    SELECT agenda_id, count() AS stories, min(story_day) AS first_day
    FROM story_events
    WHERE region = {region:String} AND generation = {coverage:UInt64}
      AND agenda_id != ''
      AND event_day BETWEEN {from:Date32} AND {to:Date32}
      AND story_day BETWEEN addDays({from:Date32}, -1) AND {as_of:Date32}
    GROUP BY agenda_id
) AS told USING (agenda_id)
GROUP BY opd

-- The events of the month with the first story that tells of each by the as-of day.
SELECT
    event.agenda_id, event.opd, toInt32(event.day), event.title, event.venue,
    told.stories, toInt32(told.first_day), told.first_title, told.first_url, told.first_similarity
FROM
(
    SELECT agenda_id, opd, day, title, venue
    FROM agenda_items
    WHERE region = {region:String} AND generation = {generation:UInt64}
      AND day BETWEEN {from:Date32} AND {to:Date32}
) AS event
LEFT JOIN
(
    SELECT
        agenda_id,
        count() AS stories,
        min((story_day, story_id, title, url, similarity)) AS first,
        first.1 AS first_day, first.3 AS first_title, first.4 AS first_url, first.5 AS first_similarity
    FROM story_events
    WHERE region = {region:String} AND generation = {coverage:UInt64}
      AND agenda_id != ''
      AND event_day BETWEEN {from:Date32} AND {to:Date32}
      AND story_day BETWEEN addDays({from:Date32}, -1) AND {as_of:Date32}
    GROUP BY agenda_id
) AS told ON told.agenda_id = event.agenda_id
ORDER BY event.day, event.opd, event.agenda_id

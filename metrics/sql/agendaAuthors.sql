-- Events of the month that a story of the person tells of by the as-of day.
SELECT author, uniqExact(agenda_id)
FROM story_events
ARRAY JOIN authors AS author
WHERE region = {region:String} AND generation = {coverage:UInt64}
  AND agenda_id != ''
  AND event_day BETWEEN {from:Date32} AND {to:Date32}
  AND story_day BETWEEN addDays({from:Date32}, -1) AND {as_of:Date32}
  AND agenda_id IN
  (
      SELECT agenda_id
      FROM agenda_items
      WHERE region = {region:String} AND generation = {generation:UInt64}
        AND day BETWEEN {from:Date32} AND {to:Date32}
  )
GROUP BY author

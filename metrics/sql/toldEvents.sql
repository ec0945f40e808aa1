-- The stories by the as-of day whose event is known, where the story or the event is of the month;
-- an event outside the agenda has no number.
SELECT agenda_id, opd, toInt32(event_day), toInt32(story_day), authors
FROM story_events
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND (event_day BETWEEN {from:Date32} AND {to:Date32} OR story_day BETWEEN {from:Date32} AND {to:Date32})
  AND story_day <= {as_of:Date32}

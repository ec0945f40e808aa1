-- Days from the event to the story, of the month's stories whose event is known and was over.
SELECT opd, groupArray(toInt32(story_day) - toInt32(event_day))
FROM story_events
WHERE region = {region:String} AND generation = {coverage:UInt64}
  AND story_day BETWEEN {from:Date32} AND {to:Date32}
  AND event_day <= story_day
GROUP BY opd

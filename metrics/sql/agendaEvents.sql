-- The events of the month.
SELECT agenda_id, opd, toInt32(day)
FROM agenda_items
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}

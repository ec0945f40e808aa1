-- Events of the month by OPD.
SELECT opd, count()
FROM agenda_items
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND day BETWEEN {from:Date32} AND {to:Date32}
GROUP BY opd

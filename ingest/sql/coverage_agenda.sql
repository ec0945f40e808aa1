-- The announced events of an OPD we know, of the published generation.
SELECT agenda_id, day, opd, title, venue
FROM agenda_items
WHERE region = {region:String} AND generation = {generation:UInt64} AND opd != ''

-- What stands in the parts of one section of an edition, in the order it was written.
SELECT part, content
FROM edition_parts
WHERE region = {region:String} AND parts_id = {parts_id:String} AND section = {section:String}
  AND item IN {items:Array(String)}
ORDER BY part
LIMIT 1 BY part
